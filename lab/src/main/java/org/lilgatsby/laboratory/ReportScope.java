package org.lilgatsby.laboratory;

import java.util.Locale;

/** Which reports for people a finished run gets, beside {@code report.json}. */
public enum ReportScope {
    /** None. */
    NONE,
    /** {@code report.txt}. */
    TEXT,
    /** {@code report.txt} and the page {@code report.html}. */
    ALL;

    /** The name on the command line, such as {@code text}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
