package org.lilgatsby.experiment.analyses;

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
import org.lilgatsby.analysis.FigureSeries;
import org.lilgatsby.analysis.Group;
import org.lilgatsby.analysis.History;
import org.lilgatsby.analysis.LatticeSeries;
import org.lilgatsby.analysis.Phases;
import org.lilgatsby.analysis.Regime;
import org.lilgatsby.analysis.RegimeSeries;
import org.lilgatsby.analysis.SpreadSeries;
import org.lilgatsby.analysis.StepSizes;
import org.lilgatsby.analysis.ThermalMotion;
import org.lilgatsby.analysis.Tokens;
import org.lilgatsby.analysis.VelocityAutocorrelation;
import org.lilgatsby.experiment.analyses.Analysis.Scope;

/** How tokens move: in the space of W, and on its lattice. */
final class MotionAnalyses {
    private static final int WINDOWS = 10;
    private static final int LAGS = 5;

    private MotionAnalyses() {}

    /** The analysis {@code step-sizes}. */
    public static final class StepSizesAnalysis extends DefinedAnalysis {
        /** For the catalog. */
        public StepSizesAnalysis() {
            super(
                    "step-sizes",
                    "How far did the tokens move in one step, |W[t] - W[t-1]| by L2 norm?",
                    Scope.OVER_TIME,
                    true,
                    AnalysisContext::withoutMotion,
                    MotionAnalyses::stepSizes);
        }
    }

    /** The analysis {@code step-sizes-linf}. */
    public static final class StepSizesLinfAnalysis extends DefinedAnalysis {
        /** For the catalog. */
        public StepSizesLinfAnalysis() {
            super(
                    "step-sizes-linf",
                    "How far did the tokens move in one step by L-infinity norm?",
                    Scope.OVER_TIME,
                    true,
                    AnalysisContext::withoutMotion,
                    MotionAnalyses::lInfinity);
        }
    }

    /** The analysis {@code dead-against-live}. */
    public static final class DeadAgainstLiveAnalysis extends DefinedAnalysis {
        /** For the catalog. */
        public DeadAgainstLiveAnalysis() {
            super(
                    "dead-against-live",
                    "Do dead tokens move less than live ones (L2 norms of their steps)?",
                    Scope.OVER_TIME,
                    true,
                    AnalysisContext::withoutMotion,
                    MotionAnalyses::deadAgainstLive);
        }
    }

    /** The analysis {@code cells}. */
    public static final class CellsAnalysis extends DefinedAnalysis {
        /** For the catalog. */
        public CellsAnalysis() {
            super(
                    "cells",
                    "How many cells of the lattice did the tokens cross in one step? "
                            + "A change of sign crosses all tiny values.",
                    Scope.OVER_TIME,
                    true,
                    AnalysisContext::withoutMotion,
                    (run, s) -> lattice(run, s, true));
        }
    }

    /** The analysis {@code ulp}. */
    public static final class UlpAnalysis extends DefinedAnalysis {
        /** For the catalog. */
        public UlpAnalysis() {
            super(
                    "ulp",
                    "How far is that in units of ULP(W[t-1]), the notebooks' own?",
                    Scope.OVER_TIME,
                    true,
                    AnalysisContext::withoutMotion,
                    (run, s) -> lattice(run, s, false));
        }
    }

    /** The analysis {@code regimes}. */
    public static final class RegimesAnalysis extends DefinedAnalysis {
        /** For the catalog. */
        public RegimesAnalysis() {
            super(
                    "regimes",
                    "How many tokens stood still, hopped along one axis, or went further?",
                    Scope.OVER_TIME,
                    true,
                    AnalysisContext::withoutMotion,
                    MotionAnalyses::regimes);
        }
    }

    /** The analysis {@code phases}. */
    public static final class PhasesAnalysis extends DefinedAnalysis {
        /** For the catalog. */
        public PhasesAnalysis() {
            super(
                    "phases",
                    "When did the phases of each group end?",
                    Scope.WHOLE,
                    true,
                    AnalysisContext::withoutEmbeddings,
                    MotionAnalyses::phases);
        }
    }

    /** The analysis {@code token-phases}. */
    public static final class TokenPhasesAnalysis extends DefinedAnalysis {
        /** For the catalog. */
        public TokenPhasesAnalysis() {
            super(
                    "token-phases",
                    "When did the phases of each token end?",
                    Scope.WHOLE,
                    false,
                    AnalysisContext::withoutEmbeddings,
                    MotionAnalyses::tokenPhases);
        }
    }

