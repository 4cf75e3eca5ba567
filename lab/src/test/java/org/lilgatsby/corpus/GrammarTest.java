package org.lilgatsby.corpus;

import static org.junit.jupiter.api.Assertions.*;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lilgatsby.random.TorchGenerator;

class GrammarTest {
    @Test
    void referencesExpandAndCapitalise() {
        Grammar grammar = Grammar.parse("""
                # a comment
                [sentence]
                {^thing}, {thing}{thing} ends.

                [thing]
                the {noun}

                [noun words]
                sea
                """);
        assertEquals("The sea, the seathe sea ends.", grammar.expand("sentence", new TorchGenerator(1)));
    }

    @Test
    void alternativesFollowZipfsLaw() {
        Grammar grammar = Grammar.parse("[letter words]\na b\nc");
        TorchGenerator generator = new TorchGenerator(1);
        Map<String, Integer> counts = new HashMap<>();
        int n = 30_000;
        for (int i = 0; i < n; i++) {
            counts.merge(grammar.expand("letter", generator), 1, Integer::sum);
        }
        double sum = 1 / 5. + 1 / 6. + 1 / 7.;
        assertEquals(1 / 5. / sum, counts.get("a") / (double) n, 0.01);
        assertEquals(1 / 6. / sum, counts.get("b") / (double) n, 0.01);
        assertEquals(1 / 7. / sum, counts.get("c") / (double) n, 0.01);
    }

    @Test
    void aGrammarWithHolesIsRefused() {
        String missing = assertThrows(IllegalArgumentException.class, () -> Grammar.parse("[a]\nx {b}"))
                .getMessage();
        assertEquals("a rule refers to [b], which does not exist", missing);
        String empty = assertThrows(IllegalArgumentException.class, () -> Grammar.parse("[a]\n[b]\nx"))
                .getMessage();
        assertEquals("rule [a] has no alternatives", empty);
    }
}
