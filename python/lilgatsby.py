"""Reads recordings and sweeps of Lil Gatsby; needs only NumPy.

    import lilgatsby
    run = lilgatsby.Run("runs/float32-edition-seed-42")
    w = run.float32("embedding_history")       # [1001, 128, 64]
    print(run, run.report["final"]["dead"]["populations"])

A run may be finished, still growing, or dead: complete rows are read, the rest is ignored.

    run.steps               updates before the state of each complete row, int64; row 0 is the state before training
    run.tensors             name -> (dtype, shape) of everything recorded; shapes count planned rows
    run.recorded            names that have a row for each step; the others are stored once
    run.live, run.dead      token ids that occur in the corpus, and those that do not, int64
    run.tokens              ids of the tokens whose rows are recorded, ascending, int64; row i of a tensor that has a
                            row for each token is of token run.tokens[i]
    run.checkpoint(N)       the kept checkpoint of step N, as Safetensors: parameters, exp_avg, exp_avg_sq
    run.config              the settings that determine the numbers, nested as in config.yaml
    run.corpus              bytes and SHA-256 of the prepared text
    run.loss                the mean training loss of each logging interval: steps, means
    run.report              report.json as a dict; None until the run has been reported
    run.complete            whether every planned row is written
    run.refresh()           looks for new rows, for a growing run

Values. NumPy has no bfloat16, so there are three ways to read a BF16 tensor:

    run.raw(name)           its 16 bits as uint16 (any other type as it is); mapped, not read
    run.float32(name)       the same values as float32, exactly; a copy in memory
    run.bfloat16(name)      the mapped bits as ml_dtypes.bfloat16, if that package is installed

With step=N, each reads only the row of one step. A recording with one file per
step (steps/step_0000000.safetensors) is read the same way; reading all its rows at once makes a copy.

Safetensors(path) opens a single file, such as model/model.safetensors, in the same way.

Sweeps. A sweep's tables are read from its comma-separated values:

    sweep = lilgatsby.Sweep("sweeps/float32-or-bf16")
    done = sweep.runs[sweep.runs["state"] == "done"]
    done["initialization.mode"], done["final.dead.black_holes"]
    steps, values = sweep.series("dead", "black_holes")     # [S], [runs, S]

    sweep.runs              runs.csv as a structured array: one row per run, one field per column
    sweep.groups            group -> figures that the series have, in their order
    sweep.series(g, f)      one figure of one group of tokens: the steps, int64 [S], and the values, float64 [runs, S],
                            a row for each of sweep.runs; NaN where there is none

table(path) reads any such file as a structured array. Numbers are float64, NaN where the cell is empty; seed,
arithmetic and step are int64; all others are texts.

Every failure is a lilgatsby.Error that says which file is wrong, how, and what to do.
"""

import csv
import json
import re
from pathlib import Path

import numpy as np

__all__ = ["Run", "Safetensors", "Sweep", "table", "Error"]

_DTYPES = {
    "BOOL": np.bool_, "U8": np.uint8, "I8": np.int8, "U16": np.uint16, "I16": np.int16, "F16": np.float16,
    "BF16": np.uint16, "U32": np.uint32, "I32": np.int32, "F32": np.float32, "U64": np.uint64,
    "I64": np.int64, "F64": np.float64,
}
_TEXTS = {"key", "experiment", "state", "reason", "program", "machine", "group", "figure"}
_WHOLE = {"seed", "arithmetic", "step"}
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_SERIES = ["key", "step", "group", "figure", "value"]
_LENGTH_BYTES = 8
_LONGEST_HEADER = 100_000_000


class Error(Exception):
    """A file that is missing, damaged or not of the expected kind."""


