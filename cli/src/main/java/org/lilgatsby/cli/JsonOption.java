package org.lilgatsby.cli;

import picocli.CommandLine.Option;

/** The option of verbs whose result can be read by programs. */
final class JsonOption {
    @Option(names = "--json", description = "Print the result as one JSON document.")
    private boolean json;

    /** Whether the result is asked for as JSON. */
    boolean isSet() {
        return json;
    }
}
