package org.lilgatsby.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.lilgatsby.corpus.CorpusCache;
import org.lilgatsby.corpus.CorpusLoader;
import org.lilgatsby.recording.RunDirectory;
import org.lilgatsby.settings.SettingException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * What all verbs have in common: --help, the console they write to, and the cache of books. Verbs in other modules are
 * services of this class.
 */
@Command(
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisHeading = "%nUsage: ",
        parameterListHeading = "%n",
        optionListHeading = "%n")
public abstract class Verb implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    /** Where fetched books are kept. */
    protected final CorpusCache cache() {
        return ((Program) spec.root().userObject()).cache();
    }

    /** Loads what experiments train on, and shows what takes long. */
    protected final CorpusLoader loader() {
        return new CorpusLoader(cache(), console()::progress);
    }

    /**
     * Checks the value of an option.
     *
     * @throws ParameterException naming option, value and range
     */
    protected final void requireWithin(String option, long value, long least, long most) {
        if (value < least || value > most) {
            throw new ParameterException(
                    spec.commandLine(),
                    "%s is %d; allowed are whole numbers from %d to %d".formatted(option, value, least, most));
        }
    }

    /**
     * The directory of a run to be read.
     *
     * @throws SettingException if there is none
     */
    protected static RunDirectory existing(Path root) {
        RunDirectory directory = new RunDirectory(root);
        if (!Files.isDirectory(root)) {
            throw new SettingException(
                    "",
                    root + (Files.exists(root) ? ": is a file" : ": there is no such directory")
                            + "; name the directory that a run wrote, such as runs/NAME-seed-SEED");
        }
        if (!Files.exists(directory.manifest())) {
            throw new SettingException(
                    "",
                    root + ": is not the directory of a run: it has no "
                            + directory.manifest().getFileName()
                            + "; name the directory that a run wrote, such as runs/NAME-seed-SEED");
        }
        return directory;
    }

    /** Where the verb writes. */
    protected final Console console() {
        return new Console(spec.commandLine().getOut(), spec.commandLine().getErr());
    }
}
