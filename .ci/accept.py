"""Reads the program's output without any of its code: JSON, and safetensors by hand."""
import json
import math
import struct
import sys
from pathlib import Path

work = Path(sys.argv[1])
checks = 0
SIZES = {"BF16": 2, "F32": 4, "I64": 8, "F64": 8}
LETTERS = {"F32": "f", "I64": "q", "F64": "d"}


def check(what, holds):
    global checks
    checks += 1
    if not holds:
        sys.exit(f"acceptance failed: {what}")


def safetensors(path):
    data = path.read_bytes()
    n = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8:8 + n])
    header.pop("__metadata__", None)
    spans = sorted(tuple(t["data_offsets"]) for t in header.values())
    check(f"{path}: the tensors fill the file", spans[0][0] == 0 and spans[-1][1] == len(data) - 8 - n)
    check(f"{path}: no gaps", all(a[1] == b[0] for a, b in zip(spans, spans[1:])))

    def values(name, first=0, count=None):
        size = SIZES[header[name]["dtype"]]
        begin, end = header[name]["data_offsets"]
        begin = 8 + n + begin + first * size
        end = 8 + n + end if count is None else begin + count * size
        raw = data[begin:end]
        if size == 2:
            bits = struct.unpack(f"<{len(raw) // 2}H", raw)
            return struct.unpack(f"<{len(bits)}f", struct.pack(f"<{len(bits)}I", *[b << 16 for b in bits]))
        return struct.unpack(f"<{len(raw) // size}{LETTERS[header[name]['dtype']]}", raw)

    return header, values


def report(name):
    return json.loads((work / name / "report.json").read_text())


for name, size, live, sha in [
    ("training_corpus", 265905, 77, "33bdec3abc8bd4e765d09110a4c78fdcbbf7e619e1c09e23f42722634cbc6952"),
    ("gatsby_clean", 268928, 79, "c774efbbdbbd41711bdab8bf79f37f3451606da188b13d1a472f1f7e0a2ce931"),
]:
    info = (work / f"{name}.json").read_text()
    check(f"{name}: {size} bytes, {live} live ids, SHA-256", all(str(x) in info for x in (size, live, sha)))

start = report("snowball")["initial"]["all"]
check("21 distinct rows, 15 black holes, 122 tokens at step 0",
      (start["distinct"], start["black_holes"], start["tokens_in_black_holes"]) == (21, 15, 122))
check("norm of the base vector 8.20139", abs(report("snowball")["start"]["common"]["norm"] - 8.20139) < 1e-5)
header, values = safetensors(work / "snowball/recording.safetensors")
check("embedding_history [1, 128, 64]", header["embedding_history"]["shape"] == [1, 128, 64])
w = values("embedding_history")
rows = [w[i:i + 64] for i in range(0, len(w), 64)]
check("populations read independently are as reported",
      sorted((rows.count(r) for r in set(rows)), reverse=True) == start["populations"])

files = sorted((work / "evolution/steps").iterdir())
check("21 files of 20 steps", len(files) == 21 and files[-1].name == "step_0000020.safetensors")
header, values = safetensors(files[0])
w = values("embeddings")
check("embeddings [128, 64], one vector", header["embeddings"]["shape"] == [128, 64] and w[:64] * 128 == w)
common = report("evolution")["start"]["common"]
check("norm 8.201394 and mean 2.535469e-01 of the vector",
      abs(common["norm"] - 8.201394) < 2e-6 and abs(common["mean"] - 2.535469e-1) < 2e-7)

header, values = safetensors(work / "instrumented/recording.safetensors")
check("instrumented: shapes", header["grads"]["shape"] == header["deltas"]["shape"] == [4, 128, 64])
dead = values("dead_token_ids")
g = values("grads", 8192, 8192)
mean = sum(math.sqrt(sum(x * x for x in g[64 * i:64 * i + 64])) for i in dead) / len(dead)
check(
    f"first gradient of 51 dead tokens is 6.121e-02 within 1 %: {mean:.4e}",
    len(dead) == 51 and abs(mean / 6.121e-2 - 1) < 0.01,
)
w = values("initial_embeddings")
for t in range(1, 4):
    w = tuple(a + d for a, d in zip(w, values("deltas", 8192 * t, 8192)))
header, final = safetensors(work / "instrumented/model/model.safetensors")
check("deltas from the start give the final matrix exactly", w == final("transformer.wte.weight"))

header, values = safetensors(work / "massive/recording.safetensors")
matrices = ("embeddings", "grads", "momentum", "variance")
check("massive: shapes", all(header[n]["shape"] == [31, 128, 64] for n in matrices)
      and header["logits"]["shape"] == [31, 128] and header["losses"]["shape"] == [31])
check("every step recorded", values("recorded_steps") == tuple(range(31)))
losses = values("losses")
check("row 0 has no loss, row 1 has ln 128 as bf16", math.isnan(losses[0]) and losses[1] == 4.84375)
check("loss of step 1 is 4.8520", abs(report("massive")["first_loss"] - 4.8520) < 1e-4)
live = json.loads((work / "massive/manifest.json").read_text())["corpus"]["live"]
dead = sorted(set(range(128)) - set(live))
w = values("embeddings")
for t in range(31):
    at = [(t * 128 + i) * 64 for i in dead]
    check(f"step {t}: all {len(dead)} dead rows are one vector", len({w[i:i + 64] for i in at}) == 1)

print(f"{checks} passed, 0 failed")
