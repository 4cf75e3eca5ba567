package org.lilgatsby.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.lilgatsby.settings.SettingException;
import org.lilgatsby.sweep.SweepDirectory;

/** A subcommand of {@code sweep}. Those of other modules are services of this class. */
public abstract class SweepCommand extends Verb {
    /**
     * The directory of a sweep to be read.
     *
     * @throws SettingException if there is none
     */
    protected static SweepDirectory sweepIn(Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            throw new SettingException(
                    "",
                    root + (Files.exists(root) ? ": is a file" : ": there is no such directory")
                            + "; name the directory that a sweep wrote, such as sweeps/NAME");
        }
        SweepDirectory directory = new SweepDirectory(root);
        directory.requireDefinition();
        return directory;
    }
}
