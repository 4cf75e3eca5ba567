package org.lilgatsby.sweep.page;

import java.util.ArrayList;
import java.util.List;
import org.lilgatsby.experiment.Section;
import org.lilgatsby.report.HtmlBlocks;

/**
 * A part of the page, which the page's scripts fill.
 *
 * @param id its anchor
 * @param name in the list of parts
 * @param title its heading
 * @param content HTML
 */
record Part(String id, String name, String title, String content) {
    private static final String SEED = "seed";

    /** The parts for which there are data, in reading order. */
    static List<Part> of(PageData data, List<Section> lost) {
        List<Part> parts = new ArrayList<>();
        boolean headlines = data.outcomes().stream().anyMatch(PageData.Outcome::headline);
        if (!data.outcomes().isEmpty()) {
            parts.add(new Part(
                    "distributions",
                    "Runs and groups",
                    "Every run beside its group",
                    (headlines ? each("distribution headlines") : "") + one("figure", "distribution-other")));
        }
        if (data.series().isPresent()) {
            parts.add(new Part("steps", "Steps", "Over the steps", one("over steps singles", "over-steps")));
        }
        boolean numeric = data.varied().stream()
                .anyMatch(varied -> varied.numeric()
                        && !varied.setting().equals(SEED)
                        && varied.values().size() > 1);
        if (numeric && !data.outcomes().isEmpty()) {
            parts.add(new Part(
                    "along",
                    "Against settings",
                    "Against a setting",
                    controls("setting") + (headlines ? each("along headlines") : "") + one("along", "along-other")));
        }
        if (!data.criteria().isEmpty()) {
            parts.add(new Part(
                    "criteria", "Events", "When something happened", controls("steps") + each("criterion criteria")));
        }
        parts.add(new Part("parallel", "All at once", "All settings and figures at once", charts("parallel")));
        parts.add(new Part("runs", "Runs", "The runs", "<div id=\"run-table\"></div>"));
        if (!lost.isEmpty()) {
            parts.add(new Part(
                    "lost",
                    "Not done",
                    "Runs that are not done",
                    "<div class=\"parts\">%s</div>".formatted(HtmlBlocks.sections(lost))));
        }
        return parts;
    }

    /** A figure for each of a list. */
    private static String each(String list) {
        return "<div class=\"charts\" data-charts data-each=\"%s\"></div>\n".formatted(list);
    }

    private static String one(String controls, String chart) {
        return controls(controls) + charts(chart);
    }

    private static String controls(String names) {
        return "<div class=\"controls\" data-controls=\"%s\"></div>\n".formatted(names);
    }

    private static String charts(String names) {
        return "<div class=\"charts\" data-charts=\"%s\"></div>\n".formatted(names);
    }

    /** The entry in the list of parts. */
    String link() {
        return "<a href=\"#%s\">%s</a>".formatted(id, name);
    }

    /** The part itself. */
    String html() {
        return """
                <section id="%s" aria-labelledby="%s-title" class="charted">
                  <h2 id="%s-title">%s</h2>
                  %s
                </section>""".formatted(id, id, id, title, content);
    }
}
