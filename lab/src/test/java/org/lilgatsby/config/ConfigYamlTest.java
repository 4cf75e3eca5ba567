package org.lilgatsby.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.lilgatsby.bf16.Precision;
import org.lilgatsby.corpus.TokenSource;
import org.lilgatsby.files.Sha256;
import org.lilgatsby.model.InitializationConfig;
import org.lilgatsby.model.Normal;
import org.lilgatsby.model.Snowball;
import org.lilgatsby.recording.Constants;
import org.lilgatsby.recording.Observables;
import org.lilgatsby.recording.RecordedTensor;
import org.lilgatsby.settings.SettingException;
import org.lilgatsby.training.Optimizer;
import org.lilgatsby.training.PerturbationConfig;
import tools.jackson.dataformat.yaml.YAMLMapper;

class ConfigYamlTest {
    private static final String HEAD = "name: mine\ntitle: Mine\n";

    @ParameterizedTest
    @MethodSource("org.lilgatsby.config.BuiltIn#names")
    void readsBackWhatItPrints(String name) {
        ExperimentConfig config = BuiltIn.load(name, List.of());
        String printed = ConfigYaml.toYaml(config);
        assertEquals(config, ConfigYaml.parse(printed, "printed", List.of()));
        assertTrue(
                printed.lines().allMatch(line -> line.contains("  # ") || line.endsWith(":")),
                () -> "a value without a reason in\n" + printed);
    }

    /** Keys of runs are made from the tree, so it has to be the one that a reader of the text gets. */
    @Test
    void theTreeIsThatOfTheText() {
        YAMLMapper reader = new YAMLMapper();
        List<List<String>> changes = List.of(
                List.of(),
                List.of(
                        "seed=4294967295",
                        "training.learning_rate=1e-30",
                        "training.clip=1000000",
                        "title='a \"b\": # c'"),
                List.of("perturbation.sigma=0.5", "perturbation.every=3", "training.weight_decay=123.25"),
                List.of("corpus.source='/a: b'", "training.horizon=20000", "initialization.scale=1000000"),
                List.of("training.learning_rate=0", "recording.constants=[]"),
                List.of("training.decayed=['*.bias', transformer.wte.weight, 'transformer.h.*']"));
        for (String name : BuiltIn.names()) {
            for (List<String> change : changes) {
                ExperimentConfig config = BuiltIn.load(name, change);
                assertEquals(
                        reader.readTree(ConfigYaml.toYaml(config)).toString(),
                        ConfigYaml.toJson(config).toString());
            }
        }
    }

    @Test
    void takesTheRestFromTheDefaults() {
        ExperimentConfig config = parse(HEAD + "training:\n  steps: 7\n");
        assertEquals(7, config.training().steps());
        assertEquals(32, config.training().batch());
        assertEquals("none", config.conclusion());
        assertEquals(42, config.seed());
    }

    @Test
    void overridesReplaceTheFile() {
        ExperimentConfig config = parse(HEAD + "training:\n  steps: 7\n  batch: 8\n", "training.steps=9", "seed=0");
        assertEquals(9, config.training().steps());
        assertEquals(8, config.training().batch());
        assertEquals(0, config.seed());
    }

    @Test
    void theMlpFollowsTheWidthAndIsPrintedOnlyIfItIsNotTheUsualOne() {
        assertEquals(128, parse(HEAD, "model.width=32").model().ffn());
        assertEquals(64, parse(HEAD, "model.ffn=2x", "model.width=32").model().ffn());
        ExperimentConfig plain = parse(HEAD, "model.ffn=256", "model.activation=gelu_new", "model.biases=true");
        assertEquals(ConfigYaml.toYaml(parse(HEAD)), ConfigYaml.toYaml(plain));
        String other = ConfigYaml.toYaml(parse(HEAD, "model.ffn=3x", "model.activation=gelu", "model.biases=false"));
        for (String line : List.of("  activation: gelu ", "  ffn: 192 ", "  biases: false ")) {
            assertTrue(other.contains("\n" + line), other);
        }
    }

