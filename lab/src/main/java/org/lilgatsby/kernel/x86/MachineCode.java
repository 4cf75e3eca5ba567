package org.lilgatsby.kernel.x86;

import java.util.List;

/** All of the machine code: bytes, where its functions begin, and the assembly text of it. */
final class MachineCode {
    private final Assembler assembler;
    private final byte[] bytes;

    final int products;
    final int pairsOfRows;
    final int pairsOfColumns;
    final int starts;
    final int cpuid;
    final int peak;

    /** @param listed whether there is a listing */
    MachineCode(boolean listed) {
        assembler = new Assembler(listed);
        Label indices = assembler.here();
        PairCode.indices(assembler);
        products = begin();
        ProductCode.write(assembler);
        pairsOfRows = begin();
        PairCode.ofRows(assembler);
        pairsOfColumns = begin();
        PairCode.ofColumns(assembler, indices);
        starts = begin();
        StartCode.write(assembler);
        cpuid = begin();
        CpuidCode.write(assembler);
        peak = begin();
        PeakCode.write(assembler);
        bytes = assembler.code();
    }

    private int begin() {
        assembler.align();
        return assembler.here().position;
    }

    byte[] bytes() {
        return bytes.clone();
    }

    /** In the syntax of GNU as, which makes the same bytes from it. */
    List<String> listing() {
        return assembler.listing();
    }
}
