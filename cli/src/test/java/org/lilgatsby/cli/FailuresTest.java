package org.lilgatsby.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lilgatsby.settings.SettingException;

class FailuresTest {
    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new SettingException("seed", "seed is -1"), "seed is -1", 2),
                Arguments.of(new IllegalArgumentException("a header of 3 bytes"), "a header of 3 bytes", 1),
                Arguments.of(new IllegalStateException("already closed"), "already closed", 1),
                Arguments.of(new NoSuchFileException("a.yaml"), "a.yaml: there is no such file", 1),
                Arguments.of(new AccessDeniedException("a.yaml"), "a.yaml: permission denied", 1),
                Arguments.of(new FileAlreadyExistsException("runs/a"), "runs/a: already exists", 1),
                Arguments.of(
                        new FileSystemException("a", null, "No space left on device"), "a: no space left on device", 1),
                Arguments.of(new IOException("connection refused"), "connection refused", 1),
                Arguments.of(new UncheckedIOException(new NoSuchFileException("x")), "x: there is no such file", 1),
                Arguments.of(new InterruptedException(), "interrupted", 130),
                Arguments.of(
                        new NullPointerException("oops"),
                        "a bug in the program (java.lang.NullPointerException: oops); "
                                + "please report it with the output of --stacktrace",
                        1),
                Arguments.of(
                        new IllegalArgumentException(),
                        "a bug in the program (java.lang.IllegalArgumentException); "
                                + "please report it with the output of --stacktrace",
                        1));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void isOneSentenceAndACode(Throwable failure, String sentence, int code) {
        StringWriter err = new StringWriter();
        assertEquals(code, Failures.ofExecution(failure, new PrintWriter(err), false));
        assertEquals("lilgatsby: " + sentence, err.toString().stripTrailing());
    }

    @Test
    void printsTheStackTraceIfAsked() {
        StringWriter err = new StringWriter();
        Failures.ofExecution(new IOException("gone"), new PrintWriter(err), true);
        assertTrue(
                err.toString().contains("\tat org.lilgatsby.cli.FailuresTest.printsTheStackTraceIfAsked"),
                err.toString());
    }
}
