package org.lilgatsby.experiment.examination;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.lilgatsby.analysis.CentroidPath;
import org.lilgatsby.analysis.Diffusion;
import org.lilgatsby.analysis.EnclosingSphere;
import org.lilgatsby.analysis.Escape;
import org.lilgatsby.analysis.Escape.Departure;
import org.lilgatsby.analysis.Group;
import org.lilgatsby.analysis.History;
import org.lilgatsby.analysis.LatticeSeries;
import org.lilgatsby.analysis.Phases;
import org.lilgatsby.analysis.Regime;
import org.lilgatsby.analysis.RegimeSeries;
import org.lilgatsby.analysis.Series;
import org.lilgatsby.analysis.SpreadSeries;
import org.lilgatsby.analysis.StepSizes;
import org.lilgatsby.analysis.ThermalMotion;
import org.lilgatsby.analysis.Tokens;
import org.lilgatsby.analysis.VelocityAutocorrelation;
import org.lilgatsby.experiment.examination.Question.Scope;

/** How tokens move: in the space of W, and on its lattice. */
final class MotionQuestions {
    private static final int WINDOWS = 10;
    private static final int LAGS = 5;

    private MotionQuestions() {}

    static List<Question> all() {
        return List.of(
                moving("step-sizes",
                        "How far did the tokens move in one step, |W[t] - W[t-1]| by L2 norm?",
                        MotionQuestions::stepSizes),
                moving("step-sizes-linf",
                        "How far did the tokens move in one step by L-infinity norm?",
                        MotionQuestions::lInfinity),
                moving("dead-against-live",
                        "Do dead tokens move less than live ones (L2 norms of their steps)?",
                        MotionQuestions::deadAgainstLive),
                moving("cells",
                        "How many cells of the lattice did the tokens cross in one step? "
                                + "A change of sign crosses all tiny values.",
                        (run, s) -> lattice(run, s, true)),
                moving("ulp",
                        "How far is that in units of ULP(W[t-1]), the notebooks' own?",
                        (run, s) -> lattice(run, s, false)),
                moving("regimes",
                        "How many tokens stood still, hopped along one axis, or went further?",
                        MotionQuestions::regimes),
                whole("phases",
                        "When did the phases of each group end?",
                        true, Examination::withoutEmbeddings, MotionQuestions::phases),
                whole("token-phases",
                        "When did the phases of each token end?",
                        false, Examination::withoutEmbeddings, MotionQuestions::tokenPhases),
                new Question("centroid",
                        "Where does the centroid go?",
                        Scope.OVER_TIME, true, Examination::withoutEmbeddings, MotionQuestions::centroid),
                moving("thermal",
                        "How much of the motion is the centroid's (bulk), and how much each token's own (thermal)?",
                        MotionQuestions::thermal),
                new Question("sphere",
                        "How large is the cloud?",
                        Scope.OVER_TIME, true, Examination::withoutEmbeddings, MotionQuestions::sphere),
                whole("autocorrelation",
                        "How long do tokens keep their direction: v(t) . v(t+lag) over |v|^2, in windows?",
                        true,
                        MotionQuestions::withoutMotion, MotionQuestions::autocorrelation),
                whole("diffusion",
                        "Do tokens walk at random?",
                        true, MotionQuestions::withoutMotion, MotionQuestions::diffusion),
                whole("token-diffusion", "How far did each token move, compared with a random walk of such steps?", false,
                        MotionQuestions::withoutMotion, MotionQuestions::tokenDiffusion),
                whole("escape",
                        "How many tokens left the dead group, and when, by three criteria?",
                        true, MotionQuestions::withoutEscape, MotionQuestions::escape),
                whole("token-escape",
                        "When did each token leave the dead group, by three criteria?",
                        false,
                        MotionQuestions::withoutEscape, MotionQuestions::tokenEscape));
    }

    private static Question moving(String name, String asks, Question.Work work) {
        return new Question(name, asks, Scope.OVER_TIME, true, MotionQuestions::withoutMotion, work);
    }

    private static Question whole(String name, String asks, boolean inOverview, Question.Missing missing, Question.Work work) {
        return new Question(name, asks, Scope.WHOLE, inOverview, missing, work);
    }

    private static Optional<String> withoutMotion(Examination run) {
        return run.withoutEmbeddings().or(run::withoutStep);
    }

    private static Optional<String> withoutEscape(Examination run) {
        return run.withoutPairs().or(run::withoutDead);
    }

