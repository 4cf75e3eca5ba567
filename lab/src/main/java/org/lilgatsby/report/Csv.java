package org.lilgatsby.report;

import java.util.List;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Column;
import org.lilgatsby.files.CsvLine;

/**
 * A table as comma-separated values (RFC 4180) with line feeds: first the headings with their units, then the unrounded
 * figures. An undefined figure is NaN; the step of something that never happened is an empty cell.
 */
public final class Csv {
    private Csv() {}

    /** The whole table. */
    public static String of(AnalysisTable table) {
        StringBuilder text = new StringBuilder(
                line(table.columns().stream().map(Column::heading).toList()));
        for (List<Object> row : table.rows()) {
            text.append(line(row));
        }
        return text.toString();
    }

    private static String line(List<?> cells) {
        return CsvLine.of(cells.stream()
                .map(cell -> cell == AnalysisTable.Never.NEVER ? "" : cell.toString())
                .toList());
    }
}