    @Test
    void theFileOfWIsHashedUnlessItsHashIsGivenAndIsForgottenWithTheMode(@TempDir Path folder) throws IOException {
        Path w = Files.writeString(folder.resolve("w.npy"), "W");
        String file = "initialization: {mode: file, file: '%s'}\n".formatted(w);
        ExperimentConfig config = parse(HEAD + file);
        assertEquals(Sha256.of(w), config.initialization().file().orElseThrow().sha256());
        String printed = ConfigYaml.toYaml(config);
        Files.delete(w);
        assertEquals(config, ConfigYaml.parse(printed, "printed", List.of()), "the file is not read again");
        Path other = Files.writeString(folder.resolve("v.npy"), "V");
        ExperimentConfig moved = ConfigYaml.parse(printed, "printed", List.of("initialization.file=" + other));
        assertEquals(
                Sha256.of(other), moved.initialization().file().orElseThrow().sha256());
        ExperimentConfig drawn = ConfigYaml.parse(printed, "printed", List.of("initialization.mode=normal"));
        assertTrue(drawn.initialization().file().isEmpty());
        SettingException missing = assertThrows(SettingException.class, () -> parse(HEAD + file));
        assertTrue(missing.getMessage().endsWith("there is no such file"), missing.getMessage());
    }

    @Test
    void theKeyHoldsTheHashOfTheFileOfWButNotItsPlace() {
        String hash = "0f".repeat(32);
        ExperimentConfig here = parse(HEAD + "initialization: {mode: file, file: a.npy, sha256: " + hash + "}\n");
        ExperimentConfig there = parse(HEAD + "initialization: {mode: file, file: b.npy, sha256: " + hash + "}\n");
        ExperimentConfig other =
                parse(HEAD + "initialization: {mode: file, file: a.npy, sha256: 1" + hash.substring(1) + "}\n");
        assertEquals(RunKey.of(here, "", 1), RunKey.of(there, "", 1));
        assertEquals(ResultKey.of(here, "", 1), ResultKey.of(there, "", 1));
        assertNotEquals(RunKey.of(here, "", 1), RunKey.of(other, "", 1));
        assertNotEquals(ResultKey.of(here, "", 1), ResultKey.of(other, "", 1));
    }

    @Test
    void aNewModeBringsItsOwnScaleAndSigma() {
        ExperimentConfig config = BuiltIn.load("primordial-snowball", List.of("initialization.mode=normal"));
        assertEquals(new InitializationConfig(new Normal(), 0.02, 0), config.initialization());
    }

    @Test
    void theSameModeKeepsScaleAndSigma() {
        ExperimentConfig config =
                parse(HEAD + "initialization: {mode: snowball, sigma: 0.5}\n", "initialization.mode=snowball");
        assertEquals(new InitializationConfig(new Snowball(), 1, 0.5), config.initialization());
    }

    @Test
    void theOrderOfOverridesDoesNotMatter() {
        InitializationConfig expected = new InitializationConfig(new Snowball(), 1, 0.5);
        String mode = "initialization.mode=snowball";
        String sigma = "initialization.sigma=.5";
        assertEquals(expected, parse(HEAD, mode, sigma).initialization());
        assertEquals(expected, parse(HEAD, sigma, mode).initialization());
    }

    @Test
    void aFilesTensorsReplaceTheDefaults() {
        ExperimentConfig config = parse(HEAD + "recording:\n  tensors:\n    g: {observe: grads, format: f32}\n");
        assertEquals(
                List.of(new RecordedTensor("g", Observables.GRADS, Precision.F32)),
                config.recording().tensors());
    }

