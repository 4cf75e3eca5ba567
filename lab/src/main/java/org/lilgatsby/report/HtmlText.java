package org.lilgatsby.report;

/** Makes text safe for a page. */
public final class HtmlText {
    private HtmlText() {}

    /** The text as content of an element or of a quoted attribute; control and reordering characters become visible. */
    public static String escaped(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                case '\n' -> out.append('\n');
                default -> out.append(TextLines.visible(Character.toString(c)));
            }
        });
        return out.toString();
    }

    /** JSON for a script element: it contains no character that could end the element. */
    public static String inScript(String json) {
        return json.replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }
}
