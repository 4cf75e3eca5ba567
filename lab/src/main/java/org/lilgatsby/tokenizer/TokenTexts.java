package org.lilgatsby.tokenizer;

import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectStreamException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;

/** What the ids of a vocabulary stand for. Immutable; may be used by several threads. */
public sealed interface TokenTexts extends Serializable {
    /**
     * An id's token for people, escaped: it may hold HTML, but nothing that steers a terminal. Empty if it has none.
     */
    Optional<String> name(int id);

    /** The text of ids[from, to). */
    String decode(int[] ids, int from, int to);

    /**
     * Ids that have a token or can have one: those from here on are phantom rows of a larger matrix. Empty if unknown.
     */
    OptionalInt size();

    /** Ids that are bytes, shown as characters of ISO 8859-1; larger ids as {@code <id>}. */
    record Bytes() implements TokenTexts {
        @Override
        public Optional<String> name(int id) {
            return switch (id) {
                case '\n' -> Optional.of("newline");
                case ' ' -> Optional.of("space");
                default -> id > ' ' && id < 127 ? Optional.of(Character.toString(id)) : Optional.empty();
            };
        }

        @Override
        public String decode(int[] ids, int from, int to) {
            StringBuilder text = new StringBuilder();
            for (int i = from; i < to; i++) {
                if (ids[i] < ByteAlphabet.BYTES) {
                    text.append((char) ids[i]);
                } else {
                    text.append('<').append(ids[i]).append('>');
                }
            }
            return text.toString();
        }

        @Override
        public OptionalInt size() {
            return OptionalInt.empty();
        }
    }

    /** Ids without a tokenizer. */
    record Unnamed() implements TokenTexts {
        @Override
        public Optional<String> name(int id) {
            return Optional.empty();
        }

        @Override
        public String decode(int[] ids, int from, int to) {
            StringBuilder text = new StringBuilder();
            for (int i = from; i < to; i++) {
                text.append(i == from ? "" : " ").append(ids[i]);
            }
            return text.toString();
        }

        @Override
        public OptionalInt size() {
            return OptionalInt.empty();
        }
    }

    /**
     * Ids of a tokenizer.
     *
     * @param renumbering the new numbers of its ids; empty if they are as they were
     */
    record Named(Tokenizer tokenizer, Optional<Renumbering> renumbering) implements TokenTexts {
        private static final int NONE = -1;

        /** Reads a tokenizer and perhaps a table. */
        public static Named read(Path tokenizer, Optional<Path> renumbering) throws IOException {
            return new Named(
                    Tokenizer.read(tokenizer),
                    renumbering.isPresent() ? Optional.of(Renumbering.read(renumbering.get())) : Optional.empty());
        }

        /** Reads what {@link Tokenizer#json} and {@link Renumbering#json} wrote. */
        public static Named parse(String tokenizer, Optional<String> renumbering, Path name) throws IOException {
            return new Named(Tokenizer.parse(tokenizer, name), TokenTexts.renumbering(renumbering));
        }

        @Override
        public Optional<String> name(int id) {
            if (renumbering.isEmpty()) {
                return tokenizer.display(id);
            }
            int original = original(id);
            return original != NONE
                    ? tokenizer.display(original)
                    : isOther(id) ? Optional.of("<all other tokens>") : Optional.empty();
        }

        private boolean isOther(int id) {
            return renumbering.get().other().equals(OptionalInt.of(id));
        }

        private int original(int id) {
            return renumbering.map(table -> table.original(id)).orElse(id);
        }

        /** U+FFFD stands for the id of all tokens without one of their own; ids without a token are left out. */
        @Override
        public String decode(int[] ids, int from, int to) {
            StringBuilder text = new StringBuilder();
            int[] run = new int[to - from];
            int length = 0;
            for (int i = from; i < to; i++) {
                int original = original(ids[i]);
                if (original == NONE) {
                    text.append(tokenizer.decode(Arrays.copyOf(run, length)));
                    text.append(isOther(ids[i]) ? "\uFFFD" : "");
                    length = 0;
                } else {
                    run[length++] = original;
                }
            }
            return text.append(tokenizer.decode(Arrays.copyOf(run, length))).toString();
        }

        @Override
        public OptionalInt size() {
            return OptionalInt.of(renumbering.map(Renumbering::vocabulary).orElse(tokenizer.size()));
        }

        private Object writeReplace() {
            return new Stored(
                    tokenizer.json(), renumbering.map(Renumbering::json).orElse(null));
        }
    }

    /** The table that {@link Renumbering#json} wrote, for another process. */
    static Optional<Renumbering> renumbering(Optional<String> json) throws IOException {
        return json.isPresent()
                ? Optional.of(Renumbering.parse(json.get(), Path.of("renumbering.json")))
                : Optional.empty();
    }

    /** How {@link Named} goes to another process. */
    record Stored(String tokenizer, String renumbering) implements Serializable {
        private Object readResolve() throws ObjectStreamException {
            try {
                return Named.parse(tokenizer, Optional.ofNullable(renumbering), Path.of("tokenizer.json"));
            } catch (IOException e) {
                InvalidObjectException failure = new InvalidObjectException(e.getMessage());
                failure.initCause(e);
                throw failure;
            }
        }
    }
}
