package org.lilgatsby.corpus;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.lilgatsby.corpus.Preparation.Prepared;
import org.lilgatsby.random.TorchGenerator;

/**
 * The built-in synthetic corpus: meaningless prose from the project's own grammar, with the layout of a novel
 * (chapters, paragraphs, dialogue, wrapped lines, typographic quotes). After either preparation it has the length and
 * the live token ids of the book that the five experiments were published on, so that dead tokens, windows and epochs
 * agree, and the same bytes everywhere.
 */
final class SyntheticBook {
    private static final String GRAMMAR = "synthetic-grammar.txt";
    private static final long SEED = 1925;
    private static final int LINE_WIDTH = 70;
    private static final int CHAPTERS = 12;
    private static final int PARAGRAPHS_PER_CHAPTER = 180;
    private static final int PARAGRAPHS_PER_SCENE = 45;
    private static final String SCENE_BREAK = "* * *";
    private static final String[] NUMERALS = {"I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"};
    private static final Pattern ARTICLE_BEFORE_VOWEL = Pattern.compile("\\b([Aa]) (?=[aeio])");

    /** What was made before: making it takes longer than a short run trains. */
    private static final Map<Preparation, Prepared> MADE = new ConcurrentHashMap<>();

    private SyntheticBook() {}

    /**
     * The corpus as a preparation leaves it, cut to the length of the published one. Made once; its bytes are not to be
     * changed.
     *
     * @param preparation {@link Preparation#NONE} gives that of {@link Preparation#TRAINING_CORPUS}
     */
    static Prepared prepared(Preparation preparation) {
        return MADE.computeIfAbsent(preparation, SyntheticBook::make);
    }

    private static Prepared make(Preparation preparation) {
        return switch (preparation) {
            case NONE, TRAINING_CORPUS -> cut(Preparation.TRAINING_CORPUS, 265_905);
            case GATSBY_CLEAN -> cut(Preparation.GATSBY_CLEAN, 268_928);
        };
    }

    private static Prepared cut(Preparation preparation, int length) {
        Prepared whole = preparation.prepare(text());
        if (whole.bytes().length < length) {
            throw new IllegalStateException(
                    "the synthetic book has only " + whole.bytes().length + " of " + length + " bytes");
        }
        return new Prepared(Arrays.copyOf(whole.bytes(), length), whole.leftOut());
    }

    private static String text() {
        Grammar grammar = Grammar.ofResource(GRAMMAR);
        TorchGenerator generator = new TorchGenerator(SEED);
        StringBuilder text = new StringBuilder();
        for (int chapter = 0; chapter < CHAPTERS; chapter++) {
            appendCentered(NUMERALS[chapter], text);
            for (int paragraph = 1; paragraph <= PARAGRAPHS_PER_CHAPTER; paragraph++) {
                String rule = generator.nextInt() < 0 ? "narration" : "dialogue";
                appendWrapped(withArticles(grammar.expand(rule, generator)), text);
                if (paragraph % PARAGRAPHS_PER_SCENE == 0) {
                    appendCentered(SCENE_BREAK, text);
                }
            }
        }
        return text.toString().strip();
    }

    private static String withArticles(String prose) {
        return ARTICLE_BEFORE_VOWEL.matcher(prose).replaceAll("$1n ");
    }

    private static void appendCentered(String heading, StringBuilder text) {
        text.append("\n")
                .append(" ".repeat((LINE_WIDTH - heading.length()) / 2))
                .append(heading)
                .append("\n\n");
    }

    private static void appendWrapped(String paragraph, StringBuilder text) {
        int column = 0;
        for (String word : paragraph.split(" ")) {
            if (column > 0 && column + 1 + word.length() > LINE_WIDTH) {
                text.append('\n');
                column = 0;
            } else if (column > 0) {
                text.append(' ');
                column++;
            }
            text.append(word);
            column += word.length();
        }
        text.append("\n\n");
    }
}
