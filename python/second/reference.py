"""Reference data of the training step: three steps of tiny models, computed by step.py.

    python3 python/second/reference.py            compares with the files in lab/src/test/resources/reference/second
    python3 python/second/reference.py f32        only this case
    python3 python/second/reference.py --write    writes them anew

Needs NumPy and nothing else. A file is a case: settings as metadata, ids of the corpus, every parameter before the
first step and after each, and of each step every gradient, moment and compensation as stored, the loss, the norm and
the coefficient of clipping, and the logits of the first sequence at its last position. The first index is the step.
"""

import argparse
import json
import struct
import sys
from pathlib import Path

import numpy as np

import step as second

STEPS = 3
FOLDER = Path(__file__).resolve().parents[2] / "lab/src/test/resources/reference/second"

MODEL = second.Model(vocabulary=37, width=18, layers=2, heads=3, context=13, norm="layernorm", tied=True)
BF16 = second.Precision("bf16", "bf16", "bf16", "bf16", "fused")
F32 = second.Precision("f32", "f32", "f32", "f32", "fused")
TRAINING = second.Training(
    steps=7, batch=3, accumulation=1, optimizer="adamw", learning_rate=3e-3, schedule="linear", weight_decay=0.1,
    beta1=0.9, beta2=0.95, epsilon=1e-8, clip=1.0, targets="next", loss_scale="mean",
)  # fmt: skip
NORMAL = second.Initialization("normal", 0.02, 0.0)
SNOWBALL = second.Initialization("snowball", 1.0, 1e-5)

# name: model, precision, training, initialization
CASES = {
    "bf16-fused": (MODEL, BF16, TRAINING, NORMAL),
    "bf16-per-op": (MODEL, BF16._replace(update="per-op"), TRAINING._replace(clip=0.0), SNOWBALL),
    "bf16-sgd": (
        MODEL, BF16,
        TRAINING._replace(optimizer="sgd", learning_rate=0.5, batch=11, schedule="constant", clip=0.5), NORMAL,
    ),
    "bf16-rmsnorm-untied": (
        MODEL._replace(norm="rmsnorm", tied=False), BF16,
        TRAINING._replace(targets="double-shift", loss_scale="per-label"), SNOWBALL,
    ),
    "f32": (MODEL, F32, TRAINING._replace(clip=0.5, learning_rate=0.2), NORMAL),
    "mixed": (
        MODEL._replace(layers=1), F32._replace(compute="bf16"),
        TRAINING._replace(targets="double-shift", clip=0.5), NORMAL,
    ),
    "gelu-narrow": (
        MODEL._replace(layers=1, activation="gelu", ffn=41, biases=False), BF16, TRAINING._replace(batch=5), NORMAL,
    ),
    "gelu-wide": (
        MODEL._replace(layers=1, heads=9, context=7, activation="gelu", ffn=77, norm="rmsnorm", tied=False), F32,
        TRAINING._replace(clip=0.5), NORMAL,
    ),
    "no-biases": (
        MODEL._replace(layers=1, biases=False, ffn=50), F32._replace(compute="bf16"), TRAINING._replace(clip=0.5),
        SNOWBALL,
    ),
    "crossed": (
        MODEL._replace(layers=1, heads=2, norm="rmsnorm"),
        second.Precision("f32", "bf16", "bf16", "f32", "per-op"),
        TRAINING._replace(batch=7, accumulation=2, clip=0.5, learning_rate=0.7),
        second.Initialization("unit-noise", 1.0, 1e-3),
    ),
    "autocast": (
        MODEL, F32._replace(compute="autocast"),
        TRAINING._replace(targets="next-within", loss_scale="per-label", clip=0.5, decayed="all"), NORMAL,
    ),
    "autocast-untied": (
        MODEL._replace(layers=1, norm="rmsnorm", tied=False),
        second.Precision("f32", "f32", "bf16", "autocast", "per-op"),
        TRAINING._replace(batch=7, accumulation=2, schedule="constant", warmup=2, warmup_from=0.25), SNOWBALL,
    ),
    "stochastic": (
        MODEL, BF16._replace(update="stochastic"),
        TRAINING._replace(schedule="cosine", warmup=1, warmup_from=0.5, floor=0.125), SNOWBALL,
    ),
    "stochastic-sgd": (
        MODEL._replace(layers=1), BF16._replace(gradients="f32", update="stochastic"),
        TRAINING._replace(optimizer="sgd", learning_rate=0.5, decayed="transformer.wte.weight"),
        second.Initialization("bf16-native", 1.0, 1e-3),
    ),
    "bf16-loss": (MODEL, BF16._replace(loss="bf16", update="per-op"), TRAINING._replace(batch=23), NORMAL),
    "kahan": (
        MODEL, BF16._replace(update="kahan"), TRAINING._replace(floor=0.5, decayed="all"), SNOWBALL,
    ),
    "kahan-sgd": (
        MODEL._replace(layers=1), BF16._replace(gradients="f32", update="kahan"),
        TRAINING._replace(optimizer="sgd", learning_rate=0.5, schedule="cosine", clip=0.0), NORMAL,
    ),
}  # fmt: skip


