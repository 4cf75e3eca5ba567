package org.lilgatsby.kernel.x86;

import java.util.List;

/** The machine code as assembly text, in the syntax of GNU as, which makes the same bytes from it. */
public final class Listing {
    private Listing() {}

    /** All of it, in the order in which it lies in memory. */
    public static List<String> all() {
        return new MachineCode(true).listing();
    }

    /** The largest tile alone. */
    public static List<String> ofTile() {
        Assembler assembler = new Assembler(true);
        ProductCode.tile(assembler, ProductCode.ROWS, ProductCode.PANEL);
        return assembler.listing();
    }

    /** Prints the largest tile, or all of the code if there is an argument {@code all}; on any machine. */
    public static void main(String[] arguments) {
        boolean all = arguments.length > 0 && arguments[0].equals("all");
        System.out.println(String.join("\n", all ? all() : ofTile()));
    }
}
