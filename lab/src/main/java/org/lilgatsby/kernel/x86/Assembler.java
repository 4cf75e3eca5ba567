package org.lilgatsby.kernel.x86;

import static org.lilgatsby.kernel.x86.Encoder.MAP_0F;
import static org.lilgatsby.kernel.x86.Encoder.MAP_0F38;
import static org.lilgatsby.kernel.x86.Encoder.MAP_0F3A;
import static org.lilgatsby.kernel.x86.Encoder.NO_PREFIX;
import static org.lilgatsby.kernel.x86.Encoder.PREFIX_66;
import static org.lilgatsby.kernel.x86.Encoder.PREFIX_F3;

import java.util.ArrayList;
import java.util.List;

/**
 * Turns instructions into bytes, and into the text from which GNU as (Intel syntax) makes the same bytes. It knows what
 * the tiles need and no more. Opcodes are from the instructions' own pages in volume 2 of the Intel 64 and IA-32
 * Architectures Software Developer's Manual.
 */
final class Assembler {
    private static final int FULL = 64; // bytes of a whole vector
    private static final int WORD = 4; // bytes of one lane

    private final boolean listed;
    private final List<String> lines = new ArrayList<>();
    private final CodeBuffer code = new CodeBuffer();
    private final Encoder encoder = new Encoder(code);
    private int labels;

    /** @param listed whether it keeps the text too, which takes a hundred times as long */
    Assembler(boolean listed) {
        this.listed = listed;
        line(".intel_syntax noprefix");
    }

    /** The text of everything so far, one line per instruction; empty if it is not {@code listed}. */
    List<String> listing() {
        return List.copyOf(lines);
    }

    /**
     * The bytes of everything so far.
     *
     * @throws IllegalStateException if a label that is referred to has not been placed
     */
    byte[] code() {
        return code.code();
    }

    /** A label that is not placed yet. */
    Label label() {
        return new Label(labels++);
    }

    /** Places the label here. */
    void place(Label label) {
        label.position = code.size();
        line("%s:", label);
    }

    /** A label placed here. */
    Label here() {
        Label label = label();
        place(label);
        return label;
    }

    /** Adds a comment to the listing. */
    void comment(String format, Object... arguments) {
        line("# " + format, arguments);
    }

    /** Pads to a cache line, for constants. */
    void align() {
        while (code.size() % FULL != 0) {
            code.emit(0);
        }
        line(".balign 64, 0");
    }

    /** 32 bits of data each. */
    void data(int... values) {
        for (int value : values) {
            code.emit32(value);
            text(".long %d", value);
        }
    }

    // General registers

    void push(Gpr register) {
        text("push %s", register);
        encoder.rex(false, 0, 0, register.ordinal());
        code.emit(0x50 + (register.ordinal() & 7));
    }

    void pop(Gpr register) {
        text("pop %s", register);
        encoder.rex(false, 0, 0, register.ordinal());
        code.emit(0x58 + (register.ordinal() & 7));
    }

    void ret() {
        text("ret");
        code.emit(0xC3);
    }

    void cpuid() {
        text("cpuid");
        code.emit(0x0F, 0xA2);
    }

    void mov(Gpr to, Gpr from) {
        text("mov %s, %s", to, from);
        encoder.wide(0x89, from, to);
    }

    void mov(Gpr to, Address from) {
        text("mov %s, %s", to, from);
        encoder.wide(0x8B, to, from);
    }

    void mov(Address to, Gpr from) {
        text("mov %s, %s", to, from);
        encoder.wide(0x89, from, to);
    }

    /** The lower half. */
    void mov32(Address to, Gpr from) {
        text("mov %s, %s", to, lower(from));
        encoder.narrow(0x89, from, to);
    }

    void lea(Gpr to, Address from) {
        text("lea %s, %s", to, from);
        encoder.wide(0x8D, to, from);
    }

    void add(Gpr to, Gpr what) {
        text("add %s, %s", to, what);
        encoder.wide(0x01, what, to);
    }

    void add(Gpr to, Address what) {
        text("add %s, %s", to, what);
        encoder.wide(0x03, to, what);
    }

    void add(Gpr to, int what) {
        text("add %s, %d", to, what);
        encoder.immediate(0, to, what);
    }

    void sub(Gpr to, int what) {
        text("sub %s, %d", to, what);
        encoder.immediate(5, to, what);
    }

    void cmp(Gpr left, int right) {
        text("cmp %s, %d", left, right);
        encoder.immediate(7, left, right);
    }

    void or(Gpr to, Gpr what) {
        text("or %s, %s", to, what);
        encoder.wide(0x09, what, to);
    }

    void shl(Gpr to, int places) {
        text("shl %s, %d", to, places);
        encoder.rex(true, 0, 0, to.ordinal());
        code.emit(0xC1);
        encoder.direct(4, to.ordinal());
        code.emit(places);
    }

