package org.lilgatsby.experiment;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.lilgatsby.bf16.Precision;
import org.lilgatsby.config.BuiltIn;
import org.lilgatsby.config.ConfigYaml;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.corpus.CorpusConfig;
import org.lilgatsby.corpus.DeadConfig;
import org.lilgatsby.corpus.Preparation;
import org.lilgatsby.corpus.TokenSource;
import org.lilgatsby.corpus.TokenSource.TokenizerChoice;
import org.lilgatsby.corpus.WindowConfig;
import org.lilgatsby.corpus.WindowConfig.LastBlock;
import org.lilgatsby.corpus.WindowConfig.Order;
import org.lilgatsby.corpus.WindowConfig.Windows;
import org.lilgatsby.model.EmbeddingFile;
import org.lilgatsby.model.Initialization;
import org.lilgatsby.model.InitializationConfig;
import org.lilgatsby.model.ModelConfig;
import org.lilgatsby.model.PrecisionConfig;
import org.lilgatsby.recording.Constant;
import org.lilgatsby.recording.Constants;
import org.lilgatsby.recording.Observable;
import org.lilgatsby.recording.Observables;
import org.lilgatsby.recording.RecordedTensor;
import org.lilgatsby.recording.RecordingConfig;
import org.lilgatsby.recording.RecordingConfig.Instant;
import org.lilgatsby.recording.RecordingConfig.Layout;
import org.lilgatsby.settings.SettingException;
import org.lilgatsby.tokenfile.TokenFormat;
import org.lilgatsby.tokenizer.Recipe;
import org.lilgatsby.tokenizer.TrainingOptions;
import org.lilgatsby.training.AdamW;
import org.lilgatsby.training.PerturbationConfig;
import org.lilgatsby.training.Schedule;
import org.lilgatsby.training.TrainingConfig;

class ConfigYamlPropertiesTest {
    @Property(tries = 200)
    boolean whatIsPrintedReadsBackEqual(@ForAll("configs") ExperimentConfig config) {
        return ConfigYaml.parse(ConfigYaml.toYaml(config), "printed", List.of()).equals(config);
    }

    @Property(tries = 200)
    boolean printingIsAFunctionOfTheValues(@ForAll("configs") ExperimentConfig config) {
        String printed = ConfigYaml.toYaml(config);
        return printed.equals(ConfigYaml.toYaml(ConfigYaml.parse(printed, "printed", List.of())));
    }

    @Property(tries = 400)
    boolean damagedInputIsReadOrRefusedButNeverMore(@ForAll("damaged") String yaml) {
        try {
            ConfigYaml.parse(yaml, "damaged", List.of());
        } catch (SettingException e) {
            return !e.getMessage().isBlank() && e.getMessage().lines().count() == 1;
        }
        return true;
    }

    @Provide
    Arbitrary<String> damaged() {
        List<String> whole = BuiltIn.names().stream()
                .map(name -> ConfigYaml.toYaml(BuiltIn.load(name, List.of())))
                .toList();
        Arbitrary<String> junk = Arbitraries.strings()
                .withChars("{}[]&*!|>%@`'\"#:-? \t\n\\,~<=a0.\u0000\u0085\u2028\ufeff\ud800")
                .ofMaxLength(6);
        return Combinators.combine(
                        Arbitraries.of(whole),
                        Arbitraries.integers().between(0, 2000),
                        Arbitraries.integers().between(0, 8),
                        junk)
                .as((yaml, where, dropped, inserted) -> {
                    int start = Math.min(where, yaml.length());
                    int end = Math.min(yaml.length(), start + dropped);
                    return yaml.substring(0, start) + inserted + yaml.substring(end);
                });
    }

    @Provide
    Arbitrary<ExperimentConfig> configs() {
        Arbitrary<String> names =
                Arbitraries.strings().withChars("abz019").ofMinLength(1).ofMaxLength(64);
        return Combinators.combine(
                        names,
                        titles(),
                        Arbitraries.of(BuiltIn.conclusions()),
                        seeds(),
                        corpora(),
                        models(),
                        starts(),
                        trainingAndRecording())
                .as((name, title, conclusion, seed, corpus, model, start, rest) -> new ExperimentConfig(
                        name,
                        title,
                        conclusion,
                        seed,
                        corpus,
                        model,
                        start,
                        rest.training(),
                        indexable(model) ? rest.perturbation() : PerturbationConfig.none(),
                        rest.precision(),
                        rest.recording()));
    }

    private record Rest(
            TrainingConfig training,
            PerturbationConfig perturbation,
            PrecisionConfig precision,
            RecordingConfig recording) {}

    /** A model whose parameters have no place in an array has no parameter to perturb. */
    private static boolean indexable(ModelConfig model) {
        return model.parameterCount() < Integer.MAX_VALUE - 64;
    }

    /** Doubles of all magnitudes: those of non-negative ones are ordered as their bits. */
    private static Arbitrary<Double> numbers(double least, double most) {
        return Arbitraries.longs()
                .between(Double.doubleToLongBits(least), Double.doubleToLongBits(most))
                .map(Double::longBitsToDouble);
    }

