package org.lilgatsby.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lilgatsby.experiment.SmallRun.row;
import static org.lilgatsby.experiment.SmallRun.rows;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.lilgatsby.config.BuiltIn;
import org.lilgatsby.experiment.Verdict.Prediction;

/** A run whose configuration is not its experiment's says so, and is not taken for it. */
class ChangedExperimentTest {
    private static final float[][] POINT = rows(row(1, 1), row(1, 1), row(1, 1), row(1, 1));
    private static final float[][] END = rows(row(2, 1), row(1, 3), row(1, 1), row(1, 1));

    private static SmallRun run(String experiment, String... overrides) {
        int steps = BuiltIn.load(experiment, List.of(overrides)).training().steps();
        return SmallRun.at(experiment, new int[] {0, steps}, POINT, END)
                .asItComes()
                .set(overrides)
                .gradients(POINT, END);
    }

    private static Verdict verdict(String experiment, String... overrides) {
        return run(experiment, overrides).findings().verdict();
    }

    static Stream<String> experiments() {
        return BuiltIn.names().stream();
    }

    static Stream<String> ofNotebooks() {
        return experiments().limit(5);
    }

    @ParameterizedTest
    @MethodSource("ofNotebooks")
    void anExperimentAsItComesIsCompared(String experiment) {
        Findings findings = run(experiment).findings();

        assertEquals(List.of(), findings.verdict().changed());
        assertFalse(findings.verdict().missing());
        assertTrue(findings.published().isPresent());
    }

    /** What decides no figure, and what a repetition may choose: its seed and its text. */
    @ParameterizedTest
    @MethodSource("experiments")
    void seedTextAndRecordingChangeNoExperiment(String experiment) {
        Findings findings = run(
                        experiment,
                        "seed=7",
                        "name=mine",
                        "title=Mine",
                        "corpus.source=book.txt",
                        "recording.every=10",
                        "training.log_every=50")
                .findings();

        assertEquals(List.of(), findings.verdict().changed());
        assertEquals(
                ofNotebooks().anyMatch(experiment::equals), findings.published().isPresent());
    }

    @Test
    void everyChangeIsNamedWithBothValues() {
        Findings findings = run(
                        "float32-edition",
                        "training.optimizer=sgd",
                        "training.steps=300",
                        "training.learning_rate=0.002",
                        "model.tied=false",
                        "seed=7")
                .findings();

        assertEquals(
                List.of(
                        "model.tied is false, not true",
                        "training.steps is 300, not 1,000",
                        "training.optimizer is sgd, not adamw",
                        "training.learning_rate is 0.002, not 0.001"),
                findings.verdict().changed());
        assertEquals(Optional.empty(), findings.published());
    }

    /** The learning rate falls to zero at the last step, so that no step is that of a longer run. */
    @Test
    void aShortenedRunIsJudgedButNotCompared() {
        Findings findings = run("instrumented", "training.steps=300").findings();

        assertEquals(
                List.of("training.steps is 300, not 10,000"), findings.verdict().changed());
        assertEquals(Optional.of(true), findings.verdict().supported());
        assertEquals(
                "holds: some dead token has a gradient that is not zero "
                        + "(largest L2 norm 1.414214e+00, token 2 at step 300)",
                findings.verdict().because());
        assertEquals(Optional.empty(), findings.published());
    }

    @Test
    void theConclusionSaysWhichExperimentARunIsComparedWith() {
        Findings findings = run("instrumented", "conclusion=float32-edition", "training.steps=1000")
                .findings();

        assertEquals(List.of(), findings.verdict().changed());
    }

    @Test
    void aConfigurationWithoutConclusionIsNoChangedExperiment() {
        assertEquals(
                List.of(),
                verdict("instrumented", "conclusion=none", "training.optimizer=sgd")
                        .changed());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "float32-edition | training.optimizer=sgd | training.optimizer adamw, but it is sgd",
                "float32-edition | precision.parameters=f32 | precision.parameters bf16, but it is f32",
                "float32-edition | model.tied=false | model.tied true, but it is false",
                "float32-edition | initialization.sigma=0 | initialization.sigma above 0, but it is 0",
                "float32-edition | initialization.mode=bf16-native "
                        + "| initialization.mode unit-noise or snowball, but it is bf16-native",
                "primordial-snowball | training.optimizer=sgd | training.optimizer adamw, but it is sgd",
                "primordial-snowball | initialization.sigma=0 | initialization.sigma above 0, but it is 0",
                "primordial-snowball | precision.parameters=f32 | precision.parameters bf16, but it is f32",
                "primordial-snowball | training.learning_rate=0 | training.learning_rate above 0, but it is 0",
                "embedding-evolution | training.optimizer=sgd | training.optimizer adamw, but it is sgd",
                "embedding-evolution | model.tied=false | model.tied true, but it is false",
                "instrumented | model.tied=false | model.tied true, but it is false",
                "supermassive-black-hole | initialization.sigma=0.001 | initialization.sigma 0, but it is 0.001",
                "supermassive-black-hole | model.tied=false | model.tied true, but it is false"
            })
    void aHypothesisIsNotJudgedByARunThatContradictsIt(String experiment, String setting, String why) {
        Verdict verdict = setting.endsWith("bf16-native")
                ? verdict(experiment, setting, "initialization.sigma=1e-3")
                : verdict(experiment, setting);

        assertTrue(verdict.missing(), verdict.because());
        assertEquals(Optional.empty(), verdict.supported());
        assertEquals("the hypothesis presupposes " + why, verdict.because());
    }

    /** Dead rows get their gradients from the tied head, whatever the optimizer then makes of them. */
    @Test
    void gradientsOfDeadTokensAreJudgedUnderAnyOptimizer() {
        assertEquals(
                Optional.of(true),
                verdict("instrumented", "training.optimizer=sgd").supported());
    }

    @Test
    void allContradictionsAreNamed() {
        assertEquals(
                "the hypothesis presupposes training.optimizer adamw, but it is sgd; model.tied true, but it is false",
                verdict("float32-edition", "training.optimizer=sgd", "model.tied=false")
                        .because());
    }

    @Test
    void anUnfinishedRunSaysThatFirst() {
        assertEquals(
                "the run is unfinished, at 1 of 1,000 steps",
                SmallRun.of("float32-edition", POINT, END)
                        .asItComes()
                        .set("training.optimizer=sgd")
                        .findings()
                        .verdict()
                        .because());
    }

    @Test
    void theOtherHypothesisIsJudgedByTheSameRule() {
        Findings findings = run("embedding-evolution", "initialization.mode=normal", "training.optimizer=sgd")
                .findings();

        assertEquals(List.<Prediction>of(), findings.verdict().predictions());
        assertTrue(findings.verdict().hypothesis().startsWith("A normal start"));
    }
}