    void jmp(Label to) {
        text("{disp32} jmp %s", to);
        code.emit(0xE9);
        code.refer(to);
    }

    void je(Label to) {
        jump("je", 0x84, to);
    }

    void jne(Label to) {
        jump("jne", 0x85, to);
    }

    /** If less, as signed numbers. */
    void jl(Label to) {
        jump("jl", 0x8C, to);
    }

    private void jump(String name, int opcode, Label to) {
        text("{disp32} %s %s", name, to);
        code.emit(0x0F, opcode);
        code.refer(to);
    }

    // Masks

    void kmov(Mask to, Gpr from) {
        text("kmovw %s, %s", to, lower(from));
        encoder.vexMask(0x92, to.ordinal(), from.ordinal());
    }

    void kmov(Gpr to, Mask from) {
        text("kmovw %s, %s", lower(to), from);
        encoder.vexMask(0x93, to.ordinal(), from.ordinal());
    }

    // Vectors

    /** For use before returning, so that code with 128-bit vectors does not wait for upper halves. */
    void vzeroupper() {
        text("vzeroupper");
        code.emit(0xC5, 0xF8, 0x77);
    }

    void vmovups(Zmm to, Address from) {
        text("vmovups %s, zmmword ptr %s", to, from);
        encoder.evex(MAP_0F, NO_PREFIX, 0, 0x10, to, 0, from, FULL, Mask.K0, false);
    }

    void vmovups(Address to, Zmm from) {
        text("vmovups zmmword ptr %s, %s", to, from);
        encoder.evex(MAP_0F, NO_PREFIX, 0, 0x11, from, 0, to, FULL, Mask.K0, false);
    }

    /** Lanes without their bit of the mask become 0, and are not read. */
    void vmovupsOrZero(Zmm to, Mask mask, Address from) {
        text("vmovups %s{%s}{z}, zmmword ptr %s", to, mask, from);
        encoder.evex(MAP_0F, NO_PREFIX, 0, 0x10, to, 0, from, FULL, mask, true);
    }

    /** Lanes without their bit of the mask stay, and are not read. */
    void vmovups(Zmm to, Mask mask, Address from) {
        text("vmovups %s{%s}, zmmword ptr %s", to, mask, from);
        encoder.evex(MAP_0F, NO_PREFIX, 0, 0x10, to, 0, from, FULL, mask, false);
    }

    /** Lanes without their bit of the mask are not written. */
    void vmovups(Address to, Mask mask, Zmm from) {
        text("vmovups zmmword ptr %s{%s}, %s", to, mask, from);
        encoder.evex(MAP_0F, NO_PREFIX, 0, 0x11, from, 0, to, FULL, mask, false);
    }

    void vmovaps(Zmm to, Zmm from) {
        text("vmovaps %s, %s", to, from);
        encoder.evex(MAP_0F, NO_PREFIX, 0, 0x28, to, 0, from, Mask.K0);
    }

    /** Lanes without their bit of the mask stay. */
    void vmovaps(Zmm to, Mask mask, Zmm from) {
        text("vmovaps %s{%s}, %s", to, mask, from);
        encoder.evex(MAP_0F, NO_PREFIX, 0, 0x28, to, 0, from, mask);
    }

    /** The same 32 bits in every lane. */
    void vpbroadcastd(Zmm to, Address from) {
        text("vpbroadcastd %s, dword ptr %s", to, from);
        encoder.evex(MAP_0F38, PREFIX_66, 0, 0x58, to, 0, from, WORD, Mask.K0, false);
    }

    /**
     * sum = sum + x.upper*y.upper, then + x.lower*y.lower, in every lane; each rounded once, subnormal inputs and
     * results treated as 0.
     */
    void vdpbf16ps(Zmm sum, Zmm x, Zmm y) {
        text("vdpbf16ps %s, %s, %s", sum, x, y);
        encoder.evex(MAP_0F38, PREFIX_F3, 0, 0x52, sum, x.number(), y, Mask.K0);
    }

    /** The 16 floats of {@code from}, rounded to nearest even, as the lower half of {@code to}; subnormals become 0. */
    void vcvtneps2bf16(Zmm to, Zmm from) {
        text("vcvtneps2bf16 ymm%d, %s", to.number(), from);
        encoder.evex(MAP_0F38, PREFIX_F3, 0, 0x72, to, 0, from, Mask.K0);
    }

    /** Zero-extends 16 words of 16 bits to 32 bits each. */
    void vpmovzxwd(Zmm to, Zmm from) {
        text("vpmovzxwd %s, ymm%d", to, from.number());
        encoder.evex(MAP_0F38, PREFIX_66, 0, 0x33, to, 0, from, Mask.K0);
    }

