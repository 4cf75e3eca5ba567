package org.lilgatsby.kernel.x86;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lilgatsby.kernel.x86.Address.at;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Bytes against those of GNU as: {@code encodings.s} is the text of the instructions below, {@code encodings.hex} what
 * GNU as makes of it,
 * {@code as encodings.s -o e.o && objcopy -O binary -j .text e.o e.bin && xxd -p -c 32 e.bin > encodings.hex}.
 */
class EncodingsTest {
    private static final List<Integer> VECTORS = List.of(0, 5, 9, 18, 31);

    private static String resource(String name) {
        try (InputStream in = EncodingsTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void bytesAreThoseOfAnIndependentAssembler() {
        Assembler assembler = everything();
        assertEquals(resource("encodings.s"), String.join("\n", assembler.listing()) + "\n");
        byte[] expected = HexFormat.of().parseHex(resource("encodings.hex").replace("\n", ""));
        assertEquals(HexFormat.of().formatHex(expected), HexFormat.of().formatHex(assembler.code()));
    }

    @Test
    void theListingIsOfTheSameCode() {
        assertEquals(
                HexFormat.of().formatHex(new MachineCode(false).bytes()),
                HexFormat.of().formatHex(new MachineCode(true).bytes()));
        String tile = String.join("\n", Listing.ofTile());
        assertTrue(
                String.join("\n", Listing.all()).contains("tile of 6 rows and 4 vectors"),
                "all tiles are listed");
        assertEquals(24, tile.split("vdpbf16ps", -1).length - 1, "a dot product for each of 24 sums");
    }

    @Test
    void refusesWhatItCannotSay() {
        Assembler assembler = new Assembler(false);
        assertThrows(IllegalArgumentException.class, () -> assembler.add(Gpr.RAX, 1000));
        assertThrows(IllegalArgumentException.class, () -> new Zmm(32));
        assertThrows(IllegalArgumentException.class, () -> at(Gpr.RAX, Gpr.RSP, 1));
        assertThrows(IllegalArgumentException.class, () -> at(Gpr.RAX, Gpr.RCX, 3));
        assembler.jmp(assembler.label());
        assertThrows(IllegalStateException.class, assembler::code);
    }

    /** Every instruction, with low and high registers and every form of address. */
    private static Assembler everything() {
        Assembler to = new Assembler(true);
        Label table = to.here();
        to.data(1, -2, 0x7FFF_FFFF);
        to.align();
        for (Gpr register : Gpr.values()) {
            to.push(register);
            to.pop(register);
            to.cmp(register, 7);
            to.sub(register, -128);
            to.shl(register, 16);
        }
        for (Gpr base : Gpr.values()) {
            for (int displacement : new int[] {0, 8, -128, 128, 1_000_000}) {
                to.mov(Gpr.R9, at(base, displacement));
                to.mov(at(base, displacement), Gpr.RDX);
                to.mov32(at(base, displacement), Gpr.R11);
                to.vpbroadcastd(new Zmm(21), at(base, displacement));
                to.vmovups(new Zmm(14), at(base, displacement));
            }
        }
        for (Gpr index : List.of(Gpr.RAX, Gpr.RBP, Gpr.R12, Gpr.R13)) {
            for (Gpr base : List.of(Gpr.RCX, Gpr.RBP, Gpr.RSP, Gpr.R13)) {
                for (int scale = 1; scale <= 8; scale *= 2) {
                    to.lea(Gpr.R8, at(base, index, scale));
                    to.add(Gpr.RSI, at(base, index, scale));
                    to.vpbroadcastd(new Zmm(30), at(base, index, scale));
                }
            }
        }
        for (Gpr register : List.of(Gpr.RCX, Gpr.RDI, Gpr.R8, Gpr.R15)) {
            to.mov(register, Gpr.R10);
            to.add(register, Gpr.RBX);
            to.or(Gpr.RAX, register);
            to.add(register, 256);
            to.kmov(Mask.K3, register);
            to.kmov(register, Mask.K7);
        }
        to.cpuid();
        for (int x : VECTORS) {
            for (int y : VECTORS) {
                vectors(to, new Zmm(x), new Zmm(y), new Zmm(31 - x));
            }
            memory(to, new Zmm(x), table);
        }
        to.vzeroupper();
        Label behind = to.label();
        to.jmp(behind);
        to.je(table);
        to.jne(behind);
        to.jl(table);
        to.place(behind);
        to.ret();
        return to;
    }

    private static void vectors(Assembler to, Zmm x, Zmm y, Zmm z) {
        to.vdpbf16ps(x, y, z);
        to.vcvtneps2bf16(x, y);
        to.vpmovzxwd(x, y);
        to.vpermt2w(x, y, z);
        to.vpternlogd(x, y, z, 0xFE);
        to.vmovaps(x, y);
        to.vmovaps(x, Mask.K2, y);
        to.vaddps(x, y, z);
        to.vpaddd(x, y, z);
        to.vpaddw(x, y, z);
        to.vpandd(x, y, z);
        to.vpord(x, y, z);
        to.vpxord(x, y, z);
        to.vpminud(x, y, z);
        to.vpminuw(x, y, z);
        to.vpslld(x, y, 16);
        to.vpsrld(x, y, 31);
        to.vptestmd(Mask.K4, y, z);
        to.vpcmpltud(Mask.K5, y, z);
        to.vcmpunordps(Mask.K2, y, z);
    }

    private static void memory(Assembler to, Zmm x, Label table) {
        for (int displacement : new int[] {0, 64, -8192, 8128, 8192, 100}) {
            to.vmovups(x, at(Gpr.RAX, displacement));
            to.vmovups(at(Gpr.R10, displacement), x);
            to.vmovupsOrZero(x, Mask.K1, at(Gpr.R12, displacement));
            to.vmovups(x, Mask.K1, at(Gpr.RSP, displacement));
            to.vmovups(at(Gpr.RBP, displacement), Mask.K7, x);
            to.vaddps(x, new Zmm(17), at(Gpr.R13, displacement));
        }
        to.vmovups(x, at(table));
    }

    /** Prints the text, to make the resources from. */
    public static void main(String[] arguments) {
        System.out.println(String.join("\n", everything().listing()));
    }
}