class Safetensors:
    """One safetensors file, memory-mapped.

    tensors    name -> (dtype, shape), in the order of the data
    metadata   the header's metadata, texts
    raw(name)  a read-only array over the mapped file; the 16 bits, uint16, of a BF16 tensor
    """

    def __init__(self, path):
        self.path = Path(path)
        size, header, self._data = self._read_header()
        self.metadata = header.pop("__metadata__", {})
        self.tensors = {}
        self._begins = {}
        try:
            for name, entry in sorted(header.items(), key=lambda item: item[1]["data_offsets"]):
                self._add(name, entry["dtype"], tuple(entry["shape"]), *entry["data_offsets"], size)
        except (KeyError, TypeError, ValueError) as e:
            raise Error(f"{self.path}: the header is not that of a safetensors file ({e!r})") from e

    def _read_header(self):
        try:
            with open(self.path, "rb") as file:
                size = file.seek(0, 2)
                file.seek(0)
                length = int.from_bytes(file.read(_LENGTH_BYTES), "little")
                if size < _LENGTH_BYTES or length > min(size - _LENGTH_BYTES, _LONGEST_HEADER):
                    raise Error(f"{self.path}: is not a safetensors file, or is truncated: it has {size} bytes")
                header = json.loads(file.read(length))
        except OSError as e:
            raise Error(f"{self.path}: cannot be read: {e.strerror}") from e
        except ValueError as e:
            raise Error(f"{self.path}: the header is not JSON ({e})") from e
        if not isinstance(header, dict):
            raise Error(f"{self.path}: the header is not a JSON object")
        return size, header, _LENGTH_BYTES + length

    def _add(self, name, dtype, shape, begin, end, size):
        if dtype not in _DTYPES:
            raise Error(f"{self.path}: tensor {name} has type {dtype}, which NumPy cannot hold")
        elements = 1
        for dimension in shape:
            elements *= dimension
        fits = min(shape, default=0) >= 0 <= begin and self._data + end <= size
        if not fits or end - begin != elements * np.dtype(_DTYPES[dtype]).itemsize:
            raise Error(f"{self.path}: tensor {name} does not fit in the file; it is damaged or truncated")
        self.tensors[name] = (dtype, shape)
        self._begins[name] = begin

    def __contains__(self, name):
        return name in self.tensors

    def raw(self, name):
        """The tensor as it is stored; the 16 bits, uint16, of a BF16 one. Mapped, read-only."""
        if name not in self.tensors:
            raise Error(f"{self.path}: there is no tensor {name}; it holds {', '.join(self.tensors) or 'none'}")
        dtype, shape = self.tensors[name]
        stored = np.dtype(_DTYPES[dtype]).newbyteorder("<")
        if 0 in shape:
            return np.empty(shape, stored)
        mapped = np.memmap(self.path, stored, "r", self._data + self._begins[name], shape or (1,))
        return mapped if shape else mapped.reshape(())

    def float32(self, name):
        """The tensor as float32, a copy; exact for BF16, F16 and F32."""
        return _float32(self.raw(name), self.tensors[name][0])

    def bfloat16(self, name):
        """A BF16 tensor as ml_dtypes.bfloat16, mapped; needs that package."""
        return _bfloat16(self.raw(name), self.tensors[name][0], f"{self.path}: tensor {name}")

    def __repr__(self):
        return f"<{self.path}: {len(self.tensors)} tensors>"


