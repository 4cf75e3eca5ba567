package org.lilgatsby.config;

import static org.lilgatsby.settings.Settings.require;
import static org.lilgatsby.settings.Settings.requirePresent;
import static org.lilgatsby.settings.Settings.requireWithin;

import java.util.List;
import java.util.regex.Pattern;
import org.lilgatsby.corpus.CorpusConfig;
import org.lilgatsby.corpus.WindowConfig;
import org.lilgatsby.model.InitialState;
import org.lilgatsby.model.InitializationConfig;
import org.lilgatsby.model.ModelConfig;
import org.lilgatsby.model.Models;
import org.lilgatsby.model.ParameterLayout;
import org.lilgatsby.model.PrecisionConfig;
import org.lilgatsby.random.TorchGenerator;
import org.lilgatsby.recording.Observable;
import org.lilgatsby.recording.RecordingConfig;
import org.lilgatsby.recording.RecordingConfig.Instant;
import org.lilgatsby.recording.RecordingConfig.Layout;
import org.lilgatsby.settings.NearestName;
import org.lilgatsby.settings.Setting;
import org.lilgatsby.settings.SettingException;
import org.lilgatsby.training.Decayed;
import org.lilgatsby.training.PerturbationConfig;
import org.lilgatsby.training.TrainingConfig;

/**
 * Everything that decides a run's recording, except the bytes of the corpus.
 *
 * @param name the run's directory is named after it: lower-case letters, digits and hyphens
 * @param title one line for lists and reports
 * @param conclusion which experiment's report and verdict the run ends with: one of {@link BuiltIn#conclusions}. A
 *     separate setting, so that a copied, renamed and changed configuration keeps the report of the experiment it came
 *     from
 * @param seed of PyTorch's generator, which uses 32 bits of it
 */