    /** The analysis {@code centroid}. */
    public static final class CentroidAnalysis extends DefinedAnalysis {
        /** For the catalog. */
        public CentroidAnalysis() {
            super(
                    "centroid",
                    "Where does the centroid go?",
                    Scope.OVER_TIME,
                    true,
                    AnalysisContext::withoutEmbeddings,
                    MotionAnalyses::centroid);
        }
    }

    /** The analysis {@code thermal}. */
    public static final class ThermalAnalysis extends DefinedAnalysis {
        /** For the catalog. */
        public ThermalAnalysis() {
            super(
                    "thermal",
                    "How much of the motion is the centroid's (bulk), and how much each token's own (thermal)?",
                    Scope.OVER_TIME,
                    true,
                    AnalysisContext::withoutMotion,
                    MotionAnalyses::thermal);
        }
    }

    /** The analysis {@code sphere}. */
    public static final class SphereAnalysis extends DefinedAnalysis {
        /** For the catalog. */
        public SphereAnalysis() {
            super(
                    "sphere",
                    "How large is the cloud?",
                    Scope.OVER_TIME,
                    true,
                    AnalysisContext::withoutEmbeddings,
                    MotionAnalyses::sphere);
        }
    }

    /** The analysis {@code autocorrelation}. */
    public static final class AutocorrelationAnalysis extends DefinedAnalysis {
        /** For the catalog. */
        public AutocorrelationAnalysis() {
            super(
                    "autocorrelation",
                    "How long do tokens keep their direction: v(t) . v(t+lag) over |v|^2, in windows?",
                    Scope.WHOLE,
                    true,
                    AnalysisContext::withoutMotion,
                    MotionAnalyses::autocorrelation);
        }
    }

    /** The analysis {@code diffusion}. */
    public static final class DiffusionAnalysis extends DefinedAnalysis {
        /** For the catalog. */
        public DiffusionAnalysis() {
            super(
                    "diffusion",
                    "Do tokens walk at random?",
                    Scope.WHOLE,
                    true,
                    AnalysisContext::withoutMotion,
                    MotionAnalyses::diffusion);
        }
    }

    /** The analysis {@code token-diffusion}. */
    public static final class TokenDiffusionAnalysis extends DefinedAnalysis {
        /** For the catalog. */
        public TokenDiffusionAnalysis() {
            super(
                    "token-diffusion",
                    "How far did each token move, compared with a random walk of such steps?",
                    Scope.WHOLE,
                    false,
                    AnalysisContext::withoutMotion,
                    MotionAnalyses::tokenDiffusion);
        }
    }

    /** The analysis {@code escape}. */
    public static final class EscapeAnalysis extends DefinedAnalysis {
        /** For the catalog. */
        public EscapeAnalysis() {
            super(
                    "escape",
                    "How many tokens left the dead group, and when, by three criteria?",
                    Scope.WHOLE,
                    true,
                    MotionAnalyses::withoutEscape,
                    MotionAnalyses::escape);
        }
    }

    /** The analysis {@code token-escape}. */
    public static final class TokenEscapeAnalysis extends DefinedAnalysis {
        /** For the catalog. */
        public TokenEscapeAnalysis() {
            super(
                    "token-escape",
                    "When did each token leave the dead group, by three criteria?",
                    Scope.WHOLE,
                    false,
                    MotionAnalyses::withoutEscape,
                    MotionAnalyses::tokenEscape);
        }
    }

    private static Optional<String> withoutEscape(AnalysisContext run) {
        return run.withoutPairs().or(run::withoutDead);
    }

    private static AnalysisTable stepSizes(AnalysisContext run, Selection selection) throws IOException {
        StepSizes sizes = run.evolution(selection).stepSizes().get(selection.group());
        return spread(run.overTime(selection), sizes.l2())
                .add("zero_share", "", "share of the tokens whose step is exactly zero", sizes.zeroShare())
                .add("distinct_speeds", "", "distinct L2 norms, zero included", sizes.distinctSpeeds())
                .table();
    }

    private static AnalysisTable lInfinity(AnalysisContext run, Selection selection) throws IOException {
        return spread(
                        run.overTime(selection),
                        run.evolution(selection)
                                .stepSizes()
                                .get(selection.group())
                                .lInfinity())
                .table();
    }

    private static AnalysisTable.OverTime spread(AnalysisTable.OverTime table, SpreadSeries sizes) {
        return table.add("mean", "W", "mean over the tokens", sizes.mean())
                .add("median", "W", "median over the tokens", sizes.median())
                .add("p90", "W", "90th percentile over the tokens", sizes.percentile90())
                .add("max", "W", "largest", sizes.max());
    }

