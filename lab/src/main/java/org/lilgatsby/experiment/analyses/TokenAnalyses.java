package org.lilgatsby.experiment.analyses;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;
import org.lilgatsby.analysis.Escape.Departure;
import org.lilgatsby.analysis.Group;
import org.lilgatsby.analysis.History;
import org.lilgatsby.analysis.Matrix;
import org.lilgatsby.analysis.Metric;
import org.lilgatsby.analysis.Motion;
import org.lilgatsby.analysis.StepEscape;
import org.lilgatsby.analysis.Summary;
import org.lilgatsby.analysis.Threshold;
import org.lilgatsby.analysis.TokenChange;
import org.lilgatsby.analysis.TokenSteps;
import org.lilgatsby.analysis.Tokens;
import org.lilgatsby.experiment.analyses.Analysis.Scope;
import org.lilgatsby.settings.SettingException;

/** How far each token moved, by recorded steps and by the definitions of published studies. */
final class TokenAnalyses {
    private TokenAnalyses() {}

    /** The analysis {@code change}. */
    public static final class ChangeAnalysis extends DefinedAnalysis {
        /** For the catalog. */
        public ChangeAnalysis() {
            super(
                    "change",
                    "How far are the tokens from where they began, |W[t] - W[0]|?",
                    Scope.OVER_TIME,
                    true,
                    AnalysisContext::withoutEmbeddings,
                    TokenAnalyses::change);
        }

        @Override
        public Optional<Chart> chart() {
            return Optional.of(new Chart(
                    "Change from the start",
                    "How far the tokens are from where they began, |W[t] - W[0]|, by L2 norm. Dead tokens that only "
                            + "drift together rise together.",
                    List.of("l2_mean", "l2_median", "l2_max"),
                    true));
        }
    }

    /** The analysis {@code token-change}. */
    public static final class TokenChangeAnalysis extends DefinedAnalysis {
        /** For the catalog. */
        public TokenChangeAnalysis() {
            super(
                    "token-change",
                    "How far is each token from where it began, |W[t] - W[0]|?",
                    Scope.ONE_STATE,
                    false,
                    AnalysisContext::withoutEmbeddings,
                    TokenAnalyses::tokenChange);
        }
    }

    /** The analysis {@code token-steps}. */
    public static final class TokenStepsAnalysis extends DefinedAnalysis {
        /** For the catalog. */
        public TokenStepsAnalysis() {
            super(
                    "token-steps",
                    "In how many steps did each token stand still, and how many speeds did it have?",
                    Scope.WHOLE,
                    false,
                    AnalysisContext::withoutMotion,
                    TokenAnalyses::tokenSteps);
        }
    }

    /** The analysis {@code diffusivity}. */
    public static final class DiffusivityAnalysis extends DefinedAnalysis {
        /** For the catalog. */
        public DiffusivityAnalysis() {
            super(
                    "diffusivity",
                    "How far did each group spread, compared with a random walk by the RMS step of all tokens?",
                    Scope.WHOLE,
                    true,
                    AnalysisContext::withoutMotion,
                    TokenAnalyses::diffusivity);
        }
    }

    /** The analysis {@code step-escape}. */
    public static final class StepEscapeAnalysis extends DefinedAnalysis {
        /** For the catalog. */
        public StepEscapeAnalysis() {
            super(
                    "step-escape",
                    "How many tokens escaped by a step longer than a threshold, and when?",
                    Scope.WHOLE,
                    false,
                    Set.of(AnalysisParameters.Name.THRESHOLD, AnalysisParameters.Name.METRIC),
                    AnalysisContext::withoutMotion,
                    TokenAnalyses::stepEscape);
        }
    }

