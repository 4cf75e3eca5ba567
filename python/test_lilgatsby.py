"""Tests of lilgatsby.py: python3 -m unittest discover -s python

Files are made here byte by byte. With LILGATSBY_RUNS naming a folder of real runs, those are read too: .ci/python makes
them.
"""

import json
import os
import struct
import tempfile
import unittest
from pathlib import Path

import numpy as np

import lilgatsby

SIZES = {"BF16": 2, "U16": 2, "F32": 4, "I64": 8, "F64": 8}
SETTINGS = {
    "conclusion": "float32-edition",
    "training": {"steps": 8},
    "recording": {"tensors": {"w": {"observe": "embeddings", "format": "bf16"}}, "every": 2, "layout": "stream"},
}
RUNS = os.environ.get("LILGATSBY_RUNS")


def safetensors(path, metadata, **tensors):
    """Writes a file of tensors given as (dtype, shape, bytes)."""
    header, begin = {}, 0
    if metadata:
        header["__metadata__"] = metadata
    for name, (dtype, shape, data) in tensors.items():
        header[name] = {"dtype": dtype, "shape": list(shape), "data_offsets": [begin, begin + len(data)]}
        begin += len(data)
    text = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(data for _, _, data in tensors.values()))


def metadata(**changes):
    settings = json.loads(json.dumps(SETTINGS))
    settings["recording"].update(changes)
    return {
        "format": "pt", "recording_schema": "1", "configuration": json.dumps(settings),
        "corpus": '{"bytes":9,"sha256":"ab"}', "live_token_ids": "[0,2]", "dead_token_ids": "[1]",
    }


def bits(row):
    """The six bfloat16 of W, [3, 2], in a row: 1.0 and its neighbours, a row 8 cells further each."""
    return np.arange(0x3F80 + 8 * row, 0x3F86 + 8 * row, dtype="<u2")


def stream(folder, written=5, progress=None):
    w = b"".join(bits(row).tobytes() if row < written else bytes(12) for row in range(5))
    steps = np.array([2 * row if row < written else -1 for row in range(5)], "<i8")
    safetensors(
        folder / "recording.safetensors", metadata(), w=("BF16", (5, 3, 2), w),
        recorded_steps=("I64", (5,), steps.tobytes()), sigma=("F32", (), struct.pack("<f", 0.25)))
    if progress is not None:
        (folder / "recording.progress").write_text(f"{progress:010d}\n")


def per_step(folder, written):
    (folder / "steps").mkdir()
    for row in range(written):
        safetensors(
            folder / "steps" / f"step_{2 * row:07d}.safetensors", metadata(layout="per-step"),
            recorded_steps=("I64", (1,), struct.pack("<q", 2 * row)), w=("BF16", (3, 2), bits(row).tobytes()))
    (folder / "recording.progress").write_text(f"{written:010d}\n")


