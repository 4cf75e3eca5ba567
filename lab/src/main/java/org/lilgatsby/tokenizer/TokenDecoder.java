package org.lilgatsby.tokenizer;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Turns tokens back into text: each changes the list of tokens, and the last list is joined. Immutable. */
sealed interface TokenDecoder {
    List<String> decode(List<String> tokens);

    /**
     * Characters of the {@link ByteAlphabet} become bytes, the bytes UTF-8, and what is no UTF-8 the replacement
     * character. A token with a character outside the alphabet stands for itself.
     */
    record ByteLevel(boolean addPrefixSpace, boolean trimOffsets, boolean useRegex) implements TokenDecoder {
        @Override
        public List<String> decode(List<String> tokens) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            for (String token : tokens) {
                if (token.chars().allMatch(c -> ByteAlphabet.byteOf(c) >= 0)) {
                    token.chars().forEach(c -> bytes.write(ByteAlphabet.byteOf(c)));
                } else {
                    bytes.writeBytes(token.getBytes(StandardCharsets.UTF_8));
                }
            }
            return List.of(bytes.toString(StandardCharsets.UTF_8));
        }
    }

    /**
     * Each replacement becomes a space; the first token loses all of its replacements unless nothing was put in front.
     */
    record Metaspace(char replacement, PreTokenizer.Metaspace.Prepend prepend, boolean split) implements TokenDecoder {
        @Override
        public List<String> decode(List<String> tokens) {
            List<String> decoded = new ArrayList<>(tokens.size());
            String mark = String.valueOf(replacement);
            for (String token : tokens) {
                boolean dropped = decoded.isEmpty() && prepend != PreTokenizer.Metaspace.Prepend.NEVER;
                decoded.add(token.replace(mark, dropped ? "" : " "));
            }
            return decoded;
        }
    }

    /** The end of a word becomes a space, except in the last token. */
    record WordEnd(String suffix) implements TokenDecoder {
        @Override
        public List<String> decode(List<String> tokens) {
            List<String> decoded = new ArrayList<>(tokens.size());
            for (int i = 0; i < tokens.size(); i++) {
                decoded.add(tokens.get(i).replace(suffix, i == tokens.size() - 1 ? "" : " "));
            }
            return decoded;
        }
    }

    /** Runs of tokens such as {@code <0xE2>} become UTF-8, or a replacement character each if they are none. */
    record ByteFallback() implements TokenDecoder {
        @Override
        public List<String> decode(List<String> tokens) {
            List<String> decoded = new ArrayList<>(tokens.size());
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            for (String token : tokens) {
                int value = byteOf(token);
                if (value >= 0) {
                    bytes.write(value);
                } else {
                    flush(bytes, decoded);
                    decoded.add(token);
                }
            }
            flush(bytes, decoded);
            return decoded;
        }

        private static int byteOf(String token) {
            boolean shaped = token.length() == 6 && token.startsWith("<0x") && token.endsWith(">");
            if (!shaped) {
                return -1;
            }
            int high = digit(token.charAt(3));
            int low = digit(token.charAt(4));
            if (token.charAt(3) == '+') {
                return low; // As Rust's u8::from_str_radix reads it.
            }
            return high < 0 || low < 0 ? -1 : high << 4 | low;
        }

        private static int digit(char c) {
            return c < 0x80 ? Character.digit(c, 16) : -1;
        }

        private static void flush(ByteArrayOutputStream bytes, List<String> decoded) {
            if (bytes.size() == 0) {
                return;
            }
            try {
                decoded.add(StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes.toByteArray()))
                        .toString());
            } catch (CharacterCodingException e) {
                decoded.add("\uFFFD".repeat(bytes.size()));
            }
            bytes.reset();
        }
    }

    /** All tokens become one. */
    record Fuse() implements TokenDecoder {
        @Override
        public List<String> decode(List<String> tokens) {
            return List.of(String.join("", tokens));
        }
    }

    /** Takes at most so many of a character from the beginning and the end of each token. */
    record Strip(int content, int start, int stop) implements TokenDecoder {
        @Override
        public List<String> decode(List<String> tokens) {
            return tokens.stream().map(this::strip).collect(Collectors.toList());
        }

        private String strip(String token) {
            int[] points = token.codePoints().toArray();
            int from = 0;
            while (from < Math.min(start, points.length) && points[from] == content) {
                from++;
            }
            int to = points.length;
            while (points.length - to < stop && to > from && points[to - 1] == content) {
                to--;
            }
            return new String(points, from, to - from);
        }
    }

    /** Replaces one text by another in each token; see {@link Replacement}. */
    record Replace(Replacement replacement) implements TokenDecoder {
        @Override
        public List<String> decode(List<String> tokens) {
            return tokens.stream().map(replacement::in).collect(Collectors.toList());
        }
    }

    /** One after the other. */
    record Stages(List<TokenDecoder> stages) implements TokenDecoder {
        @Override
        public List<String> decode(List<String> tokens) {
            List<String> decoded = tokens;
            long length = length(tokens);
            for (TokenDecoder stage : stages) {
                decoded = stage.decode(decoded);
                Replacement.requireProportion(length, length(decoded));
            }
            return decoded;
        }

        private static long length(List<String> tokens) {
            return tokens.stream().mapToLong(String::length).sum();
        }
    }
}
