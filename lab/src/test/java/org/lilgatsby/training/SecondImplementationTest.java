package org.lilgatsby.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lilgatsby.corpus.Batches;
import org.lilgatsby.corpus.Corpus;
import org.lilgatsby.corpus.CorpusCache;
import org.lilgatsby.corpus.CorpusConfig;
import org.lilgatsby.corpus.CorpusLoader;
import org.lilgatsby.corpus.Preparation;
import org.lilgatsby.kernel.KernelChoice;
import org.lilgatsby.kernel.Kernels;
import org.lilgatsby.kernel.ScalarKernels;
import org.lilgatsby.model.InitialState;
import org.lilgatsby.model.ModelConfig;
import org.lilgatsby.model.Models;
import org.lilgatsby.model.ParameterTensor;
import org.lilgatsby.model.PrecisionConfig;

/**
 * Compares three steps of tiny models of odd sizes with the second implementation, {@code python/second/step.py}, which
 * follows {@code docs/numerics.md} and shares no code: every parameter, gradient and moment after every step, bit for
 * bit.
 */
class SecondImplementationTest {
    private static final List<String> CASES = List.of(
            "bf16-fused",
            "bf16-per-op",
            "bf16-sgd",
            "bf16-rmsnorm-untied",
            "f32",
            "mixed",
            "crossed",
            "gelu-narrow",
            "gelu-wide",
            "no-biases");

    /** Other ways to round, in the same loops; so one number of workers is enough. */
    private static final List<String> OTHER_ROUNDINGS =
            List.of("bf16-loss", "autocast", "autocast-untied", "stochastic", "stochastic-sgd", "kahan", "kahan-sgd");

    private static final int STEPS = 3;

    @TempDir
    Path folder;

    static Stream<Arguments> runs() {
        return Stream.concat(
                Stream.concat(CASES.stream(), OTHER_ROUNDINGS.stream())
                        .flatMap(name -> Stream.of(
                                Arguments.of(name, new ScalarKernels(), 1),
                                Arguments.of(name, KernelChoice.AUTO.create(), 2))),
                CASES.stream().map(name -> Arguments.of(name, KernelChoice.AUTO.create(), 1)));
    }

    @ParameterizedTest
    @MethodSource("runs")
    void everyParameterGradientAndMomentHasTheSameBits(String name, Kernels kernels, int workers) throws IOException {
        try (ReferenceRun reference = new ReferenceRun(name)) {
            String run = name + ", " + kernels.description() + ", workers " + workers;
            Comparison comparison = new Comparison(reference, run);
            ModelConfig model = reference.model();
            PrecisionConfig precision = reference.precision();
            InitialState initial =
                    Models.draw(model, reference.initialization(), precision.parameters(), reference.seed());
            try (Trainer trainer = new Trainer(
                    reference.training(),
                    model,
                    precision,
                    kernels,
                    initial,
                    batches(reference),
                    workers,
                    List.of(comparison))) {
                trainer.begin();
                for (int i = 0; i < STEPS; i++) {
                    trainer.step();
                    if (precision.update().compensates()) {
                        comparison.compareAll("compensation/", i, trainer.compensation(), trainer);
                    }
                    assertEquals(reference.losses()[i], trainer.loss(), run + ": loss of step " + (i + 1));
                }
            }
            assertEquals(reference.tensors(), comparison.compared.size() + 2, "tensors, with corpus and loss");
        }
    }

    private Batches batches(ReferenceRun reference) throws IOException {
        Path text = Files.write(folder.resolve("corpus"), reference.corpus());
        Corpus corpus = new CorpusLoader(new CorpusCache(folder))
                .load(
                        new CorpusConfig(text.toString(), Preparation.NONE, false),
                        reference.model().vocabulary());
        return new Batches(
                corpus, reference.model().context(), reference.training().batch(), reference.seed());
    }

    @Test
    void someStepsOfTheReferenceAreClippedAndSomeAreNot() throws IOException {
        Set<Boolean> clipped = new HashSet<>();
        for (String name : CASES) {
            try (ReferenceRun reference = new ReferenceRun(name)) {
                for (int row = 0; row < STEPS; row++) {
                    clipped.add(reference.row("clip_coefficient", row)[0] < 1);
                }
            }
        }
        assertEquals(Set.of(true, false), clipped);
    }

    @Test
    @Tag("long")
    void theProgramMakesTheReference() throws IOException, InterruptedException {
        assumeTrue(exitCode("-c", "import numpy") == 0, "python3 with numpy is not here");
        Path second = Path.of("..", "python", "second");
        assertEquals(0, exitCode("-B", second.resolve("check.py").toString()), "check.py, as printed above");
        assertEquals(
                0,
                exitCode("-B", second.resolve("reference.py").toString(), "bf16-fused", "crossed"),
                "reference.py, as printed above");
    }

    /** That of python3; 1 also if there is none. */
    private static int exitCode(String... arguments) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("python3"));
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().transferTo(System.out);
            return process.waitFor();
        } catch (IOException e) {
            return 1;
        }
    }

    /** Compares what a run holds with the reference, at every instant at which it changes. */
    private static final class Comparison implements StepListener {
        private final ReferenceRun reference;
        private final String run;
        private final Set<String> compared = new HashSet<>();

        Comparison(ReferenceRun reference, String run) {
            this.reference = reference;
            this.run = run;
        }

        @Override
        public void initial(TrainingState state) {
            compareAll("parameter/", 0, state.parameters(), state);
        }

        @Override
        public void afterUpdate(TrainingState state) {
            int row = state.stepNumber() - 1;
            compare("logits", row, state.logits(), 0);
            compareAll("gradient/", row, state.gradients(), state);
            compare("gradient_norm", row, new float[] {(float) state.gradientNorm()}, 0);
            compare("clip_coefficient", row, new float[] {(float) state.clipCoefficient()}, 0);
            if (reference.training().optimizer().hasMoments()) {
                compareAll("exp_avg/", row, state.expAvg(), state);
                compareAll("exp_avg_sq/", row, state.expAvgSq(), state);
            }
            compareAll("parameter/", row + 1, state.parameters(), state);
        }

        private void compareAll(String what, int row, float[] actual, TrainingState state) {
            for (ParameterTensor tensor : state.layout().tensors()) {
                compare(what + tensor.name(), row, actual, tensor.at());
            }
        }

        private void compare(String tensor, int row, float[] actual, int at) {
            compared.add(tensor);
            float[] expected = reference.row(tensor, row);
            for (int i = 0; i < expected.length; i++) {
                if (Float.floatToRawIntBits(expected[i]) != Float.floatToRawIntBits(actual[at + i])) {
                    fail("%s: %s[%d] differs first at element %d: %s (%a) in the reference, %s (%a) here"
                            .formatted(run, tensor, row, i, expected[i], expected[i], actual[at + i], actual[at + i]));
                }
            }
        }
    }
}