class Run:
    """The directory of a run, which may be finished, growing or dead. See help(lilgatsby) for what it offers."""

    def __init__(self, path):
        self.path = Path(path)
        if not self.path.is_dir():
            raise Error(f"{self.path}: there is no such directory; name one that `lilgatsby run` printed")
        stream = self.path / "recording.safetensors"
        first = self.path / "steps" / "step_0000000.safetensors"
        if not stream.exists() and not first.exists():
            raise Error(f"{self.path}: holds no recording; it is not a run's directory, or the run has just begun")
        self._streamed = stream.exists()
        self._file = Safetensors(stream if self._streamed else first)
        self.metadata = self._file.metadata
        if "configuration" not in self.metadata:
            raise Error(
                f"{self._file.path}: does not describe itself; an earlier version recorded it. "
                f"Read its tensors with lilgatsby.Safetensors")
        self.config = self._text("configuration")
        self.corpus = self._text("corpus")
        self.live = np.array(self._text("live_token_ids"), np.int64)
        self.dead = np.array(self._text("dead_token_ids"), np.int64)
        self.recorded = [*self.config["recording"]["tensors"], "recorded_steps"]
        for name in self.recorded:
            if name not in self._file:
                raise Error(f"{self._file.path}: tensor {name} is missing, though the configuration names it")
        self._planned = _planned_steps(self.config)
        self.planned = len(self._planned)
        self.every = self.config["recording"]["every"]
        ids = self._file.raw("recorded_tokens") if "recorded_tokens" in self._file else None
        self.tokens = np.arange(self._vocabulary(), dtype=np.int64) if ids is None else np.array(ids)
        self.tensors = dict(self._file.tensors)
        if not self._streamed:
            for name in self.recorded:
                dtype, shape = self.tensors[name]
                self.tensors[name] = (dtype, (self.planned, *(shape if name != "recorded_steps" else ())))
        self.refresh()

    def _vocabulary(self):
        """Every id is live or dead."""
        return len(self.live) + len(self.dead)

    def checkpoint(self, step):
        """The checkpoint of a step of recording.checkpoints, as Safetensors."""
        path = self.path / "checkpoints" / f"step_{step:07d}.safetensors"
        if not path.exists():
            kept = self.config["recording"].get("checkpoints", [])
            named = f"the run keeps those of steps {', '.join(map(str, kept))}" if kept else "the run keeps none"
            raise Error(f"{path}: is missing; {named}")
        return Safetensors(path)

    def _text(self, key):
        try:
            return json.loads(self.metadata[key])
        except (KeyError, ValueError) as e:
            raise Error(f"{self._file.path}: {key} in the header's metadata is missing or not JSON") from e

    def refresh(self):
        """Counts the rows that are complete by now; returns their number."""
        self.steps = self._planned[: self._rows()]
        return len(self.steps)

    def _rows(self):
        """recording.progress counts the complete rows; without it recorded_steps does, with -1 for missing rows."""
        progress = self.path / "recording.progress"
        text = progress.read_bytes() if progress.exists() else b""
        if text:
            if not re.fullmatch(rb"[0-9]{10}\n", text):
                raise Error(f"{progress}: holds {text[:20]!r} instead of ten digits and a newline; it is damaged")
            return min(int(text), self.planned)
        if not self._streamed:
            return 0
        written = self._file.raw("recorded_steps") >= 0
        return int(np.argmin(written)) if not written.all() else len(written)

    @property
    def complete(self):
        """Whether every planned row is written."""
        return len(self.steps) == self.planned

    @property
    def state(self):
        """The state in manifest.json: COMPLETE, FAILED, or INTERRUPTED; a run in progress is also INTERRUPTED."""
        return (self._json("manifest.json") or {}).get("state", "INTERRUPTED")

    @property
    def manifest(self):
        """manifest.json as a dict: versions, machine, corpus, state; None if there is none yet."""
        return self._json("manifest.json")

    @property
    def report(self):
        """report.json as a dict, with every figure of the report; None until there is one."""
        return self._json("report.json")

    @property
    def loss(self):
        """The mean loss of each complete logging interval: (steps int64, means float64).

        Read from the last checkpoint, so a run in progress has it too. The loss of each step is
        recorded as a tensor by runs that observe it: see recorded.
        """
        path = self.path / "checkpoint" / "state.safetensors"
        if not path.exists():
            raise Error(f"{path}: is missing; the run has not reached its first checkpoint")
        state = Safetensors(path)
        return np.array(state.raw("loss_steps")), np.array(state.raw("loss_means"))

    def _json(self, name):
        path = self.path / name
        if not path.exists():
            return None
        try:
            return json.loads(path.read_text("utf-8"))
        except ValueError as e:
            raise Error(f"{path}: is not JSON ({e})") from e

    def raw(self, name, step=None):
        """A tensor as it is stored, only its complete rows; the 16 bits, uint16, of a BF16 one.

        step: only the row of this step. The result is mapped and read-only, except for all rows of a
        recording with one file per step, which are copied into one array.
        """
        self._dtype(name)
        if name not in self.recorded:
            if step is not None:
                raise Error(f"{self.path}: {name} is stored once and has no rows; leave out step")
            return self._file.raw(name)
        if step is not None:
            return self._row(name, self._index(step))
        if self._streamed:
            return self._file.raw(name)[: len(self.steps)]
        rows = len(self.steps)
        dtype, shape = self.tensors[name]
        every_row = np.empty((rows, *shape[1:]), np.dtype(_DTYPES[dtype]).newbyteorder("<"))
        for row in range(rows):
            every_row[row] = self._row(name, row)
        return every_row

    def _row(self, name, row):
        if self._streamed:
            return self._file.raw(name)[row]
        values = Safetensors(self.path / "steps" / f"step_{self._planned[row]:07d}.safetensors").raw(name)
        return values[0] if name == "recorded_steps" else values

    def _index(self, step):
        row = int(np.searchsorted(self.steps, step))
        if row == len(self.steps) or self.steps[row] != step:
            last = self.steps[-1] if len(self.steps) else "none"
            usual = self.config["recording"].get("steps", "every") == "every"
            which = f"multiples of {self.every}" if usual else "the steps in run.steps,"
            raise Error(f"{self.path}: step {step} is not recorded; recorded are {which} up to {last}")
        return row

    def _dtype(self, name):
        if name not in self.tensors:
            raise Error(f"{self.path}: has no tensor {name}; it holds {', '.join(self.tensors)}")
        return self.tensors[name][0]

    def float32(self, name, step=None):
        """As raw, but as float32: a copy, exact for BF16 and F32."""
        return _float32(self.raw(name, step), self._dtype(name))

    def bfloat16(self, name, step=None):
        """As raw, but as ml_dtypes.bfloat16, which must be installed."""
        return _bfloat16(self.raw(name, step), self._dtype(name), f"{self.path}: {name}")

    def __repr__(self):
        rows = f"{len(self.steps)} of {self.planned} rows"
        last = f", up to step {self.steps[-1]}" if len(self.steps) else ""
        names = ", ".join(self.recorded[:-1])
        return f"<{self.path}: {self.config['conclusion']}, {self.state.lower()}, {rows}{last}; {names}>"


