package org.lilgatsby.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;
import java.util.Set;
import org.lilgatsby.corpus.CorpusException;
import org.lilgatsby.settings.NearestName;
import org.lilgatsby.settings.SettingException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reports failures as one sentence on standard error and an exit code. */
public final class Failures {
    private Failures() {}

    /** A command line that cannot be understood. */
    static int ofUse(ParameterException e, String[] args) {
        CommandLine commandLine = e.getCommandLine();
        PrintWriter err = commandLine.getErr();
        err.println("lilgatsby: " + inWords(e));
        if (e instanceof UnmatchedArgumentException unmatched && unmatched.isUnknownOption()) {
            UnmatchedArgumentException.printSuggestions(e, err);
        }
        err.println("Try " + commandLine.getCommandSpec().qualifiedName() + " --help");
        return ExitCodes.WRONG_USE;
    }

    /** The parser's message, without names of Java types. */
    private static String inWords(ParameterException e) {
        if (e.getMessage().equals("Missing required subcommand")) {
            return "no command given";
        }
        if (e instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
            String argument = unmatched.getUnmatched().getFirst();
            Set<String> commands = e.getCommandLine().getSubcommands().keySet();
            return commands.isEmpty()
                    ? "unexpected argument '%s'".formatted(argument)
                    : "unknown command '%s'%s"
                            .formatted(
                                    argument,
                                    NearestName.near(argument, commands)
                                            .map("; did you mean '%s'?"::formatted)
                                            .orElse(""));
        }
        return lowerFirst(e.getMessage())
                .replaceFirst("' is not an? (int|long)( .*)?$", "' is not a whole number")
                .replaceFirst("' is not a (double|float)$", "' is not a number");
    }

    /** Anything that a verb throws. */
    static int ofExecution(Throwable failure, PrintWriter err, boolean stacktrace) {
        err.println("lilgatsby: " + sentence(failure));
        if (stacktrace) {
            failure.printStackTrace(err);
        }
        return switch (failure) {
            case SettingException _, CorpusException _ -> ExitCodes.WRONG_USE;
            case InterruptedException _ -> ExitCodes.INTERRUPTED;
            default -> ExitCodes.FAILED;
        };
    }

    /** The message for a failure. */
    public static String sentence(Throwable failure) {
        return switch (failure) {
            case UncheckedIOException e -> sentence(e.getCause());
            case NoSuchFileException e -> e.getFile() + ": there is no such file";
            case AccessDeniedException e -> e.getFile() + ": permission denied";
            case FileAlreadyExistsException e -> e.getFile() + ": already exists";
            case DirectoryNotEmptyException e -> e.getFile() + ": the directory is not empty";
            case NotDirectoryException e -> e.getFile() + ": is not a directory";
            case FileSystemException e
            when e.getReason() != null -> e.getFile() + ": " + e.getReason().toLowerCase(Locale.ROOT);
            case IOException e when e.getMessage() != null -> e.getMessage();
            case InterruptedException _ -> "interrupted";
            case OutOfMemoryError _ ->
                "the heap, %,d bytes, is too small; raise it with LILGATSBY_JAVA_OPTS=-Xmx..."
                        .formatted(Runtime.getRuntime().maxMemory());
            default -> isMeantForUsers(failure) ? failure.getMessage() : internal(failure);
        };
    }

    /** The library's own failures carry a sentence; all others are bugs in the program. */
    private static boolean isMeantForUsers(Throwable failure) {
        boolean expected = failure.getClass().getName().startsWith("org.lilgatsby.")
                || failure.getClass() == IllegalArgumentException.class
                || failure.getClass() == IllegalStateException.class;
        return expected && failure.getMessage() != null;
    }

    private static String internal(Throwable failure) {
        return "a bug in the program (%s); please report it with the output of --stacktrace".formatted(failure);
    }

    private static String lowerFirst(String message) {
        boolean isWord = message.length() > 1 && Character.isLowerCase(message.charAt(1));
        return isWord ? message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1) : message;
    }
}
