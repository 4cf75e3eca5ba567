package org.lilgatsby.explorer.library;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.lilgatsby.files.Sha256;

/**
 * A directory that can be looked at.
 *
 * @param kind what it holds
 * @param path its real path
 * @param shown its path as people know it: the directory given on the command line, and the way from there
 */
public record Place(Kind kind, Path path, String shown) {
    private static final int DIGITS = 16;

    /** The same for the same path, and no path: what addresses call it. */
    public String id() {
        return Sha256.of(path.toString().getBytes(StandardCharsets.UTF_8)).substring(0, DIGITS);
    }
}