    @Test
    void anOverrideChangesOrAddsATensor() {
        ExperimentConfig config = parse(
                HEAD, "recording.tensors.embeddings.format=f32", "recording.tensors.g={observe: grads, format: bf16}");
        assertEquals(
                List.of(
                        new RecordedTensor("embeddings", Observables.EMBEDDINGS, Precision.F32),
                        new RecordedTensor("g", Observables.GRADS, Precision.BF16)),
                config.recording().tensors());
    }

    @Test
    void anOverrideOfAllTensorsReplacesThem() {
        ExperimentConfig config = parse(HEAD, "recording.tensors={l: {observe: losses, format: f32}}");
        assertEquals(
                List.of(new RecordedTensor("l", Observables.LOSSES, Precision.F32)),
                config.recording().tensors());
    }

    @Test
    void whereIdsComeFromReplacesWhatTheExperimentSays() {
        ExperimentConfig named =
                BuiltIn.load("goldilocks", List.of("corpus.source=book.txt", "corpus.tokenizer=t.json"));
        assertEquals(
                new TokenSource.Encoded(new TokenSource.TokenizerChoice.Named("t.json"), null, null),
                named.corpus().tokens());
        ExperimentConfig files = BuiltIn.load("goldilocks", List.of("corpus.tokens=a.bin", "corpus.tokenizer=t.json"));
        assertEquals(
                new TokenSource.Files(List.of("a.bin"), null, null, "t.json", null),
                files.corpus().tokens());
        String tokenizer = HEAD + "corpus: {source: book.txt, tokenizer: t.json}\n";
        assertInstanceOf(
                TokenSource.TokenizerChoice.Trained.class,
                ((TokenSource.Encoded) parse(tokenizer, "corpus.train.vocabulary=300")
                                .corpus()
                                .tokens())
                        .tokenizer());
        SettingException both = assertThrows(
                SettingException.class,
                () -> parse(tokenizer, "corpus.tokenizer=t.json", "corpus.train.vocabulary=300"));
        assertTrue(both.getMessage().endsWith("leave one of them out"), both.getMessage());
    }

