package org.lilgatsby.model;

import static org.lilgatsby.settings.Settings.require;
import static org.lilgatsby.settings.Settings.requirePresent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.lilgatsby.files.Sha256;
import org.lilgatsby.files.Text;
import org.lilgatsby.safetensors.DType;
import org.lilgatsby.safetensors.SafetensorsException;
import org.lilgatsby.safetensors.SafetensorsFile;
import org.lilgatsby.safetensors.TensorSpec;
import org.lilgatsby.safetensors.TensorView;
import org.lilgatsby.settings.NearestName;
import org.lilgatsby.settings.SettingException;

/**
 * A file that holds W, [V, C]: a tensor of a safetensors file (F32, BF16, F16), or an array in NumPy's format
 * ({@link NpyMatrix}). Its hash is part of what a run is; its place is not.
 *
 * @param path the file; safetensors unless its name ends in {@code .npy}
 * @param tensor the tensor's name; empty for the only matrix of the file
 * @param sha256 of the whole file, 64 lower-case hexadecimal digits
 */
public record EmbeddingFile(String path, Optional<String> tensor, String sha256) {
    private static final String KEY = "initialization.file";
    private static final Pattern DIGITS = Pattern.compile("[0-9a-f]{64}");

    /** @throws SettingException if the hash is none */
    public EmbeddingFile {
        requirePresent(KEY, path);
        require(!path.isBlank() && path.indexOf('\0') < 0, KEY, "initialization.file is not a valid path");
        require(
                sha256 != null && DIGITS.matcher(sha256).matches(),
                "initialization.sha256",
                () -> "initialization.sha256 is %s; expected 64 lower-case hexadecimal digits, or leave it out"
                        .formatted(sha256 == null ? "missing" : Text.quote(sha256)));
        require(
                tensor.isEmpty() || !isNpy(path),
                "initialization.tensor",
                "initialization.tensor is given, but a .npy file holds one array without a name; leave it out");
    }

    /**
     * The file as it is now, hashed.
     *
     * @throws SettingException if it cannot be read
     */
    public static EmbeddingFile of(String path, Optional<String> tensor) {
        return new EmbeddingFile(path, tensor, hash(path));
    }

    private static boolean isNpy(String path) {
        return path.endsWith(".npy");
    }

    private static String hash(String path) {
        try {
            return Sha256.of(Path.of(path));
        } catch (NoSuchFileException e) {
            throw fault(path, "there is no such file");
        } catch (IOException e) {
            throw fault(path, Files.isDirectory(Path.of(path)) ? "it is a directory" : e.getMessage());
        }
    }

    /**
     * Reads W in float32, [rows*columns].
     *
     * @throws SettingException if the file has another hash, another shape, or no such matrix
     */
    float[] read(int rows, int columns) {
        String now = hash(path);
        if (!now.equals(sha256)) {
            throw fault(
                    path,
                    ("its SHA-256 is %s, but the configuration has %s; restore the file, or leave out "
                                    + "initialization.sha256")
                            .formatted(now, sha256));
        }
        try {
            return isNpy(path) ? NpyMatrix.read(Path.of(path)).values(rows, columns) : ofTensor(rows, columns);
        } catch (SafetensorsException e) {
            throw new SettingException(KEY, "initialization.file: " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private float[] ofTensor(int rows, int columns) throws IOException {
        try (SafetensorsFile file = SafetensorsFile.open(Path.of(path))) {
            TensorView w = file.tensor(name(file));
            DType type = w.spec().dtype();
            if (type != DType.F32 && type != DType.BF16 && type != DType.F16) {
                throw fault(
                        path,
                        "%s is %s; W can be F32, BF16 or F16".formatted(w.spec().name(), type));
            }
            requireShape(path, w.spec().name(), w.spec().shape().dimensions(), rows, columns);
            return w.toFloats();
        }
    }

    private String name(SafetensorsFile file) {
        if (tensor.isPresent()) {
            if (!file.contains(tensor.get())) {
                throw new SettingException(
                        "initialization.tensor",
                        "%s has no tensor %s; did you mean %s?"
                                .formatted(
                                        Text.quote(path),
                                        Text.quote(tensor.get()),
                                        NearestName.to(
                                                tensor.get(),
                                                file.tensors().stream()
                                                        .map(TensorSpec::name)
                                                        .toList())));
            }
            return tensor.get();
        }
        if (file.tensors().size() != 1) {
            throw new SettingException(
                    KEY,
                    "%s has %d tensors; name the one that is W with initialization.tensor"
                            .formatted(Text.quote(path), file.tensors().size()));
        }
        return file.tensors().getFirst().name();
    }

    static void requireShape(String path, String what, long[] shape, int rows, int columns) {
        if (!Arrays.equals(shape, new long[] {rows, columns})) {
            throw fault(
                    path,
                    "%s has shape %s, but model.vocabulary x model.width is [%d, %d]"
                            .formatted(what, Arrays.toString(shape), rows, columns));
        }
    }

    static SettingException fault(String path, String problem) {
        return new SettingException(KEY, "initialization.file %s: %s".formatted(Text.quote(path), problem));
    }
}