    /** The analysis {@code token-step-escape}. */
    public static final class TokenStepEscapeAnalysis extends DefinedAnalysis {
        /** For the catalog. */
        public TokenStepEscapeAnalysis() {
            super(
                    "token-step-escape",
                    "When did each token make a step longer than a threshold?",
                    Scope.WHOLE,
                    false,
                    Set.of(AnalysisParameters.Name.THRESHOLD, AnalysisParameters.Name.METRIC),
                    AnalysisContext::withoutMotion,
                    TokenAnalyses::tokenStepEscape);
        }
    }

    private static AnalysisTable change(AnalysisContext run, Selection selection) throws IOException {
        History embeddings = run.embeddings();
        Matrix start = embeddings.first();
        Tokens tokens = run.tokens(selection);
        IntFunction<Changes> changes = AnalysisContext.each(
                run.places(selection), place -> Changes.of(TokenChange.of(start, embeddings.matrix(place), tokens)));
        return run.overTime(selection)
                .add(
                        "l2_mean",
                        "W",
                        "L2 norm of a token's change, mean over the tokens",
                        p -> changes.apply(p).l2().mean())
                .add("l2_median", "W", "median", p -> changes.apply(p).l2().median())
                .add("l2_max", "W", "largest", p -> changes.apply(p).l2().max())
                .add(
                        "linf_mean",
                        "W",
                        "L-infinity norm of a token's change, mean over the tokens",
                        p -> changes.apply(p).lInfinity().mean())
                .add(
                        "linf_max",
                        "W",
                        "largest",
                        p -> changes.apply(p).lInfinity().max())
                .add(
                        "unchanged",
                        "",
                        "tokens whose change is exactly zero",
                        p -> changes.apply(p).unchanged())
                .table();
    }

    /** The changes of a group at one state. */
    private record Changes(Summary l2, Summary lInfinity, int unchanged) {
        static Changes of(List<TokenChange> changes) {
            double[] l2 = changes.stream().mapToDouble(TokenChange::l2).toArray();
            double[] lInfinity =
                    changes.stream().mapToDouble(TokenChange::lInfinity).toArray();
            int unchanged =
                    (int) Arrays.stream(lInfinity).filter(norm -> norm == 0).count();
            return new Changes(Summary.of(l2), Summary.of(lInfinity), unchanged);
        }
    }

    private static AnalysisTable tokenChange(AnalysisContext run, Selection selection) throws IOException {
        AnalysisTable.Rows table = new AnalysisTable.Rows()
                .column("token", "", "its id")
                .column("l2", "W", "L2 norm of its change")
                .column("linf", "W", "L-infinity norm of its change");
        for (TokenChange change :
                TokenChange.of(run.embeddings().first(), run.oneMatrix(selection), run.tokens(selection))) {
            table.row(change.token(), change.l2(), change.lInfinity());
        }
        return table.table();
    }

    private static AnalysisTable tokenSteps(AnalysisContext run, Selection selection) throws IOException {
        AnalysisTable.Rows table = new AnalysisTable.Rows()
                .column("token", "", "its id")
                .column("steps", "", "recorded steps")
                .column("still", "", "steps of exactly zero")
                .column("still_share", "", "share of them")
                .column("distinct_speeds", "", "distinct L2 norms of its steps, zero included")
                .column("mean", "W", "mean L2 norm of its steps")
                .column("max", "W", "largest");
        for (TokenSteps steps : TokenSteps.of(run.embeddings(), run.tokens(selection), run.kernels())) {
            table.row(
                    steps.token(),
                    steps.steps(),
                    steps.still(),
                    steps.stillShare(),
                    steps.distinctSpeeds(),
                    steps.mean(),
                    steps.max());
        }
        return table.table();
    }