    private static Sheet stepSizes(Examination run, Selection selection) throws IOException {
        StepSizes sizes = run.evolution().stepSizes().get(selection.group());
        return spread(run.overTime(selection), sizes.l2())
                .add("zero_share", "", "share of the tokens whose step is exactly zero", sizes.zeroShare())
                .add("distinct_speeds", "", "distinct L2 norms, zero included", sizes.distinctSpeeds())
                .sheet();
    }

    private static Sheet lInfinity(Examination run, Selection selection) throws IOException {
        return spread(run.overTime(selection), run.evolution().stepSizes().get(selection.group()).lInfinity()).sheet();
    }

    private static Sheet.OverTime spread(Sheet.OverTime sheet, SpreadSeries sizes) {
        return sheet.add("mean", "W", "mean over the tokens", sizes.mean())
                .add("median", "W", "median over the tokens", sizes.median())
                .add("p90", "W", "90th percentile over the tokens", sizes.percentile90())
                .add("max", "W", "largest", sizes.max());
    }

    private static Sheet deadAgainstLive(Examination run, Selection selection) throws IOException {
        StepSizes dead = run.evolution().stepSizes().dead();
        StepSizes live = run.evolution().stepSizes().live();
        Series deadMean = dead.l2().mean();
        Series liveMean = live.l2().mean();
        return run.overTime(selection)
                .add("dead", "W", "mean over the dead tokens", deadMean)
                .add("live", "W", "mean over the live tokens", liveMean)
                .add("ratio", "", "ratio of the two", place -> deadMean.at(place) / liveMean.at(place))
                .add("dead_median", "W", "median over the dead tokens", dead.l2().median())
                .add("live_median", "W", "median over the live tokens", live.l2().median())
                .add("dead_still", "", "share of the dead tokens that stood still", dead.zeroShare())
                .add("live_still", "", "share of the live tokens that stood still", live.zeroShare())
                .sheet();
    }

    private static Sheet lattice(Examination run, Selection selection, boolean inCells) throws IOException {
        LatticeSeries lattice = run.evolution().lattice().get(selection.group());
        LatticeSeries.Norms norms = inCells ? lattice.cells() : lattice.ulp();
        String unit = inCells ? "cells" : "ULP";
        return run.overTime(selection)
                .add("l1", unit, "L1 norm of a token's displacement, mean over the tokens", norms.l1().mean())
                .add("l1_max", unit, "the largest", norms.l1().max())
                .add("l2", unit, "L2 norm of a token's displacement, mean over the tokens", norms.l2().mean())
                .add("l2_max", unit, "the largest", norms.l2().max())
                .add("linf", unit,
                        "L-infinity norm of a token's displacement, mean over the tokens", norms.lInfinity().mean())
                .add("linf_max", unit, "the largest", norms.lInfinity().max())
                .sheet();
    }

    private static Sheet regimes(Examination run, Selection selection) throws IOException {
        RegimeSeries regimes = run.evolution().regimes().get(selection.group());
        return run.overTime(selection)
                .add("frozen", "", "tokens with L1 = 0 cells", regimes.tokens().get(Regime.FROZEN))
                .add("single_axis_hop", "", "tokens with L1 = 1 cell", regimes.tokens().get(Regime.SINGLE_AXIS_HOP))
                .add("adjacent_cell", "",
                        "tokens with L-infinity = 1 cell, L1 above 1", regimes.tokens().get(Regime.ADJACENT_CELL))
                .add("local", "",
                        "tokens further than that with L2 at most the square root of the width",
                        regimes.tokens().get(Regime.LOCAL))
                .add("multi_cell", "",
                        "tokens with L2 above the square root of the width, in cells",
                        regimes.tokens().get(Regime.MULTI_CELL))
                .sheet();
    }

    private static Sheet phases(Examination run, Selection selection) throws IOException {
        Sheet.Rows sheet = phaseColumns(new Sheet.Rows().column("tokens", "", "of which the last one decides"));
        for (Group group : Group.values()) {
            phaseRow(run, sheet, Names.of(group), run.evolution().regimes().get(group).phases());
        }
        return sheet.sheet();
    }

    private static Sheet tokenPhases(Examination run, Selection selection) throws IOException {
        Sheet.Rows sheet = phaseColumns(new Sheet.Rows().column("token", "", "its id"));
        for (int token : run.tokens(selection).toArray()) {
            phaseRow(run, sheet, token, run.evolution().phases().get(token));
        }
        return sheet.sheet();
    }