    private static AnalysisTable deadAgainstLive(AnalysisContext run, Selection selection) throws IOException {
        StepSizes dead = run.evolution(selection).stepSizes().dead();
        StepSizes live = run.evolution(selection).stepSizes().live();
        FigureSeries deadMean = dead.l2().mean();
        FigureSeries liveMean = live.l2().mean();
        return run.overTime(selection)
                .add("dead", "W", "mean over the dead tokens", deadMean)
                .add("live", "W", "mean over the live tokens", liveMean)
                .add("ratio", "", "ratio of the two", place -> deadMean.at(place) / liveMean.at(place))
                .add(
                        "dead_median",
                        "W",
                        "median over the dead tokens",
                        dead.l2().median())
                .add(
                        "live_median",
                        "W",
                        "median over the live tokens",
                        live.l2().median())
                .add("dead_still", "", "share of the dead tokens that stood still", dead.zeroShare())
                .add("live_still", "", "share of the live tokens that stood still", live.zeroShare())
                .table();
    }

    private static AnalysisTable lattice(AnalysisContext run, Selection selection, boolean inCells) throws IOException {
        LatticeSeries lattice = run.evolution(selection).lattice().get(selection.group());
        LatticeSeries.Norms norms = inCells ? lattice.cells() : lattice.ulp();
        String unit = inCells ? "cells" : "ULP";
        return run.overTime(selection)
                .add(
                        "l1",
                        unit,
                        "L1 norm of a token's displacement, mean over the tokens",
                        norms.l1().mean())
                .add("l1_max", unit, "the largest", norms.l1().max())
                .add(
                        "l2",
                        unit,
                        "L2 norm of a token's displacement, mean over the tokens",
                        norms.l2().mean())
                .add("l2_max", unit, "the largest", norms.l2().max())
                .add(
                        "linf",
                        unit,
                        "L-infinity norm of a token's displacement, mean over the tokens",
                        norms.lInfinity().mean())
                .add("linf_max", unit, "the largest", norms.lInfinity().max())
                .table();
    }

    private static AnalysisTable regimes(AnalysisContext run, Selection selection) throws IOException {
        RegimeSeries regimes = run.evolution(selection).regimes().get(selection.group());
        return run.overTime(selection)
                .add("frozen", "", "tokens with L1 = 0 cells", regimes.tokens().get(Regime.FROZEN))
                .add(
                        "single_axis_hop",
                        "",
                        "tokens with L1 = 1 cell",
                        regimes.tokens().get(Regime.SINGLE_AXIS_HOP))
                .add(
                        "adjacent_cell",
                        "",
                        "tokens with L-infinity = 1 cell, L1 above 1",
                        regimes.tokens().get(Regime.ADJACENT_CELL))
                .add(
                        "local",
                        "",
                        "tokens further than that with L2 at most the square root of the width",
                        regimes.tokens().get(Regime.LOCAL))
                .add(
                        "multi_cell",
                        "",
                        "tokens with L2 above the square root of the width, in cells",
                        regimes.tokens().get(Regime.MULTI_CELL))
                .table();
    }

    private static AnalysisTable phases(AnalysisContext run, Selection selection) throws IOException {
        AnalysisTable.Rows table =
                phaseColumns(new AnalysisTable.Rows().column("tokens", "", "of which the last one decides"));
        for (Group group : Group.values()) {
            phaseRow(
                    run,
                    table,
                    Names.of(group),
                    run.evolution(selection).regimes().get(group).phases());
        }
        return table.table();
    }

    private static AnalysisTable tokenPhases(AnalysisContext run, Selection selection) throws IOException {
        AnalysisTable.Rows table = phaseColumns(new AnalysisTable.Rows().column("token", "", "its id"));
        for (int token : run.tokens(selection).toArray()) {
            phaseRow(run, table, token, run.evolution(selection).phases().get(token));
        }
        return table.table();
    }

    private static AnalysisTable.Rows phaseColumns(AnalysisTable.Rows table) {
        return table.column("early_until", "", "last step with a multi-cell move")
                .column("midlife_until", "", "last step with a move of more than a cell in some component")
                .column("late_until", "", "last step with any motion; after it comes fimbulwinter, frozen for good")
                .column("frozen_for_good", "", "whether that was before the recording's last step");
    }

    private static void phaseRow(AnalysisContext run, AnalysisTable.Rows table, Object who, Phases phases) {
        table.row(
                who,
                orNever(phases.earlyUntil(), Phases.NEVER),
                orNever(phases.midlifeUntil(), Phases.NEVER),
                orNever(phases.lastMotion(), Phases.NEVER),
                phases.frozenBefore(run.lastStep()));
    }

