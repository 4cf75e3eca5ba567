package org.lilgatsby.torture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.lilgatsby.checkpoint.CheckpointDirectory;
import org.lilgatsby.checkpoint.CheckpointException;
import org.lilgatsby.checkpoint.Vocabulary;
import org.lilgatsby.config.ConfigYaml;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.corpus.Corpus;
import org.lilgatsby.corpus.CorpusCache;
import org.lilgatsby.corpus.CorpusConfig;
import org.lilgatsby.corpus.CorpusException;
import org.lilgatsby.corpus.CorpusLoader;
import org.lilgatsby.corpus.Preparation;
import org.lilgatsby.recording.ManifestFile;
import org.lilgatsby.safetensors.DType;
import org.lilgatsby.safetensors.SafetensorsException;
import org.lilgatsby.safetensors.SafetensorsFile;
import org.lilgatsby.safetensors.SafetensorsLayout;
import org.lilgatsby.safetensors.SafetensorsWriter;
import org.lilgatsby.safetensors.TensorSpec;
import org.lilgatsby.safetensors.TensorView;
import org.lilgatsby.settings.SettingException;
import org.lilgatsby.tokenfile.TokenFile;
import org.lilgatsby.tokenfile.TokenFileException;
import org.lilgatsby.tokenizer.Renumbering;
import org.lilgatsby.tokenizer.Tokenizer;
import org.lilgatsby.tokenizer.TokenizerException;

/** A parser of files from anywhere: bytes are read, or refused with the exception that it documents. */
enum HostileInput {
    /** A safetensors file: the header, and whether the tensors fill the file. */
    SAFETENSORS {
        @Override
        void parse(Path folder, byte[] bytes) throws IOException {
            Path path = Files.write(folder.resolve("hostile.safetensors"), bytes);
            try (SafetensorsFile file = SafetensorsFile.open(path)) {
                long data = 0;
                for (TensorSpec spec : file.tensors()) {
                    TensorView view = file.tensor(spec.name());
                    data += view.data().byteSize();
                }
                long header =
                        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
                require(data == bytes.length - 8 - header, "tensors of %d bytes in a file of %d", data, bytes.length);
            } catch (SafetensorsException e) {
                requireNamed(path, e);
            }
        }
    },
    /** The index of a model in several files, beside one file that is good. */
    SHARDED_INDEX {
        @Override
        void parse(Path folder, byte[] bytes) throws IOException {
            Files.write(folder.resolve("model.safetensors.index.json"), bytes);
            openModel(folder, "a.safetensors");
        }
    },
    /** The tokenizer of a model. */
    TOKENIZER {
        @Override
        void parse(Path folder, byte[] bytes) throws IOException {
            Files.write(folder.resolve("tokenizer.json"), bytes);
            openModel(folder, "model.safetensors");
        }
    },
    /** A tokenizer that texts are encoded with. */
    BPE_TOKENIZER {
        @Override
        void parse(Path folder, byte[] bytes) throws IOException {
            Path path = Files.write(folder.resolve("bpe.json"), bytes);
            try {
                tryTokenizer(Tokenizer.read(path), folder);
            } catch (TokenizerException e) {
                requireNamed(path, e);
            }
        }
    },
    /** The merges of a tokenizer, beside a vocabulary that is good. */
    MERGES {
        @Override
        void parse(Path folder, byte[] bytes) throws IOException {
            Path path = Files.write(folder.resolve("merges.txt"), bytes);
            Path vocabulary = Files.writeString(
                    folder.resolve("vocab.json"),
                    "{\"a\":0,\"b\":1,\"ab\":2,\"aab\":3,\"\u0120\":4,\"\u0120a\":5,\"aa\":6}");
            try {
                tryTokenizer(Tokenizer.read(vocabulary, path), folder);
            } catch (TokenizerException e) {
                requireNamed(path, e);
            }
        }
    },
    /** A table of new ids. */
    RENUMBERING {
        @Override
        void parse(Path folder, byte[] bytes) throws IOException {
            Path path = Files.write(folder.resolve("mapping.json"), bytes);
            try {
                Renumbering table = Renumbering.read(path);
                Path again = Files.writeString(folder.resolve("again.json"), table.json());
                require(table.json().equals(Renumbering.read(again).json()), "reads back differently");
            } catch (TokenizerException e) {
                requireNamed(path, e);
            }
        }
    },
    /** Token ids as NumPy writes them. */
    NPY {
        @Override
        void parse(Path folder, byte[] bytes) throws IOException {
            tryTokenFile(Files.write(folder.resolve("ids.npy"), bytes));
        }
    },
    /** Token ids with the header of llm.c or without. */
    TOKEN_BIN {
        @Override
        void parse(Path folder, byte[] bytes) throws IOException {
            tryTokenFile(Files.write(folder.resolve("ids.bin"), bytes));
        }
    },
    /** A configuration. */
    CONFIG_YAML {
        @Override
        void parse(Path folder, byte[] bytes) throws IOException {
            Path path = Files.write(folder.resolve("config.yaml"), bytes);
            try {
                ExperimentConfig config = ConfigYaml.read(path, List.of());
                require(
                        config.equals(ConfigYaml.parse(ConfigYaml.toYaml(config), "printed", List.of())),
                        "reads back differently");
            } catch (SettingException e) {
                require(!e.getMessage().isBlank() && e.getMessage().length() < 2000, "says %s", e.getMessage());
            }
        }
    },
    /** The manifest of a run. */
    MANIFEST {
        @Override
        void parse(Path folder, byte[] bytes) throws IOException {
            Path path = Files.write(folder.resolve("manifest.json"), bytes);
            try {
                ManifestFile.isIntact(path);
                ManifestFile.read(path);
            } catch (IOException e) {
                requireNamed(path, e);
            }
        }
    },
    /** The text of a book, prepared in each way. */
    GUTENBERG_TEXT {
        @Override
        void parse(Path folder, byte[] bytes) throws IOException {
            Path path = Files.write(folder.resolve("book.txt"), bytes);
            CorpusLoader loader = new CorpusLoader(new CorpusCache(folder));
            for (Preparation preparation : Preparation.values()) {
                for (boolean drop : new boolean[] {false, true}) {
                    try {
                        Corpus corpus = loader.load(new CorpusConfig(path.toString(), preparation, drop), 128);
                        require(
                                corpus.length() > 0 && corpus.token(corpus.length() - 1) < 128,
                                "a token out of the vocabulary");
                    } catch (CorpusException e) {
                        requireNamed(path, e);
                    }
                }
            }
        }
    };

