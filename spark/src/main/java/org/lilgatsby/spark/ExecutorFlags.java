package org.lilgatsby.spark;

import java.util.List;
import org.lilgatsby.run.MachineMemory;

/** Flags of an executor's Java virtual machine. Spark adds what it needs itself. */
final class ExecutorFlags {
    /**
     * The launcher's, but those about memory, the log and the start-up cache, which Spark or the cluster decides; the
     * launcher says what each is for. Without G1 there is also none of its faults, such as JDK-8377811.
     */
    private static final List<String> OF_THE_LAUNCHER = List.of(
            "--add-modules=jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseCountedLoopSafepoints",
            "-XX:LoopStripMiningIter=1000",
            "-XX:ObjectAlignmentInBytes=64",
            "-XX:Tier4MinInvocationThreshold=10",
            "-XX:CompileCommand=quiet",
            "-XX:CompileCommand=inline,org.lilgatsby.kernel.VectorMath::*",
            "-XX:CompileCommand=dontinline,org.lilgatsby.kernel.VectorRows::*",
            "-XX:CompileCommand=dontinline,org.lilgatsby.kernel.VectorOptimizer::*",
            "-XX:CompileCommand=dontinline,org.lilgatsby.kernel.VectorThreefry::*");

    private static final String COLLECTOR = "-XX:+UseSerialGC";

    private static final String HEAP = "-D" + MachineMemory.HEAP_SETTING + "=spark.executor.memory";

    private ExecutorFlags() {}

    /**
     * All flags, separated by spaces.
     *
     * @param users what the user asks for; later flags win, except that a JVM has one collector
     */
    static String with(String users) {
        String collector = users.matches("(?s).*-XX:\\+Use\\w+GC\\b.*") ? "" : COLLECTOR + ' ';
        return (String.join(" ", OF_THE_LAUNCHER) + ' ' + HEAP + ' ' + collector + users).strip();
    }
}
