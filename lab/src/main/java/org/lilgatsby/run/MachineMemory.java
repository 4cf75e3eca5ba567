package org.lilgatsby.run;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * The memory that there is.
 *
 * @param heap largest heap of the virtual machine, in bytes
 * @param outsideHeap bytes that the virtual machine gives out beside its heap, at most
 * @param physical bytes of the machine, or of the container that the program runs in
 */
public record MachineMemory(long heap, long outsideHeap, long physical) {
    /** That of the machine on which the program runs. */
    public static MachineMemory here() {
        long heap = Runtime.getRuntime().maxMemory();
        long outside = Long.parseLong(ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .getVMOption("MaxDirectMemorySize")
                .getValue());
        return new MachineMemory(
                heap,
                outside == 0 ? heap : outside,
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize());
    }
}
