package org.lilgatsby.run;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * The available memory.
 *
 * @param heap maximum heap of the virtual machine, in bytes
 * @param outsideHeap most bytes that the virtual machine allocates outside its heap
 * @param physical memory of the machine, or of the container that the program runs in, in bytes
 */
public record MachineMemory(long heap, long outsideHeap, long physical) {
    /** The system property that names {@link #heapSetting}, where it is another one. */
    public static final String HEAP_SETTING = "lilgatsby.heap.setting";

    /**
     * What gives this process a larger heap, for messages; the launcher's variable unless another program started it.
     */
    public static String heapSetting() {
        return System.getProperty(HEAP_SETTING, "LILGATSBY_JAVA_OPTS=-Xmx...");
    }

    /** The memory of this machine, as it was when this was first asked for. */
    public static MachineMemory here() {
        return Here.MEMORY;
    }

    /** Asks the system once: in a container that takes as long as a short run. */
    private static final class Here {
        private static final MachineMemory MEMORY = measure();

        private static MachineMemory measure() {
            long heap = Runtime.getRuntime().maxMemory();
            long outside = Long.parseLong(ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .getVMOption("MaxDirectMemorySize")
                    .getValue());
            return new MachineMemory(
                    heap,
                    outside == 0 ? heap : outside,
                    ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                            .getTotalMemorySize());
        }
    }
}