    private static AnalysisTable diffusivity(AnalysisContext run, Selection selection) throws IOException {
        AnalysisTable.Rows table = new AnalysisTable.Rows()
                .column("tokens", "", "of which the means are")
                .column("steps", "", "recorded steps, N")
                .column("rms_step", "W", "root of the mean over tokens and steps of the squared L2 norm of a step")
                .column("rms_displacement", "W", "root of the mean over tokens of the squared distance from the start")
                .column(
                        "ratio",
                        "",
                        "(rms_displacement / rms_step)^2 / N: 1 for random walks, N for straight lines at one speed")
                .column("diffusivity", "", "the same with the rms_step of all tokens, one yardstick for every group");
        Motion motion = run.motion(selection);
        int steps = run.states() - 1;
        double ofAll = motion.meanSquareStep(run.split().all());
        for (Group group : Group.values()) {
            Tokens tokens = run.split().tokens(group);
            double step = motion.meanSquareStep(tokens);
            double displacement = motion.meanSquaredDisplacement(tokens);
            table.row(
                    Names.of(group),
                    steps,
                    Math.sqrt(step),
                    Math.sqrt(displacement),
                    displacement / (steps * step),
                    displacement / (steps * ofAll));
        }
        return table.table();
    }

    private static Threshold.Absolute stepThreshold(Selection selection) {
        return selection
                .parameters()
                .threshold(Metric.L2)
                .orElseThrow(() -> new SettingException(
                        "",
                        "say from which length on a step is an escape, with --threshold; --metric is l2 if not given"));
    }

    private static String unit(Threshold threshold) {
        return threshold.metric() == Metric.CELLS ? "cells" : "W";
    }

    private static AnalysisTable stepEscape(AnalysisContext run, Selection selection) throws IOException {
        Threshold.Absolute threshold = stepThreshold(selection);
        List<StepEscape> escapes = StepEscape.of(run.embeddings(), run.split().all(), threshold, run.kernels());
        AnalysisTable.Rows table = new AnalysisTable.Rows()
                .column("tokens", "", "that are watched")
                .column("number", "", "of them")
                .column("threshold", unit(threshold), "a longer step, by " + threshold.metric() + ", is an escape")
                .column("ever_out", "", "tokens with such a step")
                .column("first", "", "the first such step of any of them")
                .column("out_for_good", "", "tokens with no other steps from some step up to the last")
                .column("first_for_good", "", "the first step from which on that holds for one of them")
                .column("last_for_good", "", "the last such step");
        for (Group group : Group.values()) {
            Tokens tokens = run.split().tokens(group);
            List<Departure> departures = escapes.stream()
                    .filter(escape -> tokens.contains(escape.token()))
                    .map(StepEscape::departure)
                    .toList();
            int[] first = steps(departures, Departure::first);
            int[] forGood = steps(departures, Departure::forGood);
            table.row(
                    Names.of(group),
                    tokens.size(),
                    threshold.distance(),
                    first.length,
                    MotionAnalyses.orNever(Arrays.stream(first).min().orElse(Departure.NEVER)),
                    forGood.length,
                    MotionAnalyses.orNever(Arrays.stream(forGood).min().orElse(Departure.NEVER)),
                    MotionAnalyses.orNever(Arrays.stream(forGood).max().orElse(Departure.NEVER)));
        }
        return table.table();
    }

    private static int[] steps(List<Departure> departures, ToIntFunction<Departure> step) {
        return departures.stream()
                .mapToInt(step)
                .filter(at -> at != Departure.NEVER)
                .toArray();
    }

    private static AnalysisTable tokenStepEscape(AnalysisContext run, Selection selection) throws IOException {
        Threshold.Absolute threshold = stepThreshold(selection);
        AnalysisTable.Rows table = new AnalysisTable.Rows()
                .column("token", "", "its id")
                .column("threshold", unit(threshold), "a longer step, by " + threshold.metric() + ", is an escape")
                .column("first", "", "its first such step")
                .column("for_good", "", "the first step from which on it has no others")
                .column("steps", "", "such steps of it");
        for (StepEscape escape : StepEscape.of(run.embeddings(), run.tokens(selection), threshold, run.kernels())) {
            table.row(
                    escape.token(),
                    threshold.distance(),
                    MotionAnalyses.orNever(escape.departure().first()),
                    MotionAnalyses.orNever(escape.departure().forGood()),
                    escape.steps());
        }
        return table.table();
    }
}
