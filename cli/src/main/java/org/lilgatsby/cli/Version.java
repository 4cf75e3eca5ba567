package org.lilgatsby.cli;

import picocli.CommandLine.IVersionProvider;

/** The versions of the program, as its jar states it, and of the virtual machine. */
public final class Version implements IVersionProvider {
    /** The version of the program; {@code development} if it does not run from its jar. */
    public static String ofProgram() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"lilgatsby " + ofProgram(), "Java " + Runtime.version()};
    }
}
