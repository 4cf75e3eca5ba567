package org.lilgatsby.cli;

import picocli.CommandLine.IVersionProvider;

/** The program's version, as its jar states it, and the virtual machine's. */
public final class Version implements IVersionProvider {
    /** The version of the program; {@code development} where it does not run from its jar. */
    public static String ofProgram() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"lilgatsby " + ofProgram(), "Java " + Runtime.version()};
    }
}