    /** Words of {@code to} and {@code second} by the indices, 0 to 31 in the first, 32 to 63 in the second. */
    void vpermt2w(Zmm to, Zmm indices, Zmm second) {
        text("vpermt2w %s, %s, %s", to, indices, second);
        encoder.evex(MAP_0F38, PREFIX_66, 1, 0x7D, to, indices.number(), second, Mask.K0);
    }

    /** @param table bit 4x + 2y + z is the result for bits x of {@code to}, y and z */
    void vpternlogd(Zmm to, Zmm y, Zmm z, int table) {
        text("vpternlogd %s, %s, %s, %d", to, y, z, table);
        encoder.evex(MAP_0F3A, PREFIX_66, 0, 0x25, to, y.number(), z, Mask.K0);
        code.emit(table);
    }

    void vaddps(Zmm to, Zmm x, Address y) {
        text("vaddps %s, %s, zmmword ptr %s", to, x, y);
        encoder.evex(MAP_0F, NO_PREFIX, 0, 0x58, to, x.number(), y, FULL, Mask.K0, false);
    }

    void vaddps(Zmm to, Zmm x, Zmm y) {
        text("vaddps %s, %s, %s", to, x, y);
        encoder.evex(MAP_0F, NO_PREFIX, 0, 0x58, to, x.number(), y, Mask.K0);
    }

    void vpaddd(Zmm to, Zmm x, Zmm y) {
        integer("vpaddd", MAP_0F, 0xFE, to, x, y);
    }

    void vpaddw(Zmm to, Zmm x, Zmm y) {
        integer("vpaddw", MAP_0F, 0xFD, to, x, y);
    }

    void vpandd(Zmm to, Zmm x, Zmm y) {
        integer("vpandd", MAP_0F, 0xDB, to, x, y);
    }

    void vpord(Zmm to, Zmm x, Zmm y) {
        integer("vpord", MAP_0F, 0xEB, to, x, y);
    }

    void vpxord(Zmm to, Zmm x, Zmm y) {
        integer("vpxord", MAP_0F, 0xEF, to, x, y);
    }

    void vpminud(Zmm to, Zmm x, Zmm y) {
        integer("vpminud", MAP_0F38, 0x3B, to, x, y);
    }

    void vpminuw(Zmm to, Zmm x, Zmm y) {
        integer("vpminuw", MAP_0F38, 0x3A, to, x, y);
    }

    private void integer(String name, int map, int opcode, Zmm to, Zmm x, Zmm y) {
        text("%s %s, %s, %s", name, to, x, y);
        encoder.evex(map, PREFIX_66, 0, opcode, to, x.number(), y, Mask.K0);
    }

    void vpslld(Zmm to, Zmm x, int places) {
        text("vpslld %s, %s, %d", to, x, places);
        shift(6, to, x, places);
    }

    void vpsrld(Zmm to, Zmm x, int places) {
        text("vpsrld %s, %s, %d", to, x, places);
        shift(2, to, x, places);
    }

    private void shift(int extension, Zmm to, Zmm x, int places) {
        encoder.evex(MAP_0F, PREFIX_66, 0, 0x72, new Zmm(extension), to.number(), x, Mask.K0);
        code.emit(places);
    }

    /** Bit i says whether x and y have a bit in common in lane i. */
    void vptestmd(Mask to, Zmm x, Zmm y) {
        text("vptestmd %s, %s, %s", to, x, y);
        encoder.evex(MAP_0F38, PREFIX_66, 0, 0x27, new Zmm(to.ordinal()), x.number(), y, Mask.K0);
    }

    /** Bit i says whether lane i of x is less than that of y, as unsigned numbers. */
    void vpcmpltud(Mask to, Zmm x, Zmm y) {
        text("vpcmpltud %s, %s, %s", to, x, y);
        encoder.evex(MAP_0F3A, PREFIX_66, 0, 0x1E, new Zmm(to.ordinal()), x.number(), y, Mask.K0);
        code.emit(1);
    }

    /** Bit i says whether lane i of x or of y is a NaN. */
    void vcmpunordps(Mask to, Zmm x, Zmm y) {
        text("vcmpunordps %s, %s, %s", to, x, y);
        encoder.evex(MAP_0F, NO_PREFIX, 0, 0xC2, new Zmm(to.ordinal()), x.number(), y, Mask.K0);
        code.emit(3);
    }

    private void text(String format, Object... arguments) {
        if (listed) {
            line("    " + format, arguments);
        }
    }

    /** The name of the lower half, if there is a listing. */
    private String lower(Gpr register) {
        return listed ? register.lower() : "";
    }

    private void line(String format, Object... arguments) {
        if (listed) {
            lines.add(format.formatted(arguments));
        }
    }
}