def _planned_steps(config):
    """The steps of all planned rows, by recording.steps, every, until and instant."""
    recording = config["recording"]
    last = config["training"]["steps"] - (recording.get("instant") == "before")
    last = min(last, recording.get("until", last))
    every, rule = recording["every"], recording.get("steps", "every")
    if isinstance(rule, list):
        steps = [0, *(step for step in rule if step > 0)]
    elif rule == "geometric":
        steps = [0, *(1 << power for power in range((every - 1).bit_length())), *range(every, last + 1, every)]
    else:
        steps = range(0, last + 1, every)
    steps = np.array(steps, np.int64)
    return steps[steps <= last]


class Sweep:
    """A sweep's directory, complete or not. See help(lilgatsby) for what it offers."""

    def __init__(self, path):
        self.path = Path(path)
        if not (self.path / "runs.csv").exists():
            raise Error(
                f"{self.path}: holds no runs.csv; name the directory of a sweep, such as sweeps/NAME. "
                f"`lilgatsby sweep collect` writes its tables")
        self.runs = table(self.path / "runs.csv")
        if "key" not in (self.runs.dtype.names or ()):
            raise Error(f"{self.path / 'runs.csv'}: has no column key; it is not the table of a sweep's runs")

    @property
    def groups(self):
        """The figures of the series by their group of tokens: a dict of lists."""
        groups = {}
        for _, _, group, figure, _ in self._series():
            groups.setdefault(group, {})[figure] = None
        return {group: list(figures) for group, figures in groups.items()}

    def series(self, group, figure):
        """One figure of one group of tokens over the steps, for every run.

        Returns (steps, values): int64 [S], every step that a run has, and float64 [runs, S], a row for each
        of runs. NaN where the figure is undefined, or the run has no series.
        """
        known, found = {}, []
        for key, step, g, f, value in self._series():
            known.setdefault(g, {})[f] = None
            if (g, f) == (group, figure):
                found.append((key, int(step), float(value)))
        if not found:
            there = "; ".join(f"{g}: {', '.join(figures)}" for g, figures in known.items()) or "no series"
            raise Error(f"{self.path / 'series.csv'}: has no figure {figure} of {group} tokens; there are {there}")
        steps = np.unique(np.array([step for _, step, _ in found], np.int64))
        at = {int(step): column for column, step in enumerate(steps)}
        rows = {key: row for row, key in enumerate(self.runs["key"].tolist())}
        values = np.full((len(self.runs), len(steps)), np.nan)
        for key, step, value in found:
            if key in rows:
                values[rows[key], at[step]] = value
        return steps, values

    def _series(self):
        path = self.path / "series.csv"
        rows = _rows(path)
        if next(rows) != _SERIES:
            raise Error(f"{path}: its columns are not {', '.join(_SERIES)}")
        for row in rows:
            if not (re.fullmatch("[0-9]{1,18}", row[1]) and _NUMBER.fullmatch(row[4])):
                raise Error(f"{path}: a row holds {row[1]!r} as step and {row[4]!r} as value; it is damaged")
            yield row

    def __repr__(self):
        done = int(np.sum(self.runs["state"] == "done"))
        return f"<{self.path}: {done} of {len(self.runs)} runs done, {len(self.runs.dtype.names)} columns>"