    private static Sheet.Rows phaseColumns(Sheet.Rows sheet) {
        return sheet.column("early_until", "", "last step with a multi-cell move")
                .column("midlife_until", "", "last step with a move of more than a cell in some component")
                .column("late_until", "", "last step with any motion; after it comes fimbulwinter, frozen for good")
                .column("frozen_for_good", "", "whether that was before the recording's last step");
    }

    private static void phaseRow(Examination run, Sheet.Rows sheet, Object who, Phases phases) {
        sheet.row(
                who, orNever(phases.earlyUntil(), Phases.NEVER), orNever(phases.midlifeUntil(), Phases.NEVER),
                orNever(phases.lastMotion(), Phases.NEVER), phases.frozenBefore(run.lastStep()));
    }

    private static Sheet centroid(Examination run, Selection selection) throws IOException {
        CentroidPath path = run.evolution().centroid().get(selection.group());
        return run.overTime(selection)
                .add("norm", "W", "L2 norm of the centroid", path.norm())
                .add("displacement", "W", "L2 distance from its start", path.displacement())
                .add("path", "W", "length of its path through all recorded states", path.pathLength())
                .add("efficiency", "", "displacement divided by path length: 1 for a straight line", path.efficiency())
                .add("speed", "W/update", "L2 distance from the recorded state before, per update", path.speed())
                .add("cosine", "", "cosine of the angle between this step and the one before", path.cosine())
                .sheet();
    }

    private static Sheet thermal(Examination run, Selection selection) throws IOException {
        ThermalMotion motion = run.motion().thermal().get(selection.group());
        return run.overTime(selection)
                .add("bulk", "W", "L2 norm of the centroid's step", motion.bulk())
                .add("thermal", "W",
                        "RMS over the tokens of the L2 norm of their step minus the centroid's", motion.thermal())
                .add("ratio", "", "thermal divided by bulk", motion.ratio())
                .add("bulk_share", "", "share of the mean square step that is bulk", motion.bulkShare())
                .add("temperature", "W^2", "mean square step", motion.temperature())
                .add("flow", "",
                        "mean over the tokens that moved of the cosine of their step and the centroid's", motion.flow())
                .sheet();
    }

    private static Sheet sphere(Examination run, Selection selection) throws IOException {
        Sheet.Rows sheet = new Sheet.Rows()
                .column("step", "", "updates behind the state")
                .column("rms_radius", "W", "root mean square L2 distance of the tokens from their centroid")
                .column("enclosing_radius", "W",
                        "radius of the smallest sphere around all of them, to one part in a million");
        Series radius = run.motion().thermal().get(selection.group()).radius();
        History embeddings = run.embeddings();
        Tokens tokens = run.tokens(selection);
        List<Double> spheres = Arrays.stream(run.places(selection))
                .parallel()
                .mapToObj(place -> tokens.size() == 0
                        ? Double.NaN
                        : (Double) EnclosingSphere.of(embeddings.matrix(place), tokens).radius())
                .toList();
        int at = 0;
        for (int place : run.places(selection)) {
            sheet.row(embeddings.step(place), radius.at(place), spheres.get(at++));
        }
        return sheet.sheet();
    }

    private static Sheet autocorrelation(Examination run, Selection selection) throws IOException {
        Sheet.Rows sheet = new Sheet.Rows()
                .column("from", "", "updates behind the state before the window's first step")
                .column("to", "", "updates behind the state after its last")
                .column("mean_square", "W^2", "mean over tokens and steps of |v|^2");
        for (int lag = 1; lag <= LAGS; lag++) {
            sheet.column("lag_" + lag, "", "autocorrelation at this many recorded steps");
        }
        int window = Math.max(1, Math.ceilDiv(run.states() - 1, WINDOWS));
        for (VelocityAutocorrelation found :
                VelocityAutocorrelation.of(run.embeddings(), run.tokens(selection), window, LAGS)) {
            Object[] row = new Object[3 + LAGS];
            row[0] = found.fromStep();
            row[1] = found.toStep();
            row[2] = found.meanSquare();
            for (int lag = 0; lag < LAGS; lag++) {
                row[3 + lag] = found.correlations().get(lag);
            }
            sheet.row(row);
        }
        return sheet.sheet();
    }

    private static Sheet diffusion(Examination run, Selection selection) throws IOException {
        Tokens tokens = run.tokens(selection);
        Map<Diffusion.Kind, Long> counts = run.motion().diffusion().stream()
                .filter(diffusion -> tokens.contains(diffusion.token()))
                .collect(Collectors.groupingBy(Diffusion::kind, Collectors.counting()));
        Sheet.Rows sheet = new Sheet.Rows()
                .column("kind", "",
                        "by the exponent with which the squared displacement grows: confined below 0.75, "
                                + "diffusive below 1.25, superdiffusive below 1.75, ballistic from there")
                .column("tokens", "", "tokens of this kind");
        for (Diffusion.Kind kind : Diffusion.Kind.values()) {
            sheet.row(Names.of(kind), counts.getOrDefault(kind, 0L));
        }
        return sheet.sheet();
    }

