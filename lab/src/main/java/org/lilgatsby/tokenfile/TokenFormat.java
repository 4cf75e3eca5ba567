package org.lilgatsby.tokenfile;

import java.util.Locale;

/** The formats of files of token ids; docs/corpora.md describes them field by field. */
public enum TokenFormat {
    /** A tensor of whole numbers in a safetensors file. */
    SAFETENSORS,
    /** NumPy's {@code .npy}. */
    NPY,
    /** nanoGPT's {@code .bin}: 16 bits an id, no header. */
    UINT16,
    /** llm.c's {@code .bin} of GPT-2's tokens: a header of 1,024 bytes, then 16 bits an id. */
    LLMC_UINT16,
    /** llm.c's {@code .bin} of Llama 3's tokens: a header of 1,024 bytes, then 32 bits an id. */
    LLMC_UINT32;

    /** The name on the command line and in reports, such as {@code llmc-uint16}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
