"""A made-up recording in bfloat16 and what docs/analyses.md says of it, computed by NumPy alone.

    python3 python/freezing/reference.py            compares with lab/src/test/resources/reference/freezing.*
    python3 python/freezing/reference.py --write    writes them anew

The recording is Adam in bfloat16 on made-up gradients: one token never has one, one loses its own after ten steps, and
those of the others fade at different speeds, so that tokens and components come to rest one by one. W begins in many
binades and crosses zero. Needs NumPy; the committed values are those of NumPy 2.4.6.
"""

import argparse
import json
from pathlib import Path

import numpy as np

FOLDER = Path(__file__).resolve().parents[2] / "lab/src/test/resources/reference"
STEPS, V, D = 300, 8, 6
DEAD = [2, 5, 6, 7]
RATE, BETA1, BETA2, EPSILON = 0.002, 0.9, 0.95, 1e-8
BINS = 7
BOUNDARIES = [0.25, 0.5, 1.0]


def to_bf16(values):
    """The bits of the nearest bfloat16, ties to even."""
    bits = np.asarray(values, np.float32).view(np.uint32)
    return ((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16).astype(np.uint16)


def value(bits):
    return (bits.astype(np.uint32) << 16).view(np.float32).astype(np.float64)


def rounded(values):
    return value(to_bf16(values))


def recording():
    random = np.random.RandomState(11)
    w = rounded(random.normal(0, 0.3, (V, D)) * 10.0 ** -random.randint(0, 5, (V, D)))
    w[3, 2] = 0.0
    m, v = np.zeros((V, D)), np.zeros((V, D))
    rows = {"w": [w], "momentum": [m], "variance": [v], "gradients": [np.zeros((V, D))], "hidden": [np.zeros(D)]}
    fade = np.array([0.999, 0.99, 0.97, 0.999, 0.95, 0.9, 0.0, 0.98])[:, None]
    hidden = random.normal(0, 1, D)
    for t in range(1, STEPS + 1):
        g = random.normal(1, 2, (V, D)) * fade ** t + 0.3 * w * (t < 40)
        if t > 10:
            g[5] = 0
        g[6] = 0
        g = rounded(g)
        m = rounded(m + (1 - BETA1) * (g - m))
        v = rounded(BETA2 * v + (1 - BETA2) * g * g)
        rate = RATE * (1 - (t - 1) / STEPS)
        size = rate / (1 - BETA1**t) * m / (np.sqrt(v / (1 - BETA2**t)) + EPSILON)
        w = rounded(w - size)
        hidden = 0.95 * hidden + 0.2 * random.normal(0, 1, D)
        for name, row in (("w", w), ("momentum", m), ("variance", v), ("gradients", g), ("hidden", hidden)):
            rows[name].append(row)
    return {name: to_bf16(np.array(values)) for name, values in rows.items()}


def index(bits):
    """The place on the lattice."""
    magnitude = (bits & 0x7FFF).astype(np.int64)
    return np.where(bits & 0x8000, -magnitude, magnitude)


def ulp(bits):
    exponent = ((bits & 0x7FFF) >> 7).astype(np.int64)
    return 2.0 ** (np.maximum(exponent, 1) - 127 - 7)


def last(holds):
    """The last step, from 1, at which each column of [steps, n] is true; 0 for never."""
    return [int(np.flatnonzero(column)[-1]) + 1 if column.any() else 0 for column in holds.T]


def lives(step):
    """The last steps of each class from displacements [steps, V, D]."""
    step = np.abs(step)
    l1, l2, linf = step.sum(2), np.sqrt((step * step).sum(2)), step.max(2)
    return {
        "L2_ABOVE_1000": last(l2 > 1000),
        "L2_ABOVE_ROOT_OF_WIDTH": last(l2 > np.sqrt(D)),
        "L_INFINITY_ABOVE_1": last(linf > 1),
        "L1_ABOVE_1": last(l1 > 1),
        "ANY": last(l1 > 0),
    }


def runs(flags):
    """(first step, length) of each run of true; step 1 is the first."""
    found, start = [], None
    for step, flag in enumerate(list(flags) + [False], 1):
        if flag and start is None:
            start = step
        if not flag and start is not None:
            found.append((start, step - start))
            start = None
    return found


def stillness(movers):
    still = movers == 0
    rests = runs(still)
    longest = max((length for _, length in rests), default=0)
    end = rests[-1] if rests and sum(rests[-1]) == len(movers) + 1 else (0, 0)
    return {
        "still": int(still.sum()),
        "first": rests[0][0] if rests else 0,
        "longest": longest,
        "longest_from": next((s for s, n in rests if n == longest), 0),
        "last_from": end[0],
        "last": end[1],
    }


def participation(step):
    """Of each step along the last axis; NaN where it is zero."""
    with np.errstate(invalid="ignore", divide="ignore"):
        step = step / np.abs(step).max(-1, keepdims=True)
        return (step**2).sum(-1) ** 2 / (step**4).sum(-1)


def mean_of(values, where):
    return [float(v[k].mean()) if k.any() else None for v, k in zip(values, where)]


def frozen(cells, steps):
    moved = cells != 0
    movers = moved.any(2)
    axes = moved.sum(2)
    ends = np.array(last(moved.reshape(STEPS, -1)))
    return {
        "movers": movers.sum(1).tolist(),
        "moving": moved.sum((1, 2)).tolist(),
        "axes": mean_of(axes, movers),
        "axes_max": axes.max(1).tolist(),
        "participation": mean_of(participation(steps), movers),
        "participation_in_cells": mean_of(participation(cells.astype(np.float64)), movers),
        "frozen_for_good": [int((ends <= step).sum()) for step in range(STEPS + 1)],
        "stillness": stillness(movers.sum(1)),
    }


def onset(holds, first):
    """The first step, and the first for good, of flags by step from `first`; -1 for never."""
    good = runs(holds)
    good = good[-1] if good and sum(good[-1]) == len(holds) + 1 else None
    return [int(np.flatnonzero(holds)[0]) + first if holds.any() else -1, good[0] - 1 + first if good else -1]


def frames(w):
    centroid = w.mean(1, keepdims=True)
    r = w - centroid
    origin, radius = np.linalg.norm(w, axis=2), np.linalg.norm(r, axis=2)
    norm = np.linalg.norm(centroid[:, 0], axis=1)
    v, u = np.diff(w, axis=0), np.diff(r, axis=0)
    moved = (v != 0).any(2)
    speed = np.linalg.norm(v, axis=2).mean(1)

    def share(step, place):
        unit = place / np.linalg.norm(place, axis=2, keepdims=True)
        with np.errstate(invalid="ignore"):
            shares = ((step * unit).sum(2) ** 2).sum(1) / (step**2).sum((1, 2))
        return [None if np.isnan(x) else float(x) for x in shares]

    mean = radius.mean(1)
    change = np.diff(mean)
    turn = next((t for t in range(STEPS) if mean[t] < mean[t + 1] and mean[t] == mean[: t + 1].min()), STEPS)
    growth, quickest, bend = change.argmax(), speed.argmax(), np.abs(change).argmax()
    return {
        "origin_radius": origin.mean(1).tolist(),
        "origin_radius_max": origin.max(1).tolist(),
        "mean_radius": mean.tolist(),
        "radius_max": radius.max(1).tolist(),
        "centroid_norm": norm.tolist(),
        "speed": speed.tolist(),
        "radial_from_origin": share(v, w[:-1]),
        "radial_from_centroid": share(u, r[:-1]),
        "outward": mean_of(radius[1:] > radius[:-1], moved),
        "lift_off": onset(norm > radius.max(1), 0),
        "first_minimum": int(turn),
        "smallest": int(mean.argmin()),
        "largest": int(mean.argmax()),
        "fastest_growth": int(growth) + 1,
        "growth": float(change[growth]),
        "still": onset((~moved).mean(1) > 0.9, 1),
        "slow": onset((speed < 0.01 * speed.max())[quickest:], quickest.item() + 1),
        "arrested": onset((np.abs(change) < 0.01 * np.abs(change).max())[bend:], bend.item() + 1),
    }


def hops(bits, momentum, variance):
    t = np.arange(1, STEPS + 1)[:, None, None]
    rate = RATE * (1 - (t - 1) / STEPS)
    m = np.abs(momentum[1:]) / (1 - BETA1**t)
    v = variance[1:] / (1 - BETA2**t)
    ratio = (rate * m / (np.sqrt(v) + EPSILON) / ulp(bits[:-1])).max(2)
    moved = (index(bits[1:]) != index(bits[:-1])).any(2)
    return ratio, moved


def confusion(predicted, moved, axis):
    kinds = predicted & moved, predicted & ~moved, ~predicted & moved, ~predicted & ~moved
    return [kind.sum(axis).tolist() for kind in kinds]


def degrees(a, b):
    cosine = (a * b).sum(-1) / np.linalg.norm(a, axis=-1) / np.linalg.norm(b, axis=-1)
    return np.degrees(np.arccos(np.clip(cosine, -1, 1)))


def hidden(states, centroid):
    states, centroid = states[1:], centroid[1:]
    unit = centroid / np.linalg.norm(centroid, axis=1, keepdims=True)
    along = (states * unit).sum(1)
    across = np.linalg.norm(states - along[:, None] * unit, axis=1)
    angle = degrees(states, centroid)
    between = degrees(states[1:], states[:-1])
    bins = []
    for i in range(BINS):
        a, b = i * STEPS // BINS, (i + 1) * STEPS // BINS
        span = states[a:b]
        direction = (span / np.linalg.norm(span, axis=1, keepdims=True)).mean(0)
        cosines = np.cos(np.radians(between[a : b - 1]))
        bins.append(
            {
                "from": a + 1,
                "to": b,
                "cosine": cosines.mean(),
                "cosine_min": cosines.min(),
                "turned": between[a : b - 1].sum(),
                "net": float(degrees(span[0], span[-1])),
                "swing": degrees(span, direction).max(),
                "angle": angle[a:b].mean(),
                "along": along[a:b].mean(),
                "across": across[a:b].mean(),
            }
        )
    return {"angle": angle.tolist(), "along": along.tolist(), "across": across.tolist(), "bins": bins}


def gradient_steps(w, gradients, tokens):
    step, g = np.diff(w, axis=0)[:, tokens], gradients[1:, tokens]
    length, pull = np.linalg.norm(step, axis=2), np.linalg.norm(g, axis=2)
    both = (length > 0) & (pull > 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        cosine = (step * g).sum(2) / (length * pull)
        ratio = length / pull
    return {
        "cosine": mean_of(cosine, both),
        "ratio_median": [float(np.median(r[k])) if k.any() else None for r, k in zip(ratio, both)],
        "still": ((length == 0) & (pull > 0)).sum(1).tolist(),
        "unasked": ((length > 0) & (pull == 0)).sum(1).tolist(),
    }


def exponents(bits):
    values = value(bits).ravel()
    exponent = np.floor(np.log2(np.abs(values[values != 0]))).astype(int)
    return {"zeros": int((values == 0).sum()), **{str(e): int((exponent == e).sum()) for e in sorted(set(exponent))}}


def figures(tensors):
    bits = tensors["w"]
    w = value(bits)
    cells = np.diff(index(bits), axis=0)
    steps = np.diff(w, axis=0)
    live = [t for t in range(V) if t not in DEAD]
    groups = {"ALL": list(range(V)), "LIVE": live, "DEAD": DEAD}
    ratio, moved = hops(bits, value(tensors["momentum"]), value(tensors["variance"]))
    return {
        "dead": DEAD,
        "rate": RATE,
        "beta1": BETA1,
        "beta2": BETA2,
        "epsilon": EPSILON,
        "bins": BINS,
        "in_cells": lives(cells),
        "in_ulp": lives(steps / ulp(bits[:-1])),
        "frozen": {name: frozen(cells[:, ids], steps[:, ids]) for name, ids in groups.items()},
        "frames": {name: frames(w[:, ids]) for name, ids in groups.items()},
        "hops": {
            "of_tokens": {str(b): confusion(ratio > b, moved, 0) for b in BOUNDARIES},
            "of_updates": {str(b): confusion((ratio > b)[:, DEAD], moved[:, DEAD], 1) for b in BOUNDARIES},
            "ratio_median": np.median(ratio[:, DEAD], axis=1).tolist(),
            "ratio_max": ratio[:, DEAD].max(1).tolist(),
        },
        "hidden": hidden(value(tensors["hidden"]), w[:, DEAD].mean(1)),
        "gradients": gradient_steps(w, value(tensors["gradients"]), DEAD),
        "exponents": {name: exponents(bits[-1, ids]) for name, ids in groups.items()},
    }


def safetensors(tensors):
    header, data = {}, b""
    for name, bits in tensors.items():
        raw = bits.astype("<u2").tobytes()
        header[name] = {"dtype": "BF16", "shape": list(bits.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    return len(text).to_bytes(8, "little") + text + data


def near(a, b):
    if isinstance(a, dict):
        return a.keys() == b.keys() and all(near(a[k], b[k]) for k in a)
    if isinstance(a, list):
        return len(a) == len(b) and all(map(near, a, b))
    return a == b or isinstance(a, float) and isinstance(b, float) and abs(a - b) <= 1e-12 * abs(a)


def main():
    parser = argparse.ArgumentParser(description="Reference values of the analyses of freezing.")
    parser.add_argument("--write", action="store_true", help="write them anew")
    tensors = recording()
    found = json.loads(json.dumps(figures(tensors)))
    data, numbers = FOLDER / "freezing.safetensors", FOLDER / "freezing.json"
    if parser.parse_args().write:
        data.write_bytes(safetensors(tensors))
        numbers.write_text(json.dumps(found, separators=(",", ":")) + "\n")
        return
    if data.read_bytes() != safetensors(tensors):
        raise SystemExit(f"{data} differs")
    if not near(json.loads(numbers.read_text()), found):
        raise SystemExit(f"{numbers} differs")
    print("equal")


if __name__ == "__main__":
    main()