def corpus():
    """40 ids of which some never occur, to have dead rows; from the contract's own generator."""
    generator = second.Generator(1925)
    return np.array([generator.draw() % 31 for _ in range(40)], np.uint8)


def stored(x, how):
    """A tensor's type and bytes."""
    x = np.ascontiguousarray(x, np.float32)
    if how == "f32":
        return "F32", x.shape, x.astype("<f4").tobytes()
    bits = x.view(np.uint32)
    if np.any(bits & np.uint32(0xFFFF)):
        raise ArithmeticError("a value that is stored as bf16 was not rounded")
    return "BF16", x.shape, (bits >> np.uint32(16)).astype("<u2").tobytes()


def computed(case, seed=42):
    """Metadata and tensors of a case."""
    model, precision, training, how = CASES[case]
    text = corpus()
    tensors = {"corpus": ("U8", text.shape, text.tobytes())}
    run = second.run(model, precision, training, how, text.astype(int), seed, STEPS)
    initial = next(run)
    states = list(run)
    for name in initial:
        parameter = [initial[name]] + [state.parameters[name] for state in states]
        tensors[f"parameter/{name}"] = stored(parameter, precision.parameters)
        tensors[f"gradient/{name}"] = stored([state.gradients[name] for state in states], precision.gradients)
        if training.optimizer == "adamw":
            tensors[f"exp_avg/{name}"] = stored([state.exp_avg[name] for state in states], precision.moments)
            tensors[f"exp_avg_sq/{name}"] = stored([state.exp_avg_sq[name] for state in states], precision.moments)
        if precision.update == "kahan":
            tensors[f"compensation/{name}"] = stored([state.compensation[name] for state in states], "bf16")
    loss = np.array([state.loss for state in states], "<f8")
    tensors["loss"] = ("F64", loss.shape, loss.tobytes())
    tensors["logits"] = stored([state.logits for state in states], "f32")
    tensors["gradient_norm"] = stored([state.norm for state in states], "f32")
    tensors["clip_coefficient"] = stored([state.coefficient for state in states], "f32")
    settings = {"seed": seed}
    for section, values in zip(("model", "precision", "training", "initialization"), CASES[case]):
        usual = values._field_defaults
        chosen = {key: value for key, value in values._asdict().items() if key not in usual or value != usual[key]}
        settings |= {f"{section}.{key}": value for key, value in chosen.items()}
    return {key: str(value) for key, value in settings.items()}, tensors


def encoded(metadata, tensors):
    """The bytes of a safetensors file."""
    header = {"__metadata__": metadata}
    at = 0
    for name, (dtype, shape, data) in tensors.items():
        header[name] = {"dtype": dtype, "shape": list(shape), "data_offsets": [at, at + len(data)]}
        at += len(data)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text + b"".join(data for _, _, data in tensors.values())


def decoded(data):
    length = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8 : 8 + length])
    metadata = header.pop("__metadata__")
    body = data[8 + length :]
    tensors = {
        name: (entry["dtype"], tuple(entry["shape"]), body[slice(*entry["data_offsets"])])
        for name, entry in header.items()
    }
    return metadata, tensors


def difference(expected, actual):
    """The first difference of a committed case and one computed here, or None."""
    for what, a, b in zip(("settings", "tensors"), expected, actual):
        if a.keys() != b.keys():
            return f"{what} are {sorted(a.keys() ^ b.keys())} on one side only"
    for key, value in expected[0].items():
        if value != actual[0][key]:
            return f"{key} is {value} in the file, {actual[0][key]} in this program"
    for name, (dtype, shape, data) in expected[1].items():
        if (dtype, shape) != actual[1][name][:2]:
            return f"{name} is {dtype} {shape} in the file, {actual[1][name][:2]} here"
        size = {"F64": 8, "F32": 4, "BF16": 2, "U8": 1}[dtype]
        other = actual[1][name][2]
        for i in range(len(data) // size):
            a, b = data[i * size : (i + 1) * size], other[i * size : (i + 1) * size]
            if a != b:
                index = [int(j) for j in np.unravel_index(i, shape)]
                return f"{name} differs first at {index}: bits {a[::-1].hex()} in the file, {b[::-1].hex()} here"
    return None


def main():
    parser = argparse.ArgumentParser(description="Compares the reference data of the step with step.py, or writes it.")
    parser.add_argument("--write", action="store_true", help="write the files anew")
    parser.add_argument("case", nargs="*", help=f"one of {', '.join(CASES)}; all if none is named")
    arguments = parser.parse_args()
    unknown = [name for name in arguments.case if name not in CASES]
    if unknown:
        parser.error(f"no case is named {unknown[0]}; there are {', '.join(CASES)}")
    failed = False
    for name in arguments.case or CASES:
        file = FOLDER / f"{name}.safetensors"
        case = computed(name)
        if arguments.write:
            FOLDER.mkdir(parents=True, exist_ok=True)
            file.write_bytes(encoded(*case))
            print(f"{file.name}: {file.stat().st_size} bytes")
            continue
        found = difference(decoded(file.read_bytes()), case) if file.exists() else f"{file} is missing"
        failed |= found is not None
        print(f"{file.name}: {found or f'same bits in {len(case[1])} tensors'}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