    private static AnalysisTable centroid(AnalysisContext run, Selection selection) throws IOException {
        CentroidPath path = run.evolution(selection).centroid().get(selection.group());
        return run.overTime(selection)
                .add("norm", "W", "L2 norm of the centroid", path.norm())
                .add("displacement", "W", "L2 distance from its start", path.displacement())
                .add("path", "W", "length of its path through all recorded states", path.pathLength())
                .add("efficiency", "", "displacement divided by path length: 1 for a straight line", path.efficiency())
                .add("speed", "W/update", "L2 distance from the recorded state before, per update", path.speed())
                .add("cosine", "", "cosine of the angle between this step and the one before", path.cosine())
                .table();
    }

    private static AnalysisTable thermal(AnalysisContext run, Selection selection) throws IOException {
        ThermalMotion motion = run.motion(selection).thermal().get(selection.group());
        return run.overTime(selection)
                .add("bulk", "W", "L2 norm of the centroid's step", motion.bulk())
                .add(
                        "thermal",
                        "W",
                        "RMS over the tokens of the L2 norm of their step minus the centroid's",
                        motion.thermal())
                .add("ratio", "", "thermal divided by bulk", motion.ratio())
                .add("bulk_share", "", "share of the mean square step that is bulk", motion.bulkShare())
                .add("temperature", "W^2", "mean square step", motion.temperature())
                .add(
                        "flow",
                        "",
                        "mean over the tokens that moved of the cosine of their step and the centroid's",
                        motion.flow())
                .table();
    }

    private static AnalysisTable sphere(AnalysisContext run, Selection selection) throws IOException {
        AnalysisTable.Rows table = new AnalysisTable.Rows()
                .column("step", "", "updates behind the state")
                .column("rms_radius", "W", "root mean square L2 distance of the tokens from their centroid")
                .column("mean_distance", "W", "mean of these distances")
                .column(
                        "std",
                        "W",
                        "their standard deviation, divided by the number of tokens: rms_radius^2 = mean_distance^2 + "
                                + "std^2")
                .column(
                        "enclosing_radius",
                        "W",
                        "radius of the smallest sphere around all of them, to one part in a million");
        ThermalMotion motion = run.motion(selection).thermal().get(selection.group());
        History embeddings = run.embeddings();
        Tokens tokens = run.tokens(selection);
        List<Double> spheres = Arrays.stream(run.places(selection))
                .parallel()
                .mapToObj(place -> tokens.size() == 0
                        ? Double.NaN
                        : (Double) EnclosingSphere.of(embeddings.matrix(place), tokens)
                                .radius())
                .toList();
        int at = 0;
        for (int place : run.places(selection)) {
            table.row(
                    embeddings.step(place),
                    motion.radius().at(place),
                    motion.meanDistance().at(place),
                    motion.distanceDeviation().at(place),
                    spheres.get(at++));
        }
        return table.table();
    }

    private static AnalysisTable autocorrelation(AnalysisContext run, Selection selection) throws IOException {
        AnalysisTable.Rows table = new AnalysisTable.Rows()
                .column("from", "", "updates behind the state before the window's first step")
                .column("to", "", "updates behind the state after its last")
                .column("mean_square", "W^2", "mean over tokens and steps of |v|^2");
        for (int lag = 1; lag <= LAGS; lag++) {
            table.column("lag_" + lag, "", "autocorrelation at this many recorded steps");
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
            table.row(row);
        }
        return table.table();
    }

    private static AnalysisTable diffusion(AnalysisContext run, Selection selection) throws IOException {
        Tokens tokens = run.tokens(selection);
        Map<Diffusion.Kind, Long> counts = run.motion(selection).diffusion().stream()
                .filter(diffusion -> tokens.contains(diffusion.token()))
                .collect(Collectors.groupingBy(Diffusion::kind, Collectors.counting()));
        AnalysisTable.Rows table = new AnalysisTable.Rows()
                .column(
                        "kind",
                        "",
                        "by the exponent with which the squared displacement grows: confined below 0.75, "
                                + "diffusive below 1.25, superdiffusive below 1.75, ballistic from there")
                .column("tokens", "", "tokens of this kind");
        for (Diffusion.Kind kind : Diffusion.Kind.values()) {
            table.row(Names.of(kind), counts.getOrDefault(kind, 0L));
        }
        return table.table();
    }

