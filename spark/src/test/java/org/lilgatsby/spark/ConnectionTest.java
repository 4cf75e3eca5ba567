package org.lilgatsby.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.apache.spark.TaskContext;
import org.junit.jupiter.api.Test;

class ConnectionTest {
    private static final Semaphore BEGUN = new Semaphore(0);

    private static Connection connect() throws IOException {
        return Connection.connect("local[1]", "test", List.of());
    }

    private static CompletableFuture<String> submit(Connection connection, Connection.Task<String> task) {
        CompletableFuture<String> end = new CompletableFuture<>();
        connection.submit(0, task, (result, failure) -> {
            if (failure == null) {
                end.complete(result);
            } else {
                end.completeExceptionally(failure);
            }
        });
        return end;
    }

    private static Throwable failure(CompletableFuture<String> end) {
        return end.handle((_, failure) -> failure).join();
    }

    @Test
    void aTaskThatFailsTakesNoOtherWithIt() throws IOException {
        try (Connection connection = connect()) {
            CompletableFuture<String> fails = submit(connection, () -> {
                throw new IOException("the disk is full");
            });
            CompletableFuture<String> works = submit(connection, () -> "done");
            assertEquals(
                    Optional.of("no executor could run it, after 1 attempt: java.io.UncheckedIOException: "
                            + "java.io.IOException: the disk is full"),
                    GivenUp.reason(failure(fails)));
            assertEquals("done", works.join());
        }
    }

    @Test
    void theEndOfTheConnectionIsNoFaultOfATask() throws IOException {
        CompletableFuture<String> waits;
        try (Connection connection = connect()) {
            waits = submit(connection, () -> {
                BEGUN.release();
                while (!TaskContext.get().isInterrupted()) {
                    Thread.onSpinWait();
                }
                return "cancelled";
            });
            BEGUN.acquireUninterruptibly();
            connection.cancel();
            assertEquals(Optional.empty(), GivenUp.reason(failure(waits)));
        }
    }
}
