package org.lilgatsby.tokenizer;

/** Where a text may be cut in two. */
@FunctionalInterface
interface TextCut {
    TextCut NOWHERE = (_, _, _) -> -1;

    /** The last such place in (from, to), or -1. */
    int last(char[] text, int from, int to);
}
