package org.lilgatsby.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lilgatsby.bf16.Bf16;
import org.lilgatsby.files.Text;

/**
 * A matrix in NumPy's format, as {@code numpy.save} writes it: little-endian float32 or float16; bfloat16 is two bytes
 * of no type, as ml_dtypes saves it, or uint16.
 */
final class NpyMatrix {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final long LONGEST_FILE = Integer.MAX_VALUE - 64L;
    private static final Pattern HEADER = Pattern.compile("\\{'descr': '([^']{1,16})', 'fortran_order': (True|False), "
            + "'shape': \\(([0-9]{1,10}, [0-9]{1,10})\\), \\}\\s*");

    private final String path;
    private final ByteBuffer bytes;
    private final String type;
    private final long[] shape;

    private NpyMatrix(String path, ByteBuffer bytes, String type, long[] shape) {
        this.path = path;
        this.bytes = bytes;
        this.type = type;
        this.shape = shape;
    }

    /** @throws org.lilgatsby.settings.SettingException if it is no such file */
    static NpyMatrix read(Path file) throws IOException {
        String path = file.toString();
        if (Files.size(file) > LONGEST_FILE) {
            throw EmbeddingFile.fault(path, "the file is longer than 2 GB; save W as safetensors");
        }
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int start = MAGIC.length + 4;
        if (bytes.limit() < start + 2 || !Arrays.equals(Arrays.copyOf(bytes.array(), MAGIC.length), MAGIC)) {
            throw EmbeddingFile.fault(path, "it does not begin like a .npy file");
        }
        boolean first = bytes.get(MAGIC.length) == 1;
        int at = first ? start : start + 2;
        long length = first ? bytes.getShort(MAGIC.length + 2) & 0xFFFF : bytes.getInt(MAGIC.length + 2) & 0xFFFFFFFFL;
        if (length > bytes.limit() - at) {
            throw EmbeddingFile.fault(path, "it ends inside its header");
        }
        String header = new String(bytes.array(), at, (int) length, StandardCharsets.ISO_8859_1);
        Matcher parts = HEADER.matcher(header);
        if (!parts.matches()) {
            throw EmbeddingFile.fault(
                    path, "it holds no matrix as numpy.save writes one: " + Text.quote(header.strip()));
        }
        if (parts.group(2).equals("True")) {
            throw EmbeddingFile.fault(path, "it is in Fortran order; save numpy.ascontiguousarray of it");
        }
        long[] shape = Arrays.stream(parts.group(3).split(", "))
                .mapToLong(Long::parseLong)
                .toArray();
        ByteBuffer data = bytes.position(at + (int) length).slice().order(ByteOrder.LITTLE_ENDIAN);
        return new NpyMatrix(path, data, parts.group(1), shape);
    }

    /** In float32, [rows*columns]. */
    float[] values(int rows, int columns) {
        EmbeddingFile.requireShape(path, "the array", shape, rows, columns);
        int width = type.equals("<f4") ? Float.BYTES : Short.BYTES;
        int count = Math.multiplyExact(rows, columns);
        if (bytes.limit() != (long) width * count) {
            throw EmbeddingFile.fault(
                    path, "it holds %d bytes, but its header says %d".formatted(bytes.limit(), (long) width * count));
        }
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = switch (type) {
                case "<f4" -> bytes.getFloat(Float.BYTES * i);
                case "<f2" -> Float.float16ToFloat(bytes.getShort(Short.BYTES * i));
                case "<u2", "<V2", "|V2" -> Bf16.toFloat(bytes.getShort(Short.BYTES * i));
                default ->
                    throw EmbeddingFile.fault(
                            path, "the array's type is %s; W can be <f4, <f2, or bfloat16 as <u2".formatted(type));
            };
        }
        return values;
    }
}
