package org.lilgatsby.tokenfile;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The header of llm.c's files: 256 numbers of 32 bits, of which the first three are a magic number, a version and the
 * number of ids; the others are 0.
 *
 * @param magic says which format it is
 * @param version of the format
 * @param type of the ids
 */
record LlmcHeader(TokenFormat format, int magic, int version, ElementType type) {
    static final int BYTES = 256 * Integer.BYTES;

    static final LlmcHeader GPT2 = new LlmcHeader(TokenFormat.LLMC_UINT16, 20240520, 1, ElementType.U16);
    static final LlmcHeader LLAMA3 = new LlmcHeader(TokenFormat.LLMC_UINT32, 20240801, 7, ElementType.U32);

    /** The format whose magic number a file begins with. */
    static Optional<LlmcHeader> of(ByteBuffer start) {
        if (start.limit() < Integer.BYTES) {
            return Optional.empty();
        }
        int magic = start.getInt(0);
        return magic == GPT2.magic ? Optional.of(GPT2) : magic == LLAMA3.magic ? Optional.of(LLAMA3) : Optional.empty();
    }

    /** The number of ids that the header tells, which must be that of the file. */
    long count(Path file, ByteBuffer start, long fileBytes) throws TokenFileException {
        if (fileBytes < BYTES || start.limit() < 3 * Integer.BYTES) {
            throw new TokenFileException(
                    file, "has %d bytes, but llm.c's header alone has %d".formatted(fileBytes, BYTES));
        }
        if (start.getInt(0) != magic) {
            throw new TokenFileException(
                    file, "begins with %d, but the magic number of %s is %d".formatted(start.getInt(0), format, magic));
        }
        if (start.getInt(Integer.BYTES) != version) {
            throw new TokenFileException(
                    file,
                    ("is of version %d of %s; only version %d is supported; if it is a file without a header that "
                                            + "begins with")
                                    .formatted(start.getInt(Integer.BYTES), format, version)
                            + " the magic number by chance, name the format uint16");
        }
        int count = start.getInt(2 * Integer.BYTES);
        if (count < 0 || fileBytes - BYTES != (long) count * type.bytes()) {
            throw new TokenFileException(
                    file,
                    "the header announces %d ids of %d bytes, but %d bytes follow it"
                            .formatted(count, type.bytes(), fileBytes - BYTES));
        }
        return count;
    }
}
