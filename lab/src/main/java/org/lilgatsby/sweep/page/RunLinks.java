package org.lilgatsby.sweep.page;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Addresses of the pages of runs, relative to the page of a sweep: both can be moved together. */
final class RunLinks {
    private static final String PAGE = "report.html";

    private final Path directory;

    /** @param directory of the sweep's page; it exists */
    RunLinks(Path directory) throws IOException {
        this.directory = directory.toRealPath();
    }

    /** The address of the page in a run's directory; empty if there is none. */
    Optional<String> to(Path run) throws IOException {
        Path page = run.resolve(PAGE);
        if (!Files.isRegularFile(page)) {
            return Optional.empty();
        }
        Path real = page.toRealPath();
        if (!real.getRoot().equals(directory.getRoot())) {
            return Optional.of(real.toUri().toString());
        }
        StringBuilder address = new StringBuilder(".");
        for (Path name : directory.relativize(real)) {
            address.append('/').append(escaped(name.toString()));
        }
        return Optional.of(address.toString());
    }

    private static String escaped(String name) {
        try {
            return new URI(null, null, "/" + name, null).toASCIIString().substring(1);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(name, e);
        }
    }
}
