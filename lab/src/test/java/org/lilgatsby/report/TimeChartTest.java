package org.lilgatsby.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lilgatsby.experiment.SmallRun.row;
import static org.lilgatsby.experiment.SmallRun.rows;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lilgatsby.experiment.SmallRun;
import org.lilgatsby.kernel.ScalarAnalysisKernels;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TimeChartTest {
    private static final float[][] ONE = rows(row(1, 1), row(1, 1), row(1, 1), row(1, 1));
    private static final float[][] TWO = rows(row(2, 1), row(1, 1), row(1, 1.0078125f), row(1, 1.0078125f));

    private static final JsonNode TIMELINE = JsonMapper.shared()
            .readTree(JsonReport.compact(Timeline.of(
                    SmallRun.of("float32-edition", ONE, TWO).gradients(ONE, TWO).data(), new ScalarAnalysisKernels())));

    static List<TimeChart> charts() {
        return TimeChart.ALL;
    }

    @ParameterizedTest
    @MethodSource("charts")
    void drawsFiguresThatTheTimelineHoldsForEachGroup(TimeChart chart) {
        for (TimeChart.Line line :
                Stream.concat(chart.lines().stream(), chart.table().stream()).toList()) {
            int dot = line.figure().indexOf('.');
            for (String group : List.of("all", "live", "dead")) {
                JsonNode values = TIMELINE.path(line.figure().substring(0, dot))
                        .path(group)
                        .path(line.figure().substring(dot + 1));
                assertEquals(2, values.size(), () -> line.figure() + " of " + group);
                assertTrue(!chart.ofUpdates() || values.get(0).isNull(), line.figure());
            }
        }
    }

    @Test
    void haveNamesOfTheirOwn() {
        assertEquals(
                TimeChart.ALL.size(),
                TimeChart.ALL.stream().map(TimeChart::name).distinct().count());
    }
}