    private static Arbitrary<String> titles() {
        return Arbitraries.of(
                "T",
                "a: b # c",
                "\"quoted\" \\ 'title'",
                "- \u00e9t\u00e9 \ud83d\udd73",
                "null",
                "  x  ",
                "{a}",
                "1e5",
                "a\u00a0b");
    }

    private static Arbitrary<Long> seeds() {
        return Arbitraries.longs().between(0, ExperimentConfig.LARGEST_SEED);
    }

    private static Arbitrary<CorpusConfig> corpora() {
        Arbitrary<CorpusConfig> bytes = Combinators.combine(
                        texts().injectNull(0.3), Arbitraries.of(Preparation.class), Arbitraries.of(true, false))
                .as(CorpusConfig::new);
        Arbitrary<CorpusConfig> tokens = Combinators.combine(tokenSources(), windows(), dead())
                .as((source, windows, dead) -> new CorpusConfig(null, Preparation.NONE, false, source, windows, dead));
        return Arbitraries.oneOf(bytes, tokens);
    }

    private static Arbitrary<String> texts() {
        return Arbitraries.strings()
                .ofMaxLength(30)
                .filter(text -> !text.isBlank()
                        && text.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE));
    }

    private static Arbitrary<TokenSource> tokenSources() {
        Arbitrary<String> other = texts().injectNull(0.5);
        Arbitrary<TokenizerChoice> named = texts().map(TokenizerChoice.Named::new);
        Arbitrary<OptionalInt> limit = Arbitraries.integers().between(0, 9000).map(OptionalInt::of);
        Arbitrary<TokenizerChoice> trained = Combinators.combine(
                        Arbitraries.of(Recipe.class),
                        Arbitraries.integers().between(1, 1 << 20),
                        Arbitraries.longs().between(0, Long.MAX_VALUE),
                        texts().list().uniqueElements().ofMaxSize(3),
                        Arbitraries.oneOf(texts(), Arbitraries.just("")),
                        Arbitraries.oneOf(limit, Arbitraries.just(OptionalInt.empty())))
                .as((recipe, ids, frequency, special, alphabet, most) -> new TokenizerChoice.Trained(
                        recipe, new TrainingOptions(ids, frequency, special, alphabet, most, most)));
        return Arbitraries.oneOf(
                Combinators.combine(Arbitraries.oneOf(named, trained), other, other)
                        .as(TokenSource.Encoded::new),
                Combinators.combine(
                                texts().list().ofMinSize(1).ofMaxSize(3),
                                other,
                                Arbitraries.of(TokenFormat.class).injectNull(0.5),
                                other,
                                other)
                        .as(TokenSource.Files::new));
    }

    /** Without the global generator, which does not go together with noise. */
    private static Arbitrary<WindowConfig> windows() {
        Arbitrary<OptionalLong> seeds =
                Arbitraries.oneOf(seeds().map(OptionalLong::of), Arbitraries.just(OptionalLong.empty()));
        return Combinators.combine(
                        Arbitraries.of(Windows.class),
                        Arbitraries.integers().between(1, WindowConfig.MOST_WINDOWS),
                        Arbitraries.of(LastBlock.class),
                        Arbitraries.of(Order.RESEEDED, Order.OWN_GENERATOR),
                        seeds)
                .as((windows, starts, last, order, seed) -> new WindowConfig(
                        windows,
                        windows == Windows.RANDOM ? OptionalInt.of(starts) : OptionalInt.empty(),
                        windows == Windows.BLOCKS || windows == Windows.CONTEXT_BLOCKS ? last : LastBlock.DROP,
                        order,
                        seed));
    }

    private static Arbitrary<DeadConfig> dead() {
        return Combinators.combine(texts().injectNull(0.5), Arbitraries.longs().between(0, Long.MAX_VALUE))
                .as(DeadConfig::new);
    }

    private static Arbitrary<ModelConfig> models() {
        Arbitrary<Integer> heads = Arbitraries.integers().between(1, 16);
        Arbitrary<ModelConfig> models = Combinators.combine(
                        Arbitraries.integers().between(2, 1 << 20),
                        heads,
                        Arbitraries.integers().between(1, 64),
                        Arbitraries.integers().between(1, 1 << 10),
                        Arbitraries.integers().between(2, 1 << 16),
                        Arbitraries.of(ModelConfig.Norm.class),
                        Arbitraries.of(true, false))
                .as((vocabulary, aHeads, headSize, layers, context, norm, tied) ->
                        new ModelConfig(vocabulary, aHeads * headSize, layers, aHeads, context, norm, tied));
        return Combinators.combine(
                        models,
                        Arbitraries.of(ModelConfig.Activation.class),
                        Arbitraries.integers().between(1, 1 << 18),
                        Arbitraries.of(true, false))
                .as((model, activation, ffn, biases) -> new ModelConfig(
                        model.vocabulary(),
                        model.width(),
                        model.layers(),
                        model.heads(),
                        model.context(),
                        model.norm(),
                        model.tied(),
                        activation,
                        activation == ModelConfig.Activation.GELU ? ffn : model.ffn(),
                        biases));
    }

    private static Arbitrary<InitializationConfig> starts() {
        Arbitrary<Optional<String>> tensor =
                Arbitraries.of("w", "a: b", "\u00e9").optional();
        return Combinators.combine(
                        Arbitraries.of(Initialization.catalog().all()),
                        numbers(0, 1e6),
                        numbers(0, 1e6),
                        Arbitraries.of(InitializationConfig.Blocks.class),
                        numbers(0, 1e6),
                        tensor)
                .as((mode, scale, sigma, blocks, positions, name) -> new InitializationConfig(
                        mode,
                        scale,
                        mode.hasNoise() ? sigma : 0,
                        blocks,
                        positions,
                        mode.readsFile()
                                ? Optional.of(new EmbeddingFile("a b/w#1", name, "0f".repeat(32)))
                                : Optional.empty()));
    }

    private static Arbitrary<Rest> trainingAndRecording() {
        Arbitrary<Precision> formats = Arbitraries.of(Precision.class);
        Arbitrary<PrecisionConfig> precisions = Combinators.combine(
                        formats,
                        formats,
                        formats,
                        Arbitraries.of(PrecisionConfig.Compute.class),
                        Arbitraries.of(PrecisionConfig.Update.class),
                        Arbitraries.of(PrecisionConfig.View.class),
                        Arbitraries.of(PrecisionConfig.Loss.class))
                .as((parameters, gradients, moments, compute, update, view, loss) -> new PrecisionConfig(
                        compute == PrecisionConfig.Compute.AUTOCAST
                                ? Precision.F32
                                : update.draws() || update.compensates() ? Precision.BF16 : parameters,
                        gradients,
                        moments,
                        compute,
                        compute == PrecisionConfig.Compute.AUTOCAST ? PrecisionConfig.Update.PER_OP : update,
                        view,
                        compute == PrecisionConfig.Compute.BF16 ? loss : PrecisionConfig.Loss.F32));
        return Combinators.combine(trainings(), perturbations(), precisions, recordings())
                .as(Rest::new);
    }

    private static Arbitrary<PerturbationConfig> perturbations() {
        Arbitrary<List<String>> tensors = Arbitraries.of(
                        "transformer.wte.weight", "transformer.wpe.weight", "transformer.ln_f.weight")
                .list()
                .ofMinSize(1)
                .uniqueElements();
        return Combinators.combine(numbers(0, 1e6), Arbitraries.integers().between(1, 1_000_000_000), tensors)
                .as(PerturbationConfig::new);
    }

    private static Arbitrary<TrainingConfig> trainings() {
        Arbitrary<Integer> counts = Arbitraries.integers().between(1, 1 << 16);
        Arbitrary<Double> shares = numbers(0, Math.nextDown(1.0));
        Arbitrary<Double> sizes = numbers(1e-300, 1);
        return Combinators.combine(
                        counts,
                        shares,
                        shares,
                        sizes,
                        Arbitraries.of(Schedule.catalog().all()),
                        Arbitraries.of(TrainingConfig.Targets.class),
                        Arbitraries.of(TrainingConfig.LossScale.class))
                .as((count, beta1, beta2, size, schedule, targets, scale) -> new TrainingConfig(
                        count,
                        count,
                        1,
                        new AdamW(),
                        size,
                        schedule,
                        size,
                        beta1,
                        beta2,
                        size,
                        size,
                        targets,
                        scale,
                        count));
    }

    private static Arbitrary<RecordingConfig> recordings() {
        Arbitrary<RecordedTensor> specs = Combinators.combine(
                        Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(64),
                        Arbitraries.of(Observables.ALL.all())
                                .filter(observable -> !observable.needsHead() && !observable.needsBothParts()),
                        Arbitraries.of(Precision.class))
                .as(RecordedTensor::new);
        Arbitrary<List<RecordedTensor>> tensors =
                specs.list().ofMinSize(1).ofMaxSize(6).uniqueElements(RecordedTensor::name);
        Arbitrary<List<Constant>> constants = Arbitraries.of(Constants.ALL.all())
                .filter(constant -> !constant.needsCommonVector())
                .list()
                .uniqueElements();
        return Combinators.combine(
                        tensors,
                        constants,
                        Arbitraries.integers().between(1, 1_000_000_000),
                        Arbitraries.of(Instant.class),
                        Arbitraries.of(Layout.class))
                .as((aTensors, aConstants, every, instant, layout) -> new RecordingConfig(
                        aTensors,
                        layout == Layout.STREAM ? aConstants : List.of(),
                        every,
                        isKnownBefore(aTensors) ? instant : Instant.AFTER,
                        layout));
    }

    private static boolean isKnownBefore(List<RecordedTensor> tensors) {
        return tensors.stream().noneMatch(tensor -> tensor.observable().kind() == Observable.Kind.CHANGE);
    }
}
