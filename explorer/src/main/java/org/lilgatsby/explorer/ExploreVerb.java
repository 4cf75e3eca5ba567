package org.lilgatsby.explorer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.lilgatsby.cli.ExitCodes;
import org.lilgatsby.cli.Verb;
import org.lilgatsby.settings.SettingException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import sun.misc.Signal;

/** Shows runs in the browser. */
@Command(
        name = "explore",
        header = "Shows runs, sweeps and checkpoints in the browser, step by step.",
        description = {
            "",
            "Lists all runs, sweeps and checkpoints below the directories; runs under way update by",
            "themselves. Nothing is changed, and nothing leaves this machine: the server listens only on",
            "127.0.0.1, and answers anybody who has the address that it prints. Ctrl-C stops it."
        })
public final class ExploreVerb extends Verb {
    private static final int LARGEST_PORT = 65_535;

    private static final List<Path> USUAL = List.of(Path.of("runs"), Path.of("sweeps"));

    @Parameters(arity = "0..*", paramLabel = "DIR", description = "Directories to search (default: runs and sweeps).")
    private List<Path> directories = List.of();

    @Option(names = "--port", paramLabel = "N", description = "Port of the server (default: any free port).")
    private int port;

    @Option(names = "--no-open", description = "Do not open the browser.")
    private boolean noOpen;

    @Override
    public Integer call() throws IOException, InterruptedException {
        requireWithin("--port", port, 0, LARGEST_PORT);
        for (Path directory : directories) {
            if (!Files.isDirectory(directory)) {
                throw new SettingException(
                        "",
                        directory
                                + (Files.exists(directory) ? ": is a file" : ": there is no such directory")
                                + "; name directories that hold runs, sweeps or checkpoints");
            }
        }
        CountDownLatch end = new CountDownLatch(1);
        try (Explorer explorer = Explorer.start(directories.isEmpty() ? USUAL : directories, port)) {
            for (String signal : List.of("INT", "TERM")) {
                Signal.handle(new Signal(signal), _ -> end.countDown());
            }
            console().print(explorer.address() + "\n");
            if (!noOpen && !Browser.open(explorer.oneTimeAddress())) {
                console().log("no browser found; open the address in a browser on this machine");
            }
            end.await();
        }
        return ExitCodes.DONE;
    }
}