    @Test
    void idsAndFilesAreATextOrAList() {
        String dead = "corpus.dead='5, 900-1023'";
        ExperimentConfig text = BuiltIn.load("float32-edition", List.of("corpus.tokens=a.bin", dead));
        ExperimentConfig list =
                BuiltIn.load("float32-edition", List.of("corpus.tokens=[a.bin]", "corpus.dead=[5, 900-1023]"));
        assertEquals(text, list);
        assertEquals(ConfigYaml.toYaml(text), ConfigYaml.toYaml(list), "one way to write it");
        ExperimentConfig several = BuiltIn.load("float32-edition", List.of("corpus.tokens=['b, c.bin', a.bin]"));
        assertEquals(several, ConfigYaml.parse(ConfigYaml.toYaml(several), "printed", List.of()));
        ExperimentConfig one = BuiltIn.load("float32-edition", List.of("corpus.tokens='b, c.bin'"));
        assertEquals(RunKey.of(one, "", 1), RunKey.of(several, "", 1), "the ids decide, not their files");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "steps=5 | unknown key steps; did you mean training.steps?",
                "training.stpes=5 | unknown key training.stpes; did you mean training.steps?",
                "trainig={} | unknown key trainig; did you mean training?",
                "recording.tensors.g.formt=bf16 | unknown key recording.tensors.g.formt; did you mean "
                        + "recording.tensors.g.format?",
                "training.steps=-1 | training.steps is -1; allowed are whole numbers from 0 to 1000000000",
                "training.steps=1e3 | training.steps must be a whole number, but is \"1e3\"",
                "training.steps=0x10 | training.steps must be a whole number, but is \"0x10\"",
                "training.steps=[5] | training.steps must be a whole number, but is a list",
                "corpus.dead={a: 5} | corpus.dead must be text such as \"5, 900-1023\", but is a group of settings",
                "corpus.dead=[5, [7]] | corpus.dead must be a list such as [\"5, 900-1023\"], but is a list",
                "corpus.dead=[] | corpus.dead is blank; name ids such as \"5, 900-1023\" or a file, or null",
                "corpus.tokens=[] | corpus.tokens is blank; name files of token ids, or null",
                "corpus.tokens=[a.bin, ''] | corpus.tokens is blank; name files of token ids, or null",
                "training.steps=null | training.steps must be a whole number, but is null",
                "training.steps=99999999999 | training.steps must be a whole number of at most 2147483647, but "
                        + "is \"99999999999\"",
                "training.clip=.inf | training.clip must be a number, but is \".inf\"",
                "training.clip=1e999 | training.clip is Infinity; allowed are numbers from 0 to 1000000000",
                "training.beta2=1 | training.beta2 is 1; allowed are numbers from 0 to below 1",
                "training=5 | training is a group of settings, but here it is \"5\"",
                "training.steps= | the value is missing; write null for no value",
                "model.tied=yes | model.tied must be true or false, but is \"yes\"",
                "seed=4294967296 | seed must be a whole number of at most 4294967295, but is \"4294967296\"",
                "seed=-1 | seed is -1; allowed are whole numbers from 0 to 4294967295",
                "corpus.source='' | corpus.source is blank; name a file, or null for the synthetic corpus",
                "name=../up | name is \"../up\"; allowed are lower-case letters, digits and hyphens, at most "
                        + "64, the first not a hyphen",
                "recording.constants=dead_token_ids | recording.constants must be a list such as "
                        + "[dead_token_ids, init_sigma], but is \"dead_token_ids\"",
                "recording.steps=often | recording.steps is \"often\"; allowed are every, geometric, a list such as "
                        + "[1, 10]",
                "recording.steps=[1, x] | recording.steps must be a list of whole numbers, but is a list",
                "recording.tokens=some | recording.tokens is some; allowed are all, dead, live, random N, random N "
                        + "seed S, or a list of ids and ranges such as [7, 20-31]",
                "recording.tokens=[1, 2:3] | recording.tokens names 2:3; allowed are ids and ranges of ids, such as 7 "
                        + "and 7-20",
                "recording.tokens=[128] | recording.tokens names token 128, but model.vocabulary is 128",
                "recording.constants=[sigma, sigma] | recording.constants names sigma, which the recording "
                        + "holds already",
                "model.ffn=0 | model.ffn is 0; allowed are whole numbers from 1 to 262144",
                "model.ffn=9999999999x | model.ffn must be a number of hidden units, or a multiple of the width such"
                        + " as 4x, but is \"9999999999x\"",
                "model.ffn=999999x | model.ffn is 63999936; allowed are whole numbers from 1 to 262144",
                "model.activation=relu | model.activation is \"relu\"; allowed are gelu_new, gelu",
                "initialization.blocks=xavier | initialization.blocks is \"xavier\"; allowed are gpt2, encoder-layers,"
                        + " cloned-encoder-layers",
                "initialization.mode=file | initialization.mode is file, but initialization.file is missing: the"
                        + " safetensors or .npy file with W",
                "initialization.tensor=w | initialization.tensor is given, but initialization.file is not",
                "perturbation.sigma=-1 | perturbation.sigma is -1; allowed are numbers from 0 to 1000000",
                "perturbation.every=0 | perturbation.every is 0; allowed are whole numbers from 1 to 1000000000",
                "perturbation.tensors=[] | perturbation.tensors is empty; name a parameter, or set "
                        + "perturbation.sigma to 0",
                "perturbation.tensors=wte | perturbation.tensors must be a list such as "
                        + "[transformer.wte.weight], but is \"wte\"",
                "perturbation.tensors=[a, a] | perturbation.tensors names a twice",
                "recording.tensors={} | recording.tensors is a group of settings, but here it is empty",
                "recording.tensors.1x={observe: grads, format: f32} | recording.tensors names a tensor \"1x\"; "
                        + "allowed are a letter, then letters, digits and underscores, at most 64 in all",
                "steps | expected key.path=value, such as training.steps=100"
            })
    void anOverrideThatCannotBeUsedSaysWhy(String override, String problem) {
        SettingException e = assertThrows(SettingException.class, () -> parse(HEAD, override));
        assertEquals("--set " + override + ": " + problem, e.getMessage());
    }

    @Test
    void anUnknownNameIsAnsweredWithThoseThereAre() {
        assertTrue(Optimizer.catalog().names().containsAll(List.of("adamw", "sgd")));
        assertUnknown("training.optimizer", "adam", "adam", Optimizer.catalog().names());
        assertTrue(Constants.ALL.names().containsAll(List.of("dead_token_ids", "init_sigma")));
        assertUnknown("recording.constants", "[sgima]", "sgima", Constants.ALL.names());
    }

    private static void assertUnknown(String key, String value, String name, List<String> allowed) {
        String override = key + "=" + value;
        SettingException e = assertThrows(SettingException.class, () -> parse(HEAD, override));
        assertEquals(
                "--set %s: %s is \"%s\"; allowed are %s".formatted(override, key, name, String.join(", ", allowed)),
                e.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "f.yaml, f",
        "runs/My Run (2).yaml, my-run-2",
        "a/b.yml, b",
        "4-heads.yaml, 4-heads",
        "42.yaml, experiment",
        "---.yaml, experiment",
        "f, f"
    })
    void aFileThatSaysOnlyWhatItChangesIsEnough(String file, String name) {
        ExperimentConfig config = ConfigYaml.parse("training: {steps: 5}", file, List.of());
        assertEquals(
                List.of(name, name, 5),
                List.of(config.name(), config.title(), config.training().steps()));
        assertEquals(config, ConfigYaml.parse(ConfigYaml.toYaml(config), "config.yaml", List.of()));
    }

    @Test
    void theScheduleRunsOverAllStepsUnlessAHorizonIsGiven() {
        ExperimentConfig plain = parse(HEAD, "training.steps=100");
        assertEquals(100, plain.training().horizon());
        assertFalse(ConfigYaml.toYaml(plain).contains("horizon"));
        assertEquals(plain, parse(HEAD, "training.steps=100", "training.horizon=100"));
        ExperimentConfig beginning = parse(HEAD, "training.steps=100", "training.horizon=400");
        assertEquals(beginning, parse(ConfigYaml.toYaml(beginning)));
        assertEquals(1e-3 * (1 - 99 / 400.0), beginning.training().learningRateOf(100));
        assertNotEquals(RunKey.of(plain, "", 1), RunKey.of(beginning, "", 1));
        assertEquals(
                "training.horizon is none, not 400",
                ConfigDifference.first(plain, beginning).orElseThrow());
        assertEquals(
                "--set training.horizon=99: training.horizon is 99, but training.steps is 100; a schedule does not end "
                        + "before its run: set it to 100 or more, or leave it out",
                assertThrows(SettingException.class, () -> parse(HEAD, "training.steps=100", "training.horizon=99"))
                        .getMessage());
    }

    @Test
    void aRunWithoutNoiseDoesNotSpeakOfIt() {
        ExperimentConfig plain = parse(HEAD);
        ExperimentConfig off = parse(HEAD + "perturbation: {sigma: 0, every: 5, tensors: [transformer.wpe.weight]}\n");
        assertEquals(plain, off);
        assertEquals(PerturbationConfig.none(), plain.perturbation());
        assertFalse(ConfigYaml.toYaml(plain).contains("perturbation"));
    }

    @Test
    void noiseIsPrintedAndReadBackAndChangesTheKey() {
        ExperimentConfig noisy = parse(HEAD, "perturbation.sigma=1e-6", "perturbation.every=2");
        assertEquals(new PerturbationConfig(1e-6, 2, List.of("transformer.wte.weight")), noisy.perturbation());
        String printed = ConfigYaml.toYaml(noisy);
        assertTrue(printed.contains("perturbation:\n  sigma: 1.0e-6"), printed);
        assertEquals(noisy, parse(printed));
        ExperimentConfig plain = parse(HEAD);
        assertNotEquals(RunKey.of(plain, "", 1), RunKey.of(noisy, "", 1));
        assertEquals(
                "perturbation is none, not {\"sigma\":1.0E-6,\"every\":2,\"tensors\":[\"transformer.wte.weight\"]}",
                ConfigDifference.first(plain, noisy).orElseThrow());
    }

    @Test
    void anOverrideIsGivenOnce() {
        SettingException e = assertThrows(SettingException.class, () -> parse(HEAD, "seed=1", "seed=2"));
        assertEquals("--set seed=2: seed is set twice", e.getMessage());
    }

    static Stream<Arguments> unusableFiles() {
        return Stream.of(
                Arguments.of("", "f.yaml: expected settings, one per line, but found nothing"),
                Arguments.of("- 1", "f.yaml: expected settings, one per line, but found a list"),
                Arguments.of(HEAD + "sed: 5", "f.yaml line 3: unknown key sed; did you mean seed?"),
                Arguments.of(HEAD + "seed: 5\nseed: 6", "f.yaml line 4: seed is given twice, first on line 3"),
                Arguments.of(
                        HEAD + "model: {width: 8}\n\nmodel: {heads: 1}",
                        "f.yaml line 5: model is given twice, first on line 3"),
                Arguments.of(
                        HEAD + "training:\n", "f.yaml line 3: training is a group of settings, but here it is null"),
                Arguments.of(
                        HEAD + "training.steps: 5",
                        "f.yaml line 3: \"training.steps\" is not a key; keys are letters, digits, underscores "
                                + "and hyphens, "
                                + "one group inside the other"),
                Arguments.of(HEAD + "model: {width: 65}", "model.heads is 2, which does not divide model.width, 65"),
                Arguments.of(
                        HEAD
                                + "training: {optimizer: sgd}\nrecording: {tensors: {m: {observe: momentum, "
                                + "format: bf16}}}",
                        "recording.tensors.m observes momentum, but training.optimizer sgd has no moments"),
                Arguments.of(
                        HEAD + "perturbation: {sigma: 1, tensors: [transformer.wte]}",
                        "f.yaml line 3: perturbation.tensors names \"transformer.wte\", which is no parameter of the "
                                + "model; did you mean transformer.wte.weight?"),
                Arguments.of(
                        HEAD + "recording: {constants: [bh_center]}",
                        "recording.constants holds bh_center, but initialization.mode normal has no common vector"),
                Arguments.of(
                        HEAD + "recording: {constants: [dead_token_ids], layout: per-step}",
                        "recording.constants is [recorded_steps, dead_token_ids], but with layout per-step no "
                                + "file holds more than recorded_steps and recorded_tokens; use layout stream, or "
                                + "[]"),
                Arguments.of(
                        HEAD + "recording: {layout: per-step}\ntraining: {steps: 10000000}",
                        "training.steps is 10000000, but with recording.layout per-step the files are numbered "
                                + "to 9999999; "
                                + "use layout stream"),
                Arguments.of(
                        HEAD + "initialization: {mode: singular, sigma: 1.0e-5}",
                        "f.yaml line 3: initialization.sigma is 1.0e-5, but mode singular adds no noise; set it to 0, "
                                + "or use mode snowball, unit-noise, bf16-native or unit-bf16-native"),
                Arguments.of(
                        "a: &a [x]\nb: [*a, *a]",
                        "f.yaml line 1: anchors and aliases (& and *) are not supported in configurations; "
                                + "write the value out"),
                Arguments.of(
                        HEAD + "seed: !!int 5",
                        "f.yaml line 3: tags (!) are not supported in configurations; write the value alone"),
                Arguments.of(
                        HEAD + "recording: {tensors: {../x: {observe: grads, format: f32}}}",
                        "f.yaml line 3: \"../x\" is not a key; keys are letters, digits, underscores and hyphens, "
                                + "one group inside the other"),
                Arguments.of(
                        HEAD + "---\nname: other",
                        "f.yaml line 4: a second document begins here; a configuration is one document"),
                Arguments.of(
                        HEAD + "\tseed: 5",
                        "f.yaml: this is not readable as YAML: while scanning for the next token found "
                                + "character '\\t(TAB)' that "
                                + "cannot start any token. (Do not use \\t(TAB) for indentation) in reader, "
                                + "line 3, column 1"));
    }

    @ParameterizedTest
    @MethodSource("unusableFiles")
    void aFileThatCannotBeUsedSaysWhyAndWhere(String yaml, String message) {
        SettingException e = assertThrows(SettingException.class, () -> parse(yaml));
        assertEquals(message, e.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"[, 30000", "{, 30000", "'? ', 20000", "'- ', 20000", "'a: ', 20000", "&a , 20000", "'{a: ', 10000"})
    void refusesDeepNesting(String piece, int times) {
        assertThrows(SettingException.class, () -> parse(piece.repeat(times)));
    }

    @Test
    void showsControlCharactersOfAnInputAsQuestionMarks() {
        SettingException e = assertThrows(SettingException.class, () -> parse(HEAD + "seed: \"\\e[31m\""));
        assertEquals("f.yaml line 3: seed must be a whole number, but is \"?[31m\"", e.getMessage());
    }

    @Test
    void readsAFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("mine.yaml"), HEAD);
        assertEquals("mine", ConfigYaml.read(file, List.of()).name());
    }

    @Test
    void aTensorNeedsNoMoreThanItsName() {
        assertEquals(
                List.of(
                        new RecordedTensor("embeddings", Observables.EMBEDDINGS, Precision.BF16),
                        new RecordedTensor("g", Observables.GRADS, Precision.F32),
                        new RecordedTensor("deltas", Observables.DELTAS, Precision.F32)),
                parse(HEAD + "precision: {gradients: f32}\nrecording: {tensors: {embeddings: {format: bf16}, "
                                + "g: {observe: grads}, deltas: {observe: deltas}}}")
                        .recording()
                        .tensors());
        SettingException e =
                assertThrows(SettingException.class, () -> parse(HEAD + "recording: {tensors: {g: {format: f32}}}"));
        assertEquals("recording.tensors.g.observe is missing and has no default", e.getMessage());
    }

    @Test
    void whatIsRecordedByDefaultFollowsTheFormatOfTheRun() {
        assertEquals(
                Precision.F32,
                parse(HEAD + "precision: {parameters: f32}")
                        .recording()
                        .tensors()
                        .getFirst()
                        .format());
    }

    @Test
    void refusesHalfOfASurrogatePairWhereverItStands() {
        for (int before = 0; before < 1_100; before++) {
            String yaml = "# " + "x".repeat(before) + "\n# \ud83d\ude00 \ud800\ud800";
            SettingException e = assertThrows(SettingException.class, () -> parse(yaml));
            assertEquals("f.yaml line 2: U+D800 is half of a surrogate pair, no character", e.getMessage());
        }
    }

    @Test
    void refusesAFileThatIsTooLarge(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("mine.yaml"), "#".repeat(65_537));
        SettingException e = assertThrows(SettingException.class, () -> ConfigYaml.read(file, List.of()));
        assertEquals(file + ": a configuration has at most 65536 bytes; this one has more", e.getMessage());
    }

    @Test
    void refusesAFileThatIsNotText(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("mine.yaml"), "title: caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));
        SettingException e = assertThrows(SettingException.class, () -> ConfigYaml.read(file, List.of()));
        assertEquals(file + ": this is not UTF-8 text", e.getMessage());
    }

    private static ExperimentConfig parse(String yaml, String... overrides) {
        return ConfigYaml.parse(yaml, "f.yaml", List.of(overrides));
    }
}