public record ExperimentConfig(
        @Setting("the run's directory is named after it") String name,
        @Setting("heading in lists and reports") String title,
        String conclusion,

        @Setting(value = "of PyTorch's generator: initial parameters and order of the windows", most = LARGEST_SEED)
        long seed,

        CorpusConfig corpus,
        ModelConfig model,
        InitializationConfig initialization,
        TrainingConfig training,
        PerturbationConfig perturbation,
        PrecisionConfig precision,
        RecordingConfig recording) {
    /** The largest seed: mt19937 is seeded with 32 bits, so larger seeds would repeat smaller ones. */
    public static final long LARGEST_SEED = 0xFFFF_FFFFL;

    /** The last step that fits into the file name {@code step_0000000.safetensors}. */
    public static final int LAST_STEP_OF_A_FILE = 9_999_999;

    /** The maximum length of a name, in characters. */
    static final int LONGEST_NAME = 64;

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,%d}".formatted(LONGEST_NAME - 1));
    private static final Pattern TITLE = Pattern.compile("[^\\p{Cntrl}\\p{Co}\\p{Cn}\\p{Cs}\u2028\u2029]{1,200}");

    /** @throws SettingException if a value is missing or out of its range, or two values cannot be combined */
    public ExperimentConfig {
        require(
                name != null && NAME.matcher(name).matches(),
                "name",
                () -> ("name is \"%s\"; allowed are lower-case letters, digits and hyphens, at most %d, the first "
                                + "not a hyphen")
                        .formatted(name, LONGEST_NAME));
        require(
                title != null && TITLE.matcher(title).matches() && !title.isBlank(),
                "title",
                "title must be one line of 1 to 200 printable characters");
        requirePresent("conclusion", conclusion);
        require(
                BuiltIn.conclusions().contains(conclusion),
                "conclusion",
                () -> "conclusion is \"%s\"; allowed are %s"
                        .formatted(YamlNode.printable(conclusion), String.join(", ", BuiltIn.conclusions())));
        requireWithin("seed", seed, 0, LARGEST_SEED);
        requirePresent("corpus", corpus);
        requirePresent("model", model);
        requirePresent("initialization", initialization);
        requirePresent("training", training);
        requirePresent("perturbation", perturbation);
        requirePresent("precision", precision);
        requirePresent("recording", recording);
        recording.requireWithinRun(training.steps(), model.vocabulary());
        requireWhatIsRecordedExists(initialization, training, recording);
        requireTheHeadExists(model, recording);
        requireThePartsExist(model, training, recording);
        requireWhatExistsBefore(training, recording);
        requireWhatIsPerturbedExists(model, perturbation);
        requireWhatDecaysExists(model, training);
        require(
                corpus.windows().order() != WindowConfig.Order.GLOBAL_GENERATOR || !perturbation.isOn(),
                "corpus.order",
                "corpus.order is global-generator, but perturbation.sigma is not 0, and both would draw from"
                        + " the same generator, which is not supported; use own-generator");
        require(
                recording.layout() == Layout.STREAM || training.steps() <= LAST_STEP_OF_A_FILE,
                "",
                () -> ("training.steps is %d, but with recording.layout per-step the files are numbered to %d; use "
                                + "layout stream")
                        .formatted(training.steps(), LAST_STEP_OF_A_FILE));
    }

    /**
     * The state before training; windows that are drawn from the run's generator take their draws first.
     *
     * @param tokens of the corpus
     */
    public InitialState draw(long tokens) {
        return Models.draw(model, initialization, precision.parameters(), seed, drawnBefore(tokens));
    }

    /**
     * The same with the embeddings alone, for a run without a step: all other parameters are NaN.
     *
     * @param tokens of the corpus
     */
    public InitialState drawEmbeddings(long tokens) {
        return Models.drawEmbeddings(model, initialization, precision.parameters(), seed, drawnBefore(tokens));
    }

    private int drawnBefore(long tokens) {
        return corpus.windows().drawsBeforeModel(tokens, model.context());
    }

    /**
     * What updates draw from. The run's generator continues where the model's draws left it, unless the order of the
     * windows continues with it: then updates have one of their own, seeded with the complement of the seed, so that no
     * draw is taken twice.
     *
     * @param initial of {@link #draw}
     */
    public TorchGenerator forUpdates(InitialState initial) {
        return corpus.windows().order() == WindowConfig.Order.GLOBAL_GENERATOR
                ? new TorchGenerator(~seed)
                : new TorchGenerator(initial.generator());
    }

    /** The same with another training text. */
    public ExperimentConfig withCorpusSource(String source) {
        return withCorpus(corpus.withSource(source));
    }

    /** The same with another corpus. */
    public ExperimentConfig withCorpus(CorpusConfig other) {
        return new ExperimentConfig(
                name,
                title,
                conclusion,
                seed,
                other,
                model,
                initialization,
                training,
                perturbation,
                precision,
                recording);
    }

    /** The same with another recording. */
    public ExperimentConfig withRecording(RecordingConfig other) {
        return new ExperimentConfig(
                name, title, conclusion, seed, corpus, model, initialization, training, perturbation, precision, other);
    }

    /** Whether training draws random numbers, so that the generator's state is a part of the run's. */
    public boolean drawsWhileTraining() {
        return perturbation.isOn() || precision.update().draws();
    }

    private static void requireWhatIsPerturbedExists(ModelConfig model, PerturbationConfig perturbation) {
        if (perturbation.isOn()) {
            List<String> parameters = Models.layout(model).names();
            for (String name : perturbation.tensors()) {
                if (!parameters.contains(name)) {
                    throw new SettingException(
                            "perturbation.tensors",
                            "perturbation.tensors names \"%s\", which is no parameter of the model; did you mean %s?"
                                    .formatted(YamlNode.printable(name), NearestName.to(name, parameters)));
                }
            }
        }
    }

    private static void requireWhatDecaysExists(ModelConfig model, TrainingConfig training) {
        if (training.decayed() instanceof Decayed.Named(List<String> names)) {
            ParameterLayout layout = Models.layout(model);
            for (String name : names) {
                require(
                        layout.tensors().stream().anyMatch(tensor -> Decayed.Named.matches(name, tensor)),
                        "training.decayed",
                        () -> "training.decayed names \"%s\", which is no parameter of the model; did you mean %s?"
                                .formatted(YamlNode.printable(name), NearestName.to(name, layout.names())));
            }
        }
    }

    private static void requireWhatExistsBefore(TrainingConfig training, RecordingConfig recording) {
        if (recording.instant() == Instant.AFTER) {
            return;
        }
        String key = "recording.instant";
        require(
                training.steps() > 0,
                key,
                "recording.instant is before, but training.steps is 0, so there is no update to record before; "
                        + "use after");
        recording
                .tensors()
                .forEach(tensor -> require(
                        tensor.observable().kind() != Observable.Kind.CHANGE,
                        key,
                        () -> ("recording.instant is before, but recording.tensors.%s observes %s, which is known "
                                        + "only after an update; use after, or leave it out")
                                .formatted(tensor.name(), tensor.observable().name())));
    }

    private static void requireThePartsExist(ModelConfig model, TrainingConfig training, RecordingConfig recording) {
        recording.tensors().stream()
                .filter(tensor -> tensor.observable().needsBothParts())
                .forEach(tensor -> {
                    String what = "recording.tensors.%s observes %s, but "
                            .formatted(tensor.name(), tensor.observable().name());
                    require(
                            model.tied(),
                            "",
                            what + "model.tied is false, so the head has its own gradient: head_grads");
                    require(
                            training.accumulation() == 1,
                            "",
                            () -> what
                                    + "training.accumulation is %d: the parts are known only for a single micro-batch"
                                            .formatted(training.accumulation()));
                });
    }

    private static void requireTheHeadExists(ModelConfig model, RecordingConfig recording) {
        recording
                .tensors()
                .forEach(tensor -> require(
                        !model.tied() || !tensor.observable().needsHead(),
                        "",
                        () -> "recording.tensors.%s observes %s, but model.tied is true, so the output head is W"
                                .formatted(tensor.name(), tensor.observable().name())));
    }

    private static void requireWhatIsRecordedExists(
            InitializationConfig initialization, TrainingConfig training, RecordingConfig recording) {
        recording
                .tensors()
                .forEach(tensor -> require(
                        training.optimizer().hasMoments()
                                || !tensor.observable().needsMoments(),
                        "",
                        () -> "recording.tensors.%s observes %s, but training.optimizer %s has no moments"
                                .formatted(
                                        tensor.name(),
                                        tensor.observable().name(),
                                        training.optimizer().name())));
        recording
                .constants()
                .forEach(constant -> require(
                        initialization.mode().hasCommonVector() || !constant.needsCommonVector(),
                        "",
                        () -> "recording.constants holds %s, but initialization.mode %s has no common vector"
                                .formatted(
                                        constant.name(), initialization.mode().name())));
    }
}