    private static Sheet tokenDiffusion(Examination run, Selection selection) throws IOException {
        Sheet.Rows sheet = new Sheet.Rows()
                .column("token", "", "its id")
                .column("steps", "", "recorded steps, N")
                .column("mean_square_step", "W^2", "mean of its squared steps")
                .column("squared_displacement", "W^2", "squared L2 distance from its start")
                .column("ratio", "",
                        "squared displacement divided by N mean square steps: 1 for a random walk, N for a straight line")
                .column("exponent", "", "1 for a random walk, 2 for a straight line")
                .column("kind", "", "what the exponent says");
        for (int token : run.tokens(selection).toArray()) {
            Diffusion d = run.motion().diffusion().get(token);
            sheet.row(token, d.steps(), d.meanSquareStep(), d.squaredDisplacement(), d.ratio(), d.exponent(), Names.of(d.kind()));
        }
        return sheet.sheet();
    }

    private static List<Escape> escapes(Examination run) throws IOException {
        return Escape.of(run.embeddings(), run.split(), Examination.THRESHOLDS.getFirst(), run.kernels());
    }

    private static Sheet escape(Examination run, Selection selection) throws IOException {
        List<Escape> escapes = escapes(run).stream().filter(e -> run.tokens(selection).contains(e.token())).toList();
        Sheet.Rows sheet = new Sheet.Rows()
                .column("criterion", "",
                        "what a token is out by: its row equals that of no (other) dead token; its step is longer "
                                + "than every dead token's in the same update; it is not in the component, of all distinct "
                                + "rows within 2 epsilon, that holds most dead tokens")
                .column("tokens", "", "tokens watched")
                .column("ever_out", "", "tokens that were out at some step")
                .column("first", "", "the first step at which one was out")
                .column("out_for_good", "", "tokens that are out from some step up to the last")
                .column("first_for_good", "", "the first step from which one was out for good")
                .column("last_for_good", "", "the last such step");
        add(sheet, "row", escapes, Escape::byRows);
        add(sheet, "step size", escapes, Escape::byStepSize);
        add(sheet, "component", escapes, Escape::byComponent);
        return sheet.sheet();
    }

    private static void add(Sheet.Rows sheet, String name, List<Escape> escapes, Function<Escape, Departure> criterion) {
        int[] first = escapes.stream().map(criterion).mapToInt(Departure::first).filter(s -> s >= 0).sorted().toArray();
        int[] good = escapes.stream().map(criterion).mapToInt(Departure::forGood).filter(s -> s >= 0).sorted().toArray();
        OptionalInt lastGood = Arrays.stream(good).max();
        sheet.row(
                name, escapes.size(), first.length, orNever(first.length == 0 ? Departure.NEVER : first[0]),
                good.length, orNever(good.length == 0 ? Departure.NEVER : good[0]),
                orNever(lastGood.orElse(Departure.NEVER)));
    }

    private static Object orNever(int step) {
        return orNever(step, Departure.NEVER);
    }

    private static Object orNever(int step, int never) {
        return step == never ? Sheet.Never.NEVER : step;
    }

    private static Sheet tokenEscape(Examination run, Selection selection) throws IOException {
        Sheet.Rows sheet = new Sheet.Rows()
                .column("token", "", "its id")
                .column("row_first", "", "first step at which its row equals that of no (other) dead token")
                .column("row_for_good", "", "first step from which on that holds")
                .column("step_first", "", "first step longer than every dead token's in the same update")
                .column("step_for_good", "", "first step from which on that holds")
                .column("component_first", "",
                        "first step at which it is not in the component that holds most dead tokens, within 2 "
                                + "epsilon")
                .column("component_for_good", "", "first step from which on that holds");
        for (Escape e : escapes(run)) {
            if (run.tokens(selection).contains(e.token())) {
                sheet.row(
                        e.token(), orNever(e.byRows().first()), orNever(e.byRows().forGood()),
                        orNever(e.byStepSize().first()), orNever(e.byStepSize().forGood()),
                        orNever(e.byComponent().first()), orNever(e.byComponent().forGood()));
            }
        }
        return sheet.sheet();
    }
}
