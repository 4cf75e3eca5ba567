package org.lilgatsby.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.lilgatsby.analysis.Group;
import org.lilgatsby.corpus.CorpusCache;
import org.lilgatsby.corpus.Preparation;
import org.lilgatsby.kernel.KernelChoice;
import org.lilgatsby.laboratory.ReportScope;
import org.lilgatsby.recording.Observable;
import org.lilgatsby.recording.Observables;
import org.lilgatsby.run.RunOptions.OnNonFinite;
import org.lilgatsby.settings.Catalog;
import org.lilgatsby.settings.Named;
import org.lilgatsby.sweep.Keep;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;

/** The whole command line: the verbs, including those of other modules, and the options that they all share. */
@Command(
        name = "lilgatsby",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        synopsisHeading = "%nUsage: ",
        synopsisSubcommandLabel = "COMMAND",
        optionListHeading = "%n",
        commandListHeading = "%nCommands:%n",
        header = "Watches a language model's embedding matrix evolve, bit for bit, in bfloat16.",
        footer = {
            "",
            "Results go to standard output, progress and log to standard error.",
            "Exit codes: 0 done, 1 failed, 2 wrong use, 130 interrupted.",
            "lilgatsby COMMAND --help explains a command."
        })
public final class Program {
    private static final int WIDTH = 100;

    private static final List<Class<?>> VERBS = List.of(
            ExperimentsVerb.class,
            RunVerb.class,
            SweepVerb.class,
            AnalyzeVerb.class,
            CensusVerb.class,
            CompareVerb.class,
            VerifyVerb.class,
            ReportVerb.class,
            ExportVerb.class,
            CorpusVerb.class);

    @Option(names = "--stacktrace", scope = ScopeType.INHERIT, description = "On failure, print the stack trace.")
    private boolean stacktrace;

    private final Map<String, String> environment;

    private Program(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * The program, ready to execute arguments; it never exits.
     *
     * @param environment the process's environment variables
     */
    public static CommandLine commandLine(PrintWriter out, PrintWriter err, Map<String, String> environment) {
        return commandLine(out, err, environment, verbs().toList());
    }

    /** The program with the verb alone that these arguments begin with, if they begin with one: others take time. */
    static CommandLine commandLine(
            PrintWriter out, PrintWriter err, Map<String, String> environment, String[] arguments) {
        List<Class<?>> all = verbs().toList();
        List<Class<?>> named = all.stream()
                .filter(verb -> arguments.length > 0 && nameOf(verb).equals(arguments[0]))
                .toList();
        return commandLine(out, err, environment, named.isEmpty() ? all : named);
    }

    /** The verbs, those of other modules last. */
    private static Stream<Class<?>> verbs() {
        return Stream.concat(
                VERBS.stream(),
                ServiceLoader.load(Verb.class, Verb.class.getClassLoader()).stream()
                        .map(ServiceLoader.Provider::type));
    }

    private static String nameOf(Class<?> verb) {
        return verb.getAnnotation(Command.class).name();
    }

    private static CommandLine commandLine(
            PrintWriter out, PrintWriter err, Map<String, String> environment, List<Class<?>> verbs) {
        Program program = new Program(environment);
        CommandLine commandLine = new CommandLine(program);
        verbs.forEach(commandLine::addSubcommand);
        if (verbs.contains(SweepVerb.class)) {
            CommandLine sweep = commandLine.getSubcommands().get("sweep");
            ServiceLoader.load(SweepCommand.class, SweepCommand.class.getClassLoader())
                    .forEach(sweep::addSubcommand);
        }
        commandLine.setOut(out);
        commandLine.setErr(err);
        commandLine.setUsageHelpWidth(WIDTH);
        commandLine.registerConverter(Preparation.class, choice(Preparation.values()));
        commandLine.registerConverter(KernelChoice.Implementation.class, choice(KernelChoice.Implementation.values()));
        commandLine.registerConverter(Observable.class, choice(Observables.ALL));
        commandLine.registerConverter(Group.class, choice(Group.values()));
        commandLine.registerConverter(OnNonFinite.class, choice(OnNonFinite.values()));
        commandLine.registerConverter(Keep.class, choice(Keep.values()));
        commandLine.registerConverter(ReportScope.class, choice(ReportScope.values()));
        commandLine.setExecutionStrategy(program::execute);
        commandLine.setParameterExceptionHandler(Failures::ofUse);
        commandLine.setExecutionExceptionHandler(
                (e, failed, _) -> Failures.ofExecution(e, failed.getErr(), program.stacktrace));
        return commandLine;
    }

    /** As the parser does it, except that running out of heap ends in a sentence like every other failure. */
    private int execute(ParseResult parsed) {
        try {
            return new RunLast().execute(parsed);
        } catch (OutOfMemoryError e) {
            return Failures.ofExecution(e, parsed.commandSpec().commandLine().getErr(), stacktrace);
        }
    }

    /** Reads a choice by the name that it also has in configurations. */
    private static <E extends Enum<E>> ITypeConverter<E> choice(E[] choices) {
        return name -> Arrays.stream(choices)
                .filter(each -> each.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> notAllowed(
                        name, Arrays.stream(choices).map(Enum::toString).toList()));
    }

    private static <N extends Named> ITypeConverter<N> choice(Catalog<N> things) {
        return name -> things.find(name).orElseThrow(() -> notAllowed(name, things.names()));
    }

    private static TypeConversionException notAllowed(String name, List<String> names) {
        return new TypeConversionException("is \"%s\"; allowed are %s".formatted(name, String.join(", ", names)));
    }

    /** Where fetched books are kept. */
    CorpusCache cache() {
        return CorpusCache.of(environment, Path.of(System.getProperty("user.home")));
    }
}
