package org.lilgatsby.cli;

import picocli.CommandLine.Option;

/** The option of verbs whose result programs can read. */
final class JsonOption {
    @Option(names = "--json", description = "Print the result as one JSON document.")
    private boolean json;

    /** Whether the result is requested as JSON. */
    boolean isSet() {
        return json;
    }
}
