package org.lilgatsby;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lilgatsby.bf16.Bf16;
import org.lilgatsby.bf16.Precision;
import org.lilgatsby.corpus.Batches;
import org.lilgatsby.corpus.Corpus;
import org.lilgatsby.corpus.CorpusCache;
import org.lilgatsby.corpus.CorpusConfig;
import org.lilgatsby.corpus.CorpusLoader;
import org.lilgatsby.corpus.Preparation;
import org.lilgatsby.kernel.AdamWStep;
import org.lilgatsby.kernel.Kernels;
import org.lilgatsby.kernel.ScalarKernels;
import org.lilgatsby.model.InitialState;
import org.lilgatsby.model.InitializationConfig;
import org.lilgatsby.model.ModelConfig;
import org.lilgatsby.model.Models;
import org.lilgatsby.model.Normal;
import org.lilgatsby.model.ParameterTensor;
import org.lilgatsby.model.PrecisionConfig;
import org.lilgatsby.training.AdamW;
import org.lilgatsby.training.LinearDecay;
import org.lilgatsby.training.Trainer;
import org.lilgatsby.training.TrainingConfig;

/** What {@code docs/numerics.md} says, where a test can see it: constants, and which choice decides each rounding. */
class NumericsDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "numerics.md");
    private static final Path SOURCES = Path.of("src", "main", "java", "org", "lilgatsby");
    private static final String HEX = "-?0x1\\.[0-9a-f]+p-?[0-9]+";
    private static final ModelConfig MODEL = new ModelConfig(128, 6, 1, 2, 5, ModelConfig.Norm.LAYER_NORM, true);

    private static final ModelConfig BY_ERF =
            new ModelConfig(128, 6, 1, 2, 5, ModelConfig.Norm.LAYER_NORM, false, ModelConfig.Activation.GELU, 7, false);

    /** Calls that compute nothing, or say by an {@link AdamWStep} what they round. */
    private static final List<String> OTHER = List.of(
            "description",
            "packed",
            "packedBytes",
            "attentionExps",
            "attentionScratch",
            "adamwFused",
            "adamwPerOp",
            "adamwStochastic",
            "adamwKahan");

    private static final Corpus CORPUS = new CorpusLoader(new CorpusCache(Path.of("no-cache")))
            .load(new CorpusConfig(null, Preparation.TRAINING_CORPUS, false), MODEL.vocabulary());

    /** Calls that round wherever they are made. */
    private static final List<String> ALWAYS = List.of("round", "crossEntropyOfBf16");

    private final String document = Files.readString(DOCUMENT);

    NumericsDocumentTest() throws IOException {}

    private static Stream<MatchResult> matches(String pattern, String text) {
        return Pattern.compile(pattern, Pattern.MULTILINE).matcher(text).results();
    }

    private Map<String, String> constants() {
        return matches("^\\| `(\\w+\\.\\w+)`[^|]*\\| `(" + HEX + ")` \\| (\\S+) \\|$", document)
                .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2) + " " + row.group(3)));
    }

    private static Class<?> named(String name) throws ClassNotFoundException {
        for (String stage : List.of("kernel", "model", "training", "random")) {
            if (Files.exists(SOURCES.resolve(stage).resolve(name + ".java"))) {
                return Class.forName("org.lilgatsby." + stage + "." + name);
            }
        }
        throw new ClassNotFoundException(name);
    }

    @Test
    void constantsAreThoseOfTheCode() throws ReflectiveOperationException {
        Map<String, String> constants = constants();
        for (Map.Entry<String, String> constant : constants.entrySet()) {
            String[] name = constant.getKey().split("\\.");
            Field field = named(name[0]).getDeclaredField(name[1]);
            field.setAccessible(true);
            float inCode = ((Number) field.get(null)).floatValue();
            for (String written : constant.getValue().split(" ")) {
                assertEquals(inCode, Float.parseFloat(written), constant.getKey());
            }
        }
        for (String name : List.of("Exp", "NormalTail", "ScalarKernels", "CephesFloat")) {
            for (Field field : named(name).getDeclaredFields()) {
                boolean derivedFrom = name.equals("ScalarKernels") && Modifier.isPrivate(field.getModifiers());
                assertTrue(
                        derivedFrom || constants.containsKey(name + "." + field.getName()),
                        () -> name + "." + field.getName() + " is not in " + DOCUMENT);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"LOG log", "SIN sinPolynomial", "COS cosPolynomial"})
    void coefficientsAreThoseOfTheCode(String names) throws IOException {
        String[] name = names.split(" ");
        String row = matches("^\\| `" + name[0] + "` \\| (.*) \\|$", document)
                .findFirst()
                .orElseThrow()
                .group(1);
        String source = Files.readString(SOURCES.resolve("random").resolve("CephesFloat.java"));
        String method = source.substring(source.indexOf("static float " + name[1] + "(float "));
        String body = method.substring(0, method.indexOf("\n    }"));
        assertEquals(
                matches("(?:float p = |Math\\.fma\\(p, [mz], )(-?[0-9.e-]+)f", body)
                        .map(match -> Float.parseFloat(match.group(1)))
                        .toList(),
                matches(HEX, row).map(match -> Float.parseFloat(match.group())).toList());
    }

    @Test
    void theSecondImplementationHasNoOtherConstants() throws IOException {
        String step = Files.readString(Path.of("..", "python", "second", "step.py"));
        assertEquals(
                List.of(),
                matches(HEX, step)
                        .map(MatchResult::group)
                        .filter(value -> !document.contains("`" + value + "`"))
                        .toList());
        assertTrue(matches(HEX, step).count() > 30);
    }

    /** By what computes a value: under which choices it is rounded. */
    private Map<String, String> roundings() {
        String section = document.substring(document.indexOf("\n## 2."), document.indexOf("\n## 3."));
        return matches("^\\| `(\\w+)` \\|[^|]*\\| ([^|]*) \\|$", section)
                .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2)));
    }

    private static boolean holds(String condition, PrecisionConfig precision) {
        if (condition.equals("never")) {
            return false;
        }
        if (condition.contains(" or ")) {
            return Arrays.stream(condition.split(" or ")).anyMatch(either -> holds(either, precision));
        }
        Map<String, Object> choices = Map.of(
                "parameters",
                precision.parameters(),
                "gradients",
                precision.gradients(),
                "moments",
                precision.moments(),
                "compute",
                precision.compute(),
                "loss",
                precision.loss());
        List<MatchResult> parts = matches("`(\\w+): (\\w+)`", condition).toList();
        assertTrue(!parts.isEmpty(), condition);
        return parts.stream()
                .allMatch(part -> choices.get(part.group(1)).toString().equals(part.group(2)));
    }

    /** Index of the parameter {@code rounded} of each method of {@link Kernels}; -1 where there is none. */
    private static Map<String, Integer> roundedParameters() throws IOException {
        String source = Files.readString(SOURCES.resolve("kernel").resolve("Kernels.java"));
        Map<String, Integer> indices = new TreeMap<>();
        matches("^    (?:void|float|int|long|String|PackedMatrix) (\\w+)\\(([^)]*)\\);", source)
                .forEach(method -> {
                    List<String> parameters = Arrays.stream(method.group(2).split(","))
                            .map(String::strip)
                            .toList();
                    indices.put(method.group(1), parameters.indexOf("boolean rounded"));
                });
        assertEquals(
                Arrays.stream(Kernels.class.getDeclaredMethods())
                        .map(Method::getName)
                        .collect(Collectors.toSet()),
                indices.keySet());
        return indices;
    }

    static Stream<PrecisionConfig> precisions() {
        List<PrecisionConfig> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            for (PrecisionConfig.Compute compute : PrecisionConfig.Compute.values()) {
                for (PrecisionConfig.Update update : PrecisionConfig.Update.values()) {
                    boolean ofStored = update.draws() || update.compensates();
                    Precision refused = ofStored ? Precision.F32 : null;
                    if (format(i) != refused
                            && (compute != PrecisionConfig.Compute.AUTOCAST || format(i) == Precision.F32)) {
                        PrecisionConfig precision =
                                new PrecisionConfig(format(i), format(i >> 1), format(i >> 2), compute, update);
                        all.add(precision);
                        if (compute == PrecisionConfig.Compute.BF16) {
                            all.add(withLossInBf16(precision));
                        }
                    }
                }
            }
        }
        return all.stream();
    }

    private static PrecisionConfig withLossInBf16(PrecisionConfig precision) {
        return new PrecisionConfig(
                precision.parameters(),
                precision.gradients(),
                precision.moments(),
                precision.compute(),
                precision.update(),
                precision.view(),
                PrecisionConfig.Loss.BF16);
    }

    private static Precision format(int i) {
        return Precision.values()[i & 1];
    }

    /** Kernels that note, by name, whether a call rounded; both where calls differ. */
    private static final class Noted {
        private final Kernels scalar = new ScalarKernels();
        private final Map<String, TreeSet<Boolean>> rounded = new TreeMap<>();
        private final Map<String, Integer> indices = roundedParameters();
        private final Kernels kernels = (Kernels) Proxy.newProxyInstance(
                Kernels.class.getClassLoader(), new Class<?>[] {Kernels.class}, (_, method, arguments) -> {
                    String name = method.getName();
                    int index = indices.get(name);
                    note(name, ALWAYS.contains(name) || index >= 0 && (boolean) arguments[index]);
                    if (name.equals("crossEntropyOfBf16")) {
                        note("crossEntropy", true); // it is called instead, and rounds the gradient of the logits too
                    }
                    if (arguments != null && arguments[arguments.length - 1] instanceof AdamWStep step) {
                        note("roundParameters", step.roundParameters());
                        note("roundGradients", step.roundGradients());
                        note("roundMoments", step.roundMoments());
                    }
                    try {
                        return method.invoke(scalar, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });

        Noted() throws IOException {}

        private void note(String what, boolean isRounded) {
            rounded.computeIfAbsent(what, _ -> new TreeSet<>()).add(isRounded);
        }
    }

    @ParameterizedTest
    @MethodSource("precisions")
    void roundingsAreThoseOfTheCode(PrecisionConfig precision) throws IOException {
        Map<String, String> roundings = roundings();
        Noted noted = new Noted();
        try (Trainer byErf = trainer(BY_ERF, precision, noted.kernels)) {
            byErf.step();
        }
        try (Trainer trainer = trainer(MODEL, precision, noted.kernels)) {
            trainer.step();
            String update = switch (precision.update()) {
                case FUSED -> "adamwFused";
                case PER_OP -> "adamwPerOp";
                case STOCHASTIC -> "adamwStochastic";
                case KAHAN -> "adamwKahan";
            };
            assertEquals(
                    List.of(update),
                    noted.rounded.keySet().stream()
                            .filter(name -> name.startsWith("adamw"))
                            .toList());
            noted.rounded.keySet().removeAll(OTHER);
            ALWAYS.forEach(name -> noted.rounded.putIfAbsent(name, new TreeSet<>(List.of(false))));

            Map<String, TreeSet<Boolean>> said = new TreeMap<>();
            roundings.forEach((what, conditions) -> said.put(
                    what,
                    Arrays.stream(conditions.split("; "))
                            .map(condition -> holds(condition, precision))
                            .collect(Collectors.toCollection(TreeSet::new))));
            boolean tensorNorms = said.remove("tensorNorms").first();
            boolean norm = said.remove("prepare").first();
            assertEquals(said, noted.rounded);
            assertEquals(norm(trainer, tensorNorms, norm), trainer.gradientNorm(), "norm of the gradient");
        }
    }

    private static Trainer trainer(ModelConfig model, PrecisionConfig precision, Kernels kernels) {
        TrainingConfig training = new TrainingConfig(
                1,
                2,
                1,
                new AdamW(),
                1e-3,
                new LinearDecay(),
                0.01,
                0.9,
                0.999,
                1e-8,
                1,
                TrainingConfig.Targets.NEXT,
                TrainingConfig.LossScale.MEAN,
                1);
        InitializationConfig start = new InitializationConfig(new Normal(), 0.02, 0);
        Batches batches = new Batches(CORPUS, MODEL.context(), training.batch(), 7);
        InitialState initial = Models.draw(model, start, precision.parameters(), 7);
        return new Trainer(training, model, precision, kernels, initial, batches, 1, List.of());
    }

    private static float norm(Trainer trainer, boolean tensorNorms, boolean norm) {
        double sum = 0;
        for (ParameterTensor tensor : trainer.layout().tensors()) {
            float squares = new ScalarKernels().sumOfSquares(trainer.gradients(), tensor.at(), tensor.size());
            float one = (float) Math.sqrt(squares);
            double stored = tensorNorms ? Bf16.round(one) : one;
            sum += stored * stored;
        }
        float all = (float) Math.sqrt(sum);
        return norm ? Bf16.round(all) : all;
    }
}