    /** What each byte of input may take. */
    private static final long BYTES_A_BYTE = 512;

    /** Classes that are loaded take memory once. */
    private static final int AGAIN = 5;

    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Has the bytes read from files in a folder, which holds nothing else. */
    abstract void parse(Path folder, byte[] bytes) throws IOException;

    /**
     * Checks that the bytes are read, or refused as documented, with memory in proportion.
     *
     * @param leastBytes what an input of nothing may take: tables and buffers of the libraries
     * @throws AssertionError or whatever else the parser throws, if not
     */
    final void tryOut(Path folder, byte[] bytes, long leastBytes) throws IOException {
        long most = leastBytes + BYTES_A_BYTE * bytes.length;
        long taken = taken(folder, bytes);
        for (int again = 0; taken > most && again < AGAIN; again++) {
            taken = Math.min(taken, taken(folder, bytes));
        }
        require(taken <= most, "%d bytes took %d", bytes.length, taken);
    }

    private long taken(Path folder, byte[] bytes) throws IOException {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        parse(folder, bytes);
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    /** The name of the folder of its inputs. */
    final String folder() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static void tryTokenizer(Tokenizer tokenizer, Path folder) throws IOException {
        String text = " ab aab\n\u00e9 12 <|endoftext|>  a\u0301\ud83c\udf0a'll_\u2581";
        int[] ids;
        try {
            ids = tokenizer.encode(text);
            tokenizer.decode(ids);
        } catch (IllegalArgumentException e) {
            require(
                    e.getMessage().startsWith("the tokenizer's replacements produce ")
                            || e.getMessage().startsWith("the regular expression of the tokenizer looks at "),
                    "says %s",
                    e.getMessage());
            return;
        }
        for (int id : ids) {
            require(id < tokenizer.size() && tokenizer.token(id).isPresent(), "id %d", id);
        }
        Path again = Files.writeString(folder.resolve("again.json"), tokenizer.json());
        require(Arrays.equals(ids, Tokenizer.read(again).encode(text)), "reads back differently");
    }

    private static void tryTokenFile(Path path) throws IOException {
        try (TokenFile file = TokenFile.open(path, TokenFile.Reading.BY_NAME)) {
            require(file.length() * file.type().bytes() <= Files.size(path), "%d ids", file.length());
            int[] ids = new int[1];
            for (long i = 0; i < file.length(); i++) {
                file.copy(i, ids, 0, 1);
                require(ids[0] >= 0, "id %d", ids[0]);
            }
        } catch (TokenFileException e) {
            requireNamed(path, e);
        } catch (UncheckedIOException e) {
            requireNamed(path, e.getCause());
        }
    }

    private static void openModel(Path folder, String weights) throws IOException {
        Path file = folder.resolve(weights);
        if (Files.notExists(file)) {
            SafetensorsWriter.writeWhole(
                    file,
                    SafetensorsLayout.of(List.of(TensorSpec.of("a", DType.BF16, 1, 1)), Map.of()),
                    List.of(ByteBuffer.allocate(2)));
        }
        try (CheckpointDirectory model = CheckpointDirectory.open(folder)) {
            require(model.matrix("a").spec().shape().elements() == 1, "another tensor than the one there is");
            if (model.vocabulary().isPresent()) {
                Vocabulary vocabulary = model.vocabulary().get();
                for (int id = 0; id < 300; id++) {
                    require(vocabulary.contains(id) == vocabulary.display(id).isPresent(), "token %d", id);
                }
            }
        } catch (CheckpointException e) {
            requireNamed(folder.toRealPath(), e);
        }
    }

    /** A message is one line that begins with the file, and has nothing in it that steers a terminal. */
    private static void requireNamed(Path file, Exception e) {
        String message = e.getMessage();
        require(message != null && message.startsWith(file.toString()), "says %s", message);
        require(message.chars().noneMatch(Character::isISOControl), "says %s", message);
    }

    private static void require(boolean holds, String problem, Object... values) {
        if (!holds) {
            throw new AssertionError(problem.formatted(values));
        }
    }
}
