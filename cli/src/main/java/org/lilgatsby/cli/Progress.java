package org.lilgatsby.cli;

import java.io.PrintWriter;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.lilgatsby.corpus.LoadProgress;

/** Progress of a long task. */
public interface Progress extends LoadProgress.Work {
    /** Shows nothing. */
    Progress NONE = new Progress() {
        @Override
        public void at(long done) {}

        @Override
        public void say(String note) {}

        @Override
        public void close() {}
    };

    /** Reports how many of the total are done. Cheap enough for every step. */
    @Override
    void at(long done);

    /** Shows a few words after the rest, until there are others. */
    void say(String note);

    /** Ends the display. */
    @Override
    void close();

    /** A bar, redrawn on one line of a terminal, with rate and time left. */
    static Progress bar(PrintWriter terminal, String task, String unit, long total) {
        int columns = 100;
        ProgressBar bar = new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(total)
                .setUnit(" " + unit, 1)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(200)
                .showSpeed()
                .setConsumer(new DelegatingProgressBarConsumer(
                        line -> {
                            terminal.print("\r" + line);
                            terminal.flush();
                        },
                        columns))
                .build();
        return new Progress() {
            @Override
            public void at(long done) {
                bar.stepTo(done);
            }

            @Override
            public void say(String note) {
                bar.setExtraMessage(" " + note);
            }

            @Override
            public void close() {
                bar.close();
                terminal.println();
            }
        };
    }
}
