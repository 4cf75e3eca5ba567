package org.lilgatsby.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.lilgatsby.experiment.Figures;
import org.lilgatsby.recording.Manifest;
import org.lilgatsby.settings.SettingException;
import org.lilgatsby.sweep.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks every file of a store. */
@Command(
        name = "verify",
        header = "Checks every file of the runs of a sweep's store by its checksum.",
        description = {"", "A damaged run is set aside, so that the sweep's command repeats it; nothing is deleted."})
final class SweepVerifyVerb extends SweepCommand {
    @Parameters(paramLabel = "DIR", description = "Directory of a sweep, or of a store.")
    private Path root;

    @Option(names = "--keep-damaged", description = "Only report what is damaged.")
    private boolean onlyReport;

    @Override
    public Integer call() throws IOException {
        Path runs = Files.exists(root.resolve("sweep.yaml"))
                ? sweepIn(root).sweep().store().orElseThrow()
                : root;
        if (!Files.isDirectory(runs)) {
            throw new SettingException("", runs + ": there is no such directory; name a sweep's directory, or a store");
        }
        Store store = Store.open(runs, Manifest.ARITHMETIC);
        List<Store.Damage> damages = store.verify();
        for (Store.Damage damage : damages) {
            console().print("%s: %s\n".formatted(damage.directory(), damage.problem()));
            if (!onlyReport) {
                store.setAside(damage);
            }
        }
        console()
                .print("%s, %s damaged%s\n"
                        .formatted(
                                Figures.of(store.entries().size() + (onlyReport ? 0 : damages.size()), "run"),
                                Figures.count(damages.size()),
                                damages.isEmpty() || onlyReport
                                        ? ""
                                        : " and set aside; the sweep's command repeats them"));
        return damages.isEmpty() ? ExitCodes.DONE : ExitCodes.FAILED;
    }
}
