package org.lilgatsby.recording;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The files of a run.
 *
 * @param root the directory that holds them
 */
public record RunDirectory(Path root) {
    /** The complete resolved configuration, YAML. */
    public Path config() {
        return root.resolve("config.yaml");
    }

    /** Versions, machine, corpus, state: {@link Manifest}. */
    public Path manifest() {
        return root.resolve("manifest.json");
    }

    /** The streamed recording. */
    public Path recording() {
        return root.resolve("recording.safetensors");
    }

    /** The files of a recording per step. */
    public Path steps() {
        return root.resolve("steps");
    }

    /** Complete rows of the recording, ten digits. */
    public Path progress() {
        return root.resolve("recording.progress");
    }

    /** State to go on from. */
    public Path checkpoint() {
        return root.resolve("checkpoint");
    }

    /** A text by the trained model. */
    public Path sample() {
        return root.resolve("sample.txt");
    }

    /** Results as JSON. */
    public Path reportJson() {
        return root.resolve("report.json");
    }

    /** Results as text. */
    public Path reportText() {
        return root.resolve("report.txt");
    }

    /** Results as a page. */
    public Path reportHtml() {
        return root.resolve("report.html");
    }

    /** The trained model as a Hugging Face directory. */
    public Path model() {
        return root.resolve("model");
    }

    /** Name of the file of one step: {@code step_0000100.safetensors}. */
    public static String stepFile(int step) {
        return String.format(Locale.ROOT, "step_%07d.safetensors", step);
    }

    /**
     * Makes the directory for a new run. An empty directory may be there already.
     *
     * @throws FileAlreadyExistsException if it holds anything
     */
    public static RunDirectory create(Path root) throws IOException {
        if (Files.exists(root)) {
            if (!Files.isDirectory(root)) {
                throw new FileAlreadyExistsException(root.toString(), null, "is a file, not a directory");
            }
            try (var entries = Files.newDirectoryStream(root)) {
                if (entries.iterator().hasNext()) {
                    throw new FileAlreadyExistsException(root.toString(), null, "is not empty");
                }
            }
        }
        Files.createDirectories(root);
        return new RunDirectory(root);
    }
}
