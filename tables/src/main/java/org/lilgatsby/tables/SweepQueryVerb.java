package org.lilgatsby.tables;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.lilgatsby.cli.ExitCodes;
import org.lilgatsby.cli.SweepCommand;
import org.lilgatsby.settings.SettingException;
import org.lilgatsby.tables.SweepTables.Receiver;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks the tables of a sweep in SQL. */
@Command(
        name = "query",
        header = "Answers a question in SQL about a sweep's tables.",
        description = {
            "",
            "The tables are runs, with one row per run, and series, with one row per run, step, group of tokens and "
                    + "figure. Names with dots, and the column group, need double quotes. The SQL is DuckDB's; a "
                    + "query is one SELECT, and reads nothing else.",
            "",
            "lilgatsby sweep query DIR 'describe runs' shows the columns."
        })
public final class SweepQueryVerb extends SweepCommand {
    @Parameters(index = "0", paramLabel = "DIR", description = "Directory of a sweep.")
    private Path directory;

    @Parameters(
            index = "1",
            paramLabel = "QUERY",
            description = "Such as 'select seed, \"final.dead.black_holes\" from runs order by 2 desc'.")
    private String query;

    @Option(names = "--csv", description = "Print the answer as comma-separated values.")
    private boolean csv;

    @Option(names = "--json", description = "Print the answer as a JSON array with one object per row.")
    private boolean json;

    /** A service; the command line creates it. */
    public SweepQueryVerb() {}

    @Override
    public Integer call() throws IOException {
        if (csv && json) {
            throw new SettingException("", "--csv and --json cannot be combined");
        }
        PrintWriter out = console().out();
        try (SweepTables tables = SweepTables.open(directory)) {
            tables.ask(query, form(out));
        } finally {
            out.flush();
        }
        return ExitCodes.DONE;
    }

    private Receiver form(PrintWriter out) {
        if (csv) {
            return Printing.csv(out);
        }
        return json ? Printing.json(out) : Printing.text(out);
    }
}