    private static AnalysisTable tokenDiffusion(AnalysisContext run, Selection selection) throws IOException {
        AnalysisTable.Rows table = new AnalysisTable.Rows()
                .column("token", "", "its id")
                .column("steps", "", "recorded steps, N")
                .column("mean_square_step", "W^2", "mean of its squared steps")
                .column("squared_displacement", "W^2", "squared L2 distance from its start")
                .column(
                        "ratio",
                        "",
                        "squared displacement divided by N mean square steps: 1 for a random walk, N for a "
                                + "straight line")
                .column(
                        "diffusivity",
                        "",
                        "squared displacement divided by N times the squared RMS step of all tokens of the vocabulary")
                .column("exponent", "", "1 for a random walk, 2 for a straight line")
                .column("kind", "", "what the exponent says");
        double ofAll = run.motion(selection).meanSquareStep(run.split().all());
        for (int token : run.tokens(selection).toArray()) {
            Diffusion d = run.motion(selection).diffusion().get(token);
            table.row(
                    token,
                    d.steps(),
                    d.meanSquareStep(),
                    d.squaredDisplacement(),
                    d.ratio(),
                    d.diffusivity(ofAll),
                    d.exponent(),
                    Names.of(d.kind()));
        }
        return table.table();
    }

    private static List<Escape> escapes(AnalysisContext run) throws IOException {
        return Escape.of(run.embeddings(), run.split(), AnalysisContext.TWO_EPSILON, run.kernels());
    }

    private static AnalysisTable escape(AnalysisContext run, Selection selection) throws IOException {
        List<Escape> escapes = escapes(run).stream()
                .filter(e -> run.tokens(selection).contains(e.token()))
                .toList();
        AnalysisTable.Rows table = new AnalysisTable.Rows()
                .column(
                        "criterion",
                        "",
                        "what a token is out by: its row equals that of no (other) dead token; its step is longer "
                                + "than every dead token's in the same update; it is not in the component, of "
                                + "all distinct "
                                + "rows within 2 epsilon, that holds most dead tokens")
                .column("tokens", "", "tokens watched")
                .column("ever_out", "", "tokens that were out at some step")
                .column("first", "", "the first step at which one was out")
                .column("out_for_good", "", "tokens that are out from some step up to the last")
                .column("first_for_good", "", "the first step from which one was out for good")
                .column("last_for_good", "", "the last such step");
        add(table, "row", escapes, Escape::byRows);
        add(table, "step size", escapes, Escape::byStepSize);
        add(table, "component", escapes, Escape::byComponent);
        return table.table();
    }

    private static void add(
            AnalysisTable.Rows table, String name, List<Escape> escapes, Function<Escape, Departure> criterion) {
        int[] first = escapes.stream()
                .map(criterion)
                .mapToInt(Departure::first)
                .filter(s -> s >= 0)
                .sorted()
                .toArray();
        int[] good = escapes.stream()
                .map(criterion)
                .mapToInt(Departure::forGood)
                .filter(s -> s >= 0)
                .sorted()
                .toArray();
        OptionalInt lastGood = Arrays.stream(good).max();
        table.row(
                name,
                escapes.size(),
                first.length,
                orNever(first.length == 0 ? Departure.NEVER : first[0]),
                good.length,
                orNever(good.length == 0 ? Departure.NEVER : good[0]),
                orNever(lastGood.orElse(Departure.NEVER)));
    }

    static Object orNever(int step) {
        return orNever(step, Departure.NEVER);
    }

    private static Object orNever(int step, int never) {
        return step == never ? AnalysisTable.Never.NEVER : step;
    }

    private static AnalysisTable tokenEscape(AnalysisContext run, Selection selection) throws IOException {
        AnalysisTable.Rows table = new AnalysisTable.Rows()
                .column("token", "", "its id")
                .column("row_first", "", "first step at which its row equals that of no (other) dead token")
                .column("row_for_good", "", "first step from which on that holds")
                .column("step_first", "", "first step longer than every dead token's in the same update")
                .column("step_for_good", "", "first step from which on that holds")
                .column(
                        "component_first",
                        "",
                        "first step at which it is not in the component that holds most dead tokens, within 2 "
                                + "epsilon")
                .column("component_for_good", "", "first step from which on that holds");
        for (Escape e : escapes(run)) {
            if (run.tokens(selection).contains(e.token())) {
                table.row(
                        e.token(),
                        orNever(e.byRows().first()),
                        orNever(e.byRows().forGood()),
                        orNever(e.byStepSize().first()),
                        orNever(e.byStepSize().forGood()),
                        orNever(e.byComponent().first()),
                        orNever(e.byComponent().forGood()));
            }
        }
        return table.table();
    }
}