class Folder(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def refused(self, words, action, *arguments):
        with self.assertRaises(lilgatsby.Error) as caught:
            action(*arguments)
        self.assertIn(words, str(caught.exception))


class RecordedBeforeUpdates(Folder):
    def test_the_last_update_leaves_no_row(self):
        for instant, rows in (("before", 4), ("after", 5)):
            safetensors(
                self.folder / "recording.safetensors", metadata(instant=instant),
                w=("BF16", (rows, 3, 2), bytes(12 * rows)),
                recorded_steps=("I64", (rows,), np.arange(0, 2 * rows, 2, dtype="<i8").tobytes()))
            run = lilgatsby.Run(self.folder)
            self.assertEqual(run.planned, rows)
            self.assertTrue(run.complete)
            self.assertEqual(run.steps.tolist(), run.raw("recorded_steps").tolist())


class ChosenRows(Folder):
    def write(self, named_steps, tokens=None, training=8, **recording):
        rows = len(named_steps)
        settings = json.loads(json.dumps(SETTINGS))
        settings["training"]["steps"] = training
        settings["recording"].update(recording)
        named = {} if tokens is None else {
            "recorded_tokens": ("I64", (len(tokens),), np.array(tokens, "<i8").tobytes())}
        height = 3 if tokens is None else len(tokens)
        safetensors(
            self.folder / "recording.safetensors", {**metadata(), "configuration": json.dumps(settings)},
            w=("BF16", (rows, height, 2), np.arange(rows * height * 2, dtype="<u2").tobytes()),
            recorded_steps=("I64", (rows,), np.array(named_steps, "<i8").tobytes()), **named)
        return lilgatsby.Run(self.folder)

    def test_steps_are_those_that_the_configuration_names(self):
        for steps, settings in [
            ([0, 1, 2, 4, 5, 10], {"steps": "geometric", "every": 5, "training": 14}),
            ([0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1000, 2000],
             {"steps": "geometric", "every": 1000, "training": 2000}),
            ([0, 1, 2], {"steps": "geometric", "every": 1000, "training": 3}),
            ([0, 3, 7], {"steps": [3, 7], "every": 1}),
            ([0, 3], {"steps": [0, 3, 8], "every": 1, "instant": "before"}),
            ([0, 2, 4], {"until": 5}),
            ([0, 2, 4, 6, 8], {}),
        ]:
            run = self.write(steps, **settings)
            self.assertEqual(run.steps.tolist(), steps, settings)
            self.assertTrue(run.complete)
            np.testing.assert_array_equal(run.raw("w", step=steps[-1]), run.raw("w")[-1])

    def test_a_step_between_is_refused(self):
        run = self.write([0, 3, 7], steps=[3, 7], every=1)
        self.refused("step 4 is not recorded; recorded are the steps in run.steps, up to 7", run.raw, "w", 4)

    def test_rows_are_of_the_tokens_that_are_named(self):
        run = self.write([0, 2, 4, 6, 8], tokens=[0, 2])
        self.assertEqual(run.tokens.tolist(), [0, 2])
        self.assertEqual(run.raw("w").shape, (5, 2, 2))
        self.assertEqual(self.write([0, 2, 4, 6, 8]).tokens.tolist(), [0, 1, 2])

    def test_checkpoints_that_stay(self):
        run = self.write([0, 2, 4, 6, 8], checkpoints=[4])
        (self.folder / "checkpoints").mkdir()
        safetensors(
            self.folder / "checkpoints" / "step_0000004.safetensors", None,
            parameters=("F32", (1,), struct.pack("<f", 0.5)))
        self.assertEqual(run.checkpoint(4).float32("parameters").tolist(), [0.5])
        self.refused("is missing; the run keeps those of steps 4", run.checkpoint, 5)


class FinishedRun(Folder):
    def setUp(self):
        super().setUp()
        stream(self.folder, progress=5)
        self.run_ = lilgatsby.Run(self.folder)

    def test_names_what_it_holds(self):
        run = self.run_
        self.assertEqual(run.steps.tolist(), [0, 2, 4, 6, 8])
        self.assertEqual(run.tensors["w"], ("BF16", (5, 3, 2)))
        self.assertEqual(run.recorded, ["w", "recorded_steps"])
        self.assertEqual((run.live.tolist(), run.dead.tolist()), ([0, 2], [1]))
        self.assertEqual((run.config["training"]["steps"], run.corpus["sha256"]), (8, "ab"))
        self.assertTrue(run.complete)
        self.assertIn("5 of 5 rows, up to step 8", repr(run))

    def test_bits_are_mapped(self):
        raw = self.run_.raw("w")
        self.assertIsInstance(raw, np.memmap)
        self.assertFalse(raw.flags.writeable)
        self.assertEqual(raw.dtype, np.uint16)
        np.testing.assert_array_equal(raw[3].ravel(), bits(3))
        np.testing.assert_array_equal(self.run_.raw("w", step=6), raw[3])

    def test_float32_is_exact(self):
        w = self.run_.float32("w")
        self.assertEqual(w.dtype, np.float32)
        self.assertEqual(w[0, 0].tolist(), [1.0, 1.0078125])
        np.testing.assert_array_equal(w.view(np.uint32) >> 16, self.run_.raw("w"))

    def test_bfloat16_where_it_is_installed(self):
        try:
            import ml_dtypes
        except ImportError:
            self.refused("needs the package ml_dtypes", self.run_.bfloat16, "w")
            return
        w = self.run_.bfloat16("w")
        self.assertEqual(w.dtype, ml_dtypes.bfloat16)
        np.testing.assert_array_equal(w.astype(np.float32), self.run_.float32("w"))

    def test_what_is_held_once(self):
        self.assertEqual(self.run_.float32("sigma"), np.float32(0.25))
        self.assertEqual(self.run_.raw("sigma").shape, ())
        self.refused("stored once", self.run_.raw, "sigma", 0)
        self.refused("not BF16", self.run_.bfloat16, "sigma")

    def test_what_is_not_there(self):
        self.refused("has no tensor grads; it holds w, recorded_steps, sigma", self.run_.raw, "grads")
        self.refused("step 3 is not recorded; recorded are multiples of 2 up to 8", self.run_.raw, "w", 3)
        self.refused("step 10 is not recorded", self.run_.raw, "w", 10)
        self.refused("step -2 is not recorded", self.run_.raw, "w", -2)
        self.refused("first checkpoint", lambda: self.run_.loss)
        self.assertIsNone(self.run_.report)
        self.assertIsNone(self.run_.manifest)
        self.assertEqual(self.run_.state, "INTERRUPTED")

    def test_figures_and_losses(self):
        (self.folder / "report.json").write_text('{"seed": 42}')
        (self.folder / "manifest.json").write_text('{"state": "COMPLETE"}')
        (self.folder / "checkpoint").mkdir()
        safetensors(
            self.folder / "checkpoint" / "state.safetensors", None,
            loss_steps=("I64", (2,), struct.pack("<2q", 4, 8)), loss_means=("F64", (2,), struct.pack("<2d", 3.5, 3.0)))
        self.assertEqual(self.run_.report, {"seed": 42})
        self.assertEqual(self.run_.state, "COMPLETE")
        steps, means = self.run_.loss
        self.assertEqual((steps.tolist(), means.tolist()), ([4, 8], [3.5, 3.0]))
        (self.folder / "report.json").write_text('{"seed"')
        self.refused("report.json: is not JSON", lambda: self.run_.report)


class GrowingRun(Folder):
    def test_only_complete_rows_are_seen(self):
        stream(self.folder, written=3, progress=2)
        run = lilgatsby.Run(self.folder)
        self.assertEqual(run.steps.tolist(), [0, 2])
        self.assertEqual(run.raw("w").shape, (2, 3, 2))
        self.assertEqual(run.raw("recorded_steps").tolist(), [0, 2])
        self.assertFalse(run.complete)
        self.refused("step 4 is not recorded; recorded are multiples of 2 up to 2", run.raw, "w", 4)
        (self.folder / "recording.progress").write_text("0000000003\n")
        self.assertEqual(run.refresh(), 3)
        np.testing.assert_array_equal(run.raw("w", step=4).ravel(), bits(2))

    def test_the_file_alone_tells_too(self):
        for written in (0, 1, 3, 5):
            stream(self.folder, written=written)
            run = lilgatsby.Run(self.folder)
            self.assertEqual(len(run.steps), written)
            self.assertEqual(run.raw("recorded_steps").tolist(), [2 * row for row in range(written)])
            self.assertEqual(run.complete, written == 5)

    def test_nothing_yet(self):
        self.refused("holds no recording", lilgatsby.Run, self.folder)
        self.refused("no such directory", lilgatsby.Run, self.folder / "typo")
        stream(self.folder, written=0, progress=0)
        run = lilgatsby.Run(self.folder)
        self.assertEqual(run.raw("w").shape, (0, 3, 2))
        self.refused("up to none", run.raw, "w", 0)


class RunPerStep(Folder):
    def test_reads_like_a_stream(self):
        per_step(self.folder, 5)
        run = lilgatsby.Run(self.folder)
        self.assertEqual(run.tensors, {"recorded_steps": ("I64", (5,)), "w": ("BF16", (5, 3, 2))})
        self.assertEqual(run.steps.tolist(), [0, 2, 4, 6, 8])
        self.assertEqual(run.raw("recorded_steps").tolist(), [0, 2, 4, 6, 8])
        self.assertEqual(run.raw("w").shape, (5, 3, 2))
        for row in range(5):
            np.testing.assert_array_equal(run.raw("w")[row].ravel(), bits(row))
            np.testing.assert_array_equal(run.raw("w", step=2 * row).ravel(), bits(row))
        self.assertEqual(run.float32("w", step=0)[0, 1], np.float32(1.0078125))

    def test_grows(self):
        per_step(self.folder, 2)
        run = lilgatsby.Run(self.folder)
        self.assertEqual(run.raw("w").shape, (2, 3, 2))
        self.assertEqual(run.tensors["w"], ("BF16", (5, 3, 2)))
        self.assertFalse(run.complete)


class DamagedFiles(Folder):
    def test_say_what_is_wrong(self):
        path = self.folder / "x.safetensors"
        self.refused("cannot be read", lilgatsby.Safetensors, path)
        for data, words in [
            (b"", "truncated"), (b"1234567", "truncated"), (struct.pack("<Q", 1 << 60), "truncated"),
            (struct.pack("<Q", 9) + b"{}", "truncated"), (struct.pack("<Q", 2) + b"{[", "not JSON"),
            (struct.pack("<Q", 2) + b"[]", "not a JSON object"), (struct.pack("<Q", 2) + b"\xff\xfe", "not JSON"),
            (struct.pack("<Q", 7) + b'{"a":1}', "not that of a safetensors file"),
        ]:
            path.write_bytes(data)
            self.refused(words, lilgatsby.Safetensors, path)
        safetensors(path, None, a=("F32", (2,), bytes(4)))
        self.refused("tensor a does not fit", lilgatsby.Safetensors, path)
        safetensors(path, None, a=("F8_E4M3", (4,), bytes(4)))
        self.refused("F8_E4M3, which NumPy cannot hold", lilgatsby.Safetensors, path)
        safetensors(path, None, a=("F32", (-1, -1), bytes(4)))
        self.refused("tensor a does not fit", lilgatsby.Safetensors, path)
        safetensors(path, None, a=("F32", (0, 3), b""))
        self.assertEqual(lilgatsby.Safetensors(path).raw("a").shape, (0, 3))
        self.refused("there is no tensor b; it holds a", lilgatsby.Safetensors(path).raw, "b")

    def test_of_a_run(self):
        safetensors(self.folder / "recording.safetensors", {"format": "pt"}, w=("BF16", (1,), bytes(2)))
        self.refused("does not describe itself", lilgatsby.Run, self.folder)
        safetensors(self.folder / "recording.safetensors", metadata(), recorded_steps=("I64", (1,), bytes(8)))
        self.refused("tensor w is missing", lilgatsby.Run, self.folder)
        stream(self.folder)
        (self.folder / "recording.progress").write_text("five\n")
        self.refused("instead of ten digits", lilgatsby.Run, self.folder)


RUNS_CSV = '''key,experiment,seed,state,reason,seconds,program,arithmetic,machine,initialization.mode,\
training.clip,final.dead.black_holes,final.loss
k1,e,42,done,,2.5,0.1.0,2,"Linux, new; Java 25",unit-noise,1,3,0.1
k2,e,9223372036854775807,failed,"step 7: loss is ""NaN""",0.25,0.1.0,2,Linux,unit-noise,2,,
k3,e,-1,missing,,,,2,,bf16-native,none,1.0e+308,-4.9e-324
'''
SERIES_CSV = """key,step,group,figure,value
k1,0,dead,black_holes,1
k1,0,live,black_holes,2
k1,5,dead,black_holes,3.5
k3,5,dead,black_holes,-0.0
k3,10,dead,black_holes,7
other,20,dead,loss,1
"""


class Tables(Folder):
    def setUp(self):
        super().setUp()
        (self.folder / "runs.csv").write_text(RUNS_CSV)
        (self.folder / "series.csv").write_text(SERIES_CSV)
        self.sweep = lilgatsby.Sweep(self.folder)

    def test_a_field_a_column(self):
        runs = self.sweep.runs
        self.assertEqual(runs.dtype.names[:3], ("key", "experiment", "seed"))
        self.assertEqual(runs["seed"].dtype, np.int64)
        self.assertEqual(runs["seed"].tolist(), [42, 2**63 - 1, -1])
        self.assertEqual(runs["arithmetic"].dtype, np.int64)
        self.assertEqual(runs["reason"].tolist(), ["", 'step 7: loss is "NaN"', ""])
        self.assertEqual(runs["machine"][0], "Linux, new; Java 25")
        self.assertEqual(runs["training.clip"].tolist(), ["1", "2", "none"])
        np.testing.assert_array_equal(runs["seconds"], [2.5, 0.25, np.nan])
        np.testing.assert_array_equal(runs["final.dead.black_holes"], [3, np.nan, 1e308])
        np.testing.assert_array_equal(runs["final.loss"], [0.1, np.nan, -5e-324])
        self.assertEqual(runs[runs["state"] == "done"]["key"].tolist(), ["k1"])
        self.assertIn("1 of 3 runs done, 13 columns", repr(self.sweep))

    def test_a_figure_over_the_steps(self):
        steps, values = self.sweep.series("dead", "black_holes")
        self.assertEqual((steps.dtype, steps.tolist()), (np.int64, [0, 5, 10]))
        np.testing.assert_array_equal(values, [[1, 3.5, np.nan], [np.nan] * 3, [np.nan, 0, 7]])
        self.assertTrue(np.signbit(values[2, 1]))
        self.assertEqual(self.sweep.groups, {"dead": ["black_holes", "loss"], "live": ["black_holes"]})
        self.refused("no figure size of dead tokens; there are dead: black_holes, loss; live", self.sweep.series,
                     "dead", "size")

    def test_any_table(self):
        series = lilgatsby.table(self.folder / "series.csv")
        self.assertEqual([str(series.dtype[name]) for name in series.dtype.names],
                         ["<U5", "int64", "<U4", "<U11", "float64"])
        (self.folder / "empty.csv").write_text("key,seed,final.x\n")
        self.assertEqual(lilgatsby.table(self.folder / "empty.csv").shape, (0,))

    def test_what_is_no_table_is_refused(self):
        path = self.folder / "runs.csv"
        for words, text in [
            ("first line does not name columns", ""),
            ("first line does not name columns", "key,key\n"),
            ("line 3: has 1 cells, not 2", "key,seed\nk1,1\nk2\n"),
            ("column seed holds something other than a whole number", "key,seed\nk1,\n"),
            ("column seed holds something other than a whole number", f"key,seed\nk1,{2**63}\n"),
            ("not a table of comma-separated values", 'key,seed\nk1,"1"2\n'),
            ("has no column key", "seed\n1\n"),
        ]:
            path.write_text(text)
            self.refused(words, lilgatsby.Sweep, self.folder)
        path.write_bytes(b"key\n\xff\n")
        self.refused("not a table of comma-separated values", lilgatsby.Sweep, self.folder)
        (self.folder / "series.csv").write_text(SERIES_CSV + "k1,15,dead,black_holes,\n")
        self.refused("it is damaged", self.sweep.series, "dead", "black_holes")
        (self.folder / "series.csv").unlink()
        self.refused("cannot be read", self.sweep.series, "dead", "black_holes")
        self.refused("holds no runs.csv", lilgatsby.Sweep, self.folder / "nowhere")


@unittest.skipUnless(RUNS, "LILGATSBY_RUNS names no folder of real runs")
class RealSweeps(unittest.TestCase):
    """What is read here from comma-separated values is what DuckDB reads from Parquet."""

    def test_runs(self):
        sweep = lilgatsby.Sweep(Path(RUNS) / "sweep")
        answer = json.loads((Path(RUNS) / "runs.json").read_text())
        self.assertEqual(len(sweep.runs), 4)
        self.assertEqual(list(answer[0]), list(sweep.runs.dtype.names))
        for name in sweep.runs.dtype.names:
            cells = [np.nan if row[name] is None else row[name] for row in answer]
            np.testing.assert_array_equal(sweep.runs[name], cells, name)

    def test_series(self):
        sweep = lilgatsby.Sweep(Path(RUNS) / "sweep")
        steps, values = sweep.series("dead", "distinct")
        answer = json.loads((Path(RUNS) / "distinct.json").read_text())
        self.assertEqual(steps.tolist(), [0, 1, 2, 3])
        np.testing.assert_array_equal(values, [row["values"] for row in answer])
        np.testing.assert_array_equal(values[:, -1], sweep.runs["final.dead.distinct"])


@unittest.skipUnless(RUNS, "LILGATSBY_RUNS names no folder of real runs")
class RealRuns(unittest.TestCase):
    def test_a_streamed_run(self):
        run = lilgatsby.Run(Path(RUNS) / "stream")
        self.assertEqual((run.state, run.complete, run.steps.tolist()), ("COMPLETE", True, [0, 5, 10]))
        np.testing.assert_array_equal(run.raw("recorded_steps"), run.steps)
        np.testing.assert_array_equal(run.raw("dead_token_ids"), run.dead)
        self.assertEqual(run.manifest["corpus"]["sha256"], run.corpus["sha256"])
        w = run.float32("embedding_history", step=10)
        model = lilgatsby.Safetensors(run.path / "model" / "model.safetensors")
        np.testing.assert_array_equal(w, model.float32("transformer.wte.weight"))
        end = run.report["final"]["dead"]
        _, counts = np.unique(run.raw("embedding_history", step=10)[run.dead], axis=0, return_counts=True)
        self.assertEqual(sorted(counts.tolist(), reverse=True), end["populations"])
        steps, means = run.loss
        self.assertEqual([entry["step"] for entry in run.report["loss"]], steps.tolist())
        self.assertEqual([entry["mean"] for entry in run.report["loss"]], means.tolist())

    def test_a_run_with_one_file_a_step(self):
        run = lilgatsby.Run(Path(RUNS) / "per-step")
        self.assertEqual((run.state, run.steps.tolist()), ("COMPLETE", [0, 1, 2, 3]))
        np.testing.assert_array_equal(run.raw("recorded_steps"), run.steps)
        model = lilgatsby.Safetensors(run.path / "model" / "model.safetensors")
        np.testing.assert_array_equal(run.float32("embeddings")[-1], model.float32("transformer.wte.weight"))

    def test_a_run_that_was_stopped(self):
        run = lilgatsby.Run(Path(RUNS) / "stopped")
        self.assertEqual((run.state, run.complete), ("INTERRUPTED", False))
        self.assertGreater(len(run.steps), 1)
        self.assertEqual(len(run.raw("embedding_history")), len(run.steps))
        np.testing.assert_array_equal(run.raw("recorded_steps"), run.steps)
        written = lilgatsby.Safetensors(run.path / "recording.safetensors").raw("recorded_steps")
        self.assertEqual(written[-1], -1)


if __name__ == "__main__":
    unittest.main()
