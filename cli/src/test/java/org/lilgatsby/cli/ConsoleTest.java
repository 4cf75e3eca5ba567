package org.lilgatsby.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

class ConsoleTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Console console = new Console(new PrintWriter(out), new PrintWriter(err));

    @Test
    void printsJsonTheSameEverywhere() {
        console.print(JsonNodeFactory.instance
                .objectNode()
                .put("a", 1)
                .set("b", JsonNodeFactory.instance.arrayNode().add("\u00e9")));
        assertEquals("{\n  \"a\" : 1,\n  \"b\" : [\n    \"\u00e9\"\n  ]\n}\n", out.toString());
        assertEquals("", err.toString());
    }

    @Test
    void showsNoProgressWhereThereIsNoTerminal() {
        assertSame(Progress.NONE, console.progress("training", "steps", 10));
    }

    @Test
    void drawsABarOverItself() {
        try (Progress progress = Progress.bar(new PrintWriter(err), "training", "steps", 10)) {
            progress.at(10);
        }
        assertTrue(err.toString().startsWith("\rtraining"), err.toString());
        assertTrue(err.toString().contains("10/10 steps"), err.toString());
    }
}
