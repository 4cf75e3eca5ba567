package org.lilgatsby.experiment;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lilgatsby.analysis.History;
import org.lilgatsby.analysis.Matrix;
import org.lilgatsby.analysis.Tokens;
import org.lilgatsby.archive.RunData;
import org.lilgatsby.archive.RunData.RecordingFacts;
import org.lilgatsby.archive.RunData.TensorFact;
import org.lilgatsby.bf16.Bf16;
import org.lilgatsby.config.BuiltIn;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.kernel.CacheLine;
import org.lilgatsby.model.InitialState;
import org.lilgatsby.random.TorchGenerator;
import org.lilgatsby.recording.Manifest;
import org.lilgatsby.recording.RunVocabulary;
import org.lilgatsby.tokenizer.TokenTexts;
import org.lilgatsby.training.LossWindow;

/**
 * A made-up run with states of a few rows, for tests. The first half of the tokens is live, the rest is dead, unless
 * said otherwise.
 */
public final class SmallRun {
    private final String experiment;
    private final List<String> overrides = new ArrayList<>();
    private final int[] steps;
    private final float[][][] states;
    private int[] dead;
    private Manifest.State state = Manifest.State.COMPLETE;
    private float[][][] gradients;
    private float[][][] moments;
    private boolean small = true;
    private boolean synthetic = true;
    private String corpusName = "training_corpus";
    private double firstLoss = Double.NaN;
    private double lastLoss = Double.NaN;
    private List<LossWindow> loss = List.of();
    private Optional<String> sample = Optional.empty();

    private SmallRun(String experiment, int[] steps, float[][][] states) {
        this.experiment = experiment;
        this.steps = steps;
        this.states = states;
        int rows = states[0].length;
        this.dead = IntStream.range((rows + 1) / 2, rows).toArray();
    }

    /** A run recorded at every step, one state [rows][columns] a step; values must be bfloat16. */
    public static SmallRun of(String experiment, float[][]... states) {
        return new SmallRun(experiment, IntStream.range(0, states.length).toArray(), states);
    }

    /** A run recorded at some steps. */
    public static SmallRun at(String experiment, int[] steps, float[][]... states) {
        return new SmallRun(experiment, steps, states);
    }

    /** Rows of a state. */
    public static float[][] rows(float[]... rows) {
        return rows;
    }

    /** A row. */
    public static float[] row(float... components) {
        return components;
    }

    public SmallRun set(String... more) {
        overrides.addAll(Arrays.asList(more));
        return this;
    }

    /** With the model and the steps of the experiment, which the states need not have, instead of small ones. */
    public SmallRun asItComes() {
        small = false;
        return this;
    }

    public SmallRun dead(int... ids) {
        dead = ids;
        return this;
    }

    public SmallRun gradients(float[][]... gradients) {
        this.gradients = gradients;
        return this;
    }

    public SmallRun moments(float[][]... moments) {
        this.moments = moments;
        return this;
    }

    /** How the manifest says that the run ended; that it is unfinished also follows from set("training.steps=..."). */
    public SmallRun state(Manifest.State state) {
        this.state = state;
        return this;
    }

    public SmallRun onABook() {
        synthetic = false;
        return this;
    }

    public SmallRun corpusName(String name) {
        corpusName = name;
        return onABook();
    }

    public SmallRun losses(double first, double last, LossWindow... windows) {
        firstLoss = first;
        lastLoss = last;
        loss = List.of(windows);
        return this;
    }

    public SmallRun sample(String text) {
        sample = Optional.of(text);
        return this;
    }

    public Findings findings() {
        return Findings.of(data());
    }

    /** The run, with the vector that the first row starts from as the common one. */
    public RunData data() {
        int rows = states[0].length;
        int columns = states[0][0].length;
        int last = steps[steps.length - 1];
        List<String> all = new ArrayList<>();
        if (small) {
            all.addAll(List.of(
                    "model.vocabulary=" + rows,
                    "model.width=" + columns,
                    "model.heads=1",
                    "model.context=8",
                    "training.steps=" + last,
                    "training.log_every=1"));
        }
        for (String override : overrides) {
            String key = override.substring(0, override.indexOf('=') + 1);
            all.removeIf(usual -> usual.startsWith(key));
            all.add(override);
        }
        ExperimentConfig config = BuiltIn.load(experiment, all);
        int[] live = IntStream.range(0, rows)
                .filter(id -> Arrays.binarySearch(dead, id) < 0)
                .toArray();
        Manifest manifest = new Manifest(
                1,
                "0.1.0",
                1,
                null,
                new Manifest.Machine("25", "Linux, amd64", "scalar", 2),
                new Manifest.CorpusFacts(
                        synthetic ? "synthetic" : corpusName,
                        synthetic,
                        "training_corpus",
                        1000,
                        0,
                        synthetic ? "00" : "33bdec3abc8bd4e765d09110a4c78fdcbbf7e619e1c09e23f42722634cbc6952",
                        live,
                        dead),
                state,
                last,
                config.model().parameterCount(),
                Instant.EPOCH,
                Instant.ofEpochSecond(60),
                2.5,
                last / 2.5,
                null,
                List.of());
        float[] drawn = flat(states[0]);
        float[] parameters = CacheLine.floats(drawn.length);
        System.arraycopy(drawn, 0, parameters, CacheLine.ALIGNED_OFFSET, drawn.length);
        boolean common = config.initialization().mode().hasCommonVector();
        return new RunData(
                config,
                manifest,
                new InitialState(
                        parameters, drawn, common ? states[0][0] : new float[0], new TorchGenerator(0).state()),
                history(states),
                Optional.ofNullable(gradients).map(this::history),
                Optional.ofNullable(moments).map(this::history),
                Optional.ofNullable(moments).map(this::history),
                Optional.empty(),
                Optional.empty(),
                firstLoss,
                lastLoss,
                loss,
                new RecordingFacts(1, 4096, steps.length, List.of(new TensorFact("embeddings", "BF16", new long[] {
                    steps.length, rows, columns
                }))),
                sample,
                new RunVocabulary(new TokenTexts.Bytes(), Optional.empty()),
                Optional.of(new RunData.Rows(
                        Tokens.all(rows),
                        history(states),
                        Optional.ofNullable(moments).map(this::history),
                        Optional.ofNullable(moments).map(this::history))));
    }

    private History history(float[][][] matrices) {
        return History.of(steps, place -> bf16(matrices[place]));
    }

    private static Matrix bf16(float[][] rows) {
        float[] values = flat(rows);
        short[] bits = new short[values.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Bf16.fromFloat(values[i]);
        }
        return Matrix.ofBits(bits, rows.length, rows[0].length);
    }

    private static float[] flat(float[][] rows) {
        int columns = rows[0].length;
        float[] values = new float[rows.length * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = rows[i / columns][i % columns];
        }
        return values;
    }
}
