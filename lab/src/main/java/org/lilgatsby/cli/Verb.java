package org.lilgatsby.cli;

import java.util.concurrent.Callable;
import org.lilgatsby.corpus.CorpusCache;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What all verbs have in common: --help, the console they write to, and the cache of books. */
@Command(
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisHeading = "%nUsage: ",
        parameterListHeading = "%n",
        optionListHeading = "%n")
abstract class Verb implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    /** Where fetched books are kept. */
    final CorpusCache cache() {
        return ((Program) spec.root().userObject()).cache();
    }

    /**
     * Checks the value of an option.
     *
     * @throws ParameterException naming option, value and range
     */
    final void requireWithin(String option, long value, long least, long most) {
        if (value < least || value > most) {
            throw new ParameterException(
                    spec.commandLine(), "%s is %d; allowed are whole numbers from %d to %d".formatted(option, value, least, most));
        }
    }

    /** Where the verb writes. */
    final Console console() {
        return new Console(spec.commandLine().getOut(), spec.commandLine().getErr());
    }
}
