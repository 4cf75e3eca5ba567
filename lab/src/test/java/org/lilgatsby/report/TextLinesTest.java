package org.lilgatsby.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lilgatsby.experiment.Block.Table;

class TextLinesTest {
    @Test
    void linesBreakAtSpacesAndWideWordsAreCut() {
        assertEquals(List.of("a bc", "def"), TextLines.wrap(" a  bc\ndef ", 4));
        assertEquals(List.of("abcd", "e f"), TextLines.wrap("abcde f", 4));
        assertEquals(List.of(""), TextLines.wrap("", 4));
    }

    @Test
    void furtherLinesBeginBelowTheFirst() {
        assertEquals(List.of("x  one", "   two"), TextLines.hanging("x  ", "one two", 7));
    }

    @Test
    void cutKeepsEveryCharacter() {
        assertEquals(List.of("a  ", "b"), TextLines.cut("a  b", 3));
        assertEquals(List.of(""), TextLines.cut("", 3));
    }

    @Test
    void noControlCharacterReachesATerminal() {
        assertEquals("\\x1b[31m\\x00\\x09", TextLines.visible("\u001b[31m\u0000\t"));
    }

    @Test
    void nothingReordersALineOrBreaksIt() {
        assertEquals(
                "a\\u{202e}b\\u{2066}c\\u{2028}\\u{2029}\\u{feff}",
                TextLines.visible("a\u202eb\u2066c\u2028\u2029\ufeff"));
        assertEquals("\\u{d800}\ud83d\ude00", TextLines.visible("\ud800\ud83d\ude00"));
    }

    @Test
    void numbersLineUpAtTheRightAndNamesAtTheLeft() {
        Table table = new Table(
                List.of("name", "n"), List.of(List.of("a", "1,000"), List.of("bcdef", "-")), Table.Kind.NAMED_NUMBERS);

        assertEquals(
                List.of("name       n", "------------", "a      1,000", "bcdef      -"), TextTable.lines(table, 100));
    }

    @Test
    void theLastColumnOfTextWraps() {
        Table table = new Table(List.of("k", "text"), List.of(List.of("a", "one two three")), Table.Kind.TEXT);

        assertEquals(List.of("k  text", "-----------", "a  one two", "   three"), TextTable.lines(table, 11));
    }

    @Test
    void everyRowHasACellForEachHeading() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new Table(List.of("a", "b"), List.of(List.of("1")), Table.Kind.TEXT));
    }
}