def table(path):
    """A file of comma-separated values as a structured array: one row per line, one field per column.

    Numbers are float64, NaN where the cell is empty. seed, arithmetic and step are int64. Columns of anything
    else, and those of names and reasons, are texts: str, as wide as the longest.
    """
    path = Path(path)
    rows = _rows(path)
    names = next(rows)
    columns = list(zip(*rows)) or [()] * len(names)
    arrays = [_column(path, name, cells) for name, cells in zip(names, columns)]
    result = np.empty(len(columns[0]), [(name, array.dtype) for name, array in zip(names, arrays)])
    for name, array in zip(names, arrays):
        result[name] = array
    return result


def _column(path, name, cells):
    if name in _WHOLE:
        try:
            return np.array([int(cell) for cell in cells], np.int64)
        except (ValueError, OverflowError) as e:
            raise Error(f"{path}: column {name} holds something other than a whole number ({e})") from e
    if name not in _TEXTS and all(cell == "" or _NUMBER.fullmatch(cell) for cell in cells):
        return np.array([float(cell) if cell else np.nan for cell in cells], np.float64)
    return np.array(cells, np.str_) if cells else np.empty(0, "U1")


def _rows(path):
    """The rows of a file of comma-separated values, each a list of cells; first the names of the columns."""
    try:
        with open(path, encoding="utf-8", newline="") as file:
            rows = csv.reader(file, strict=True)
            names = next(rows, [])
            if not names or len(set(names)) < len(names) or "" in names:
                raise Error(f"{path}: its first line does not name columns")
            yield names
            for row in rows:
                if len(row) != len(names):
                    raise Error(f"{path} line {rows.line_num}: has {len(row)} cells, not {len(names)}")
                yield row
    except OSError as e:
        raise Error(f"{path}: cannot be read: {e.strerror}") from e
    except (csv.Error, UnicodeDecodeError) as e:
        raise Error(f"{path}: is not a table of comma-separated values ({e})") from e


def _float32(values, dtype):
    if dtype == "BF16":
        return np.left_shift(values, np.uint32(16), dtype=np.uint32).view(np.float32)
    return np.array(values, np.float32)


def _bfloat16(values, dtype, what):
    if dtype != "BF16":
        raise Error(f"{what} has type {dtype}, not BF16; use raw")
    try:
        import ml_dtypes
    except ImportError as e:
        raise Error("bfloat16 needs the package ml_dtypes (pip install ml_dtypes); float32 and raw do not") from e
    return values.view(ml_dtypes.bfloat16)
