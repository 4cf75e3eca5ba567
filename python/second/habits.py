"""Compares the second implementation's habits of training with PyTorch's: rates, clipping, decay, mean losses.

    python3 python/second/habits.py

Needs NumPy and PyTorch; where they are not installed, it says so and compares nothing. The Java program has the bits of
the second implementation (reference.py). Equal bit for bit must be: the rates of LambdaLR with the same function; norms
and coefficients of bf16 gradients, if clip is a power of two; which parameters decay, and how far; and the gradients of
mean losses in bf16, if the number of micro-batches is a power of two. Bounded is what differs: the rates of schedulers
that go on from the rate before, and clipping where PyTorch adds squares in another order or rounds a reciprocal.
"""

import functools
import sys

try:
    import numpy as np
    import torch
    from torch.optim.lr_scheduler import ConstantLR, CosineAnnealingLR, LambdaLR, LinearLR, SequentialLR
except ImportError as missing:
    print(f"habits: not installed, so nothing was compared: {missing.name}")
    sys.exit(0)

import step

STEPS = 60
RATE = 6e-4
USUAL = step.Training(
    steps=STEPS, batch=1, accumulation=1, optimizer="adamw", learning_rate=RATE, schedule="constant", weight_decay=0.1,
    beta1=0.9, beta2=0.999, epsilon=1e-8, clip=1.0, targets="next", loss_scale="mean",
)  # fmt: skip
STORED = step.Precision("f32", "f32", "f32", "f32", "per-op")
failures = []


def check(what, holds):
    print(f"{what}{'' if holds else ': DOES NOT HOLD'}")
    if not holds:
        failures.append(what)


# Learning rates


def rates_of(schedule):
    """The rates of some steps that PyTorch's scheduler, made from an optimizer, sets."""
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1, dtype=torch.float64))], lr=RATE)
    scheduler, rates = schedule(optimizer), []
    for _ in range(STEPS):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
    return rates


def falling(training):
    """What follows the warm-up, in PyTorch's own schedulers."""
    after = STEPS - training.warmup
    return {
        "constant": lambda o: ConstantLR(o, factor=1.0, total_iters=1),
        "linear": lambda o: LinearLR(o, start_factor=1.0, end_factor=training.floor, total_iters=after),
        "cosine": lambda o: CosineAnnealingLR(o, T_max=after, eta_min=training.floor * RATE),
    }[training.schedule]


def chained(training):
    """The same schedule from PyTorch's own schedulers."""
    if not training.warmup:
        return falling(training)
    return lambda o: SequentialLR(
        o,
        [LinearLR(o, start_factor=training.warmup_from, total_iters=training.warmup), falling(training)(o)],
        milestones=[training.warmup],
    )


def schedules():
    unit = {"learning_rate": 1.0}
    for schedule, floor in [("constant", 0.0), ("linear", 0.0), ("linear", 0.25), ("cosine", 0.0), ("cosine", 0.1)]:
        for warmup in (0, 16):
            training = USUAL._replace(schedule=schedule, floor=floor, warmup=warmup, warmup_from=0.125)
            ours = [training.rate(s) for s in range(1, STEPS + 1)]
            what = f"{schedule}, floor {floor}, warm-up {warmup}"
            one = training._replace(**unit)
            same = rates_of(lambda o: LambdaLR(o, lambda done: one.rate(done + 1)))
            check(f"rates, {what}: LambdaLR's, bit for bit", same == ours)
            found = np.array(rates_of(chained(training)))
            off = float(np.abs(found - ours).max() / RATE)
            check(f"rates, {what}: PyTorch's own schedulers within {off:.1e} of the largest", off < 4e-15)


# Clipping


def ulps(a, b, dtype):
    """How many values of a type two of the same sign are apart."""
    kind = torch.int16 if dtype == torch.bfloat16 else torch.int32
    return abs(int(a.to(dtype).view(kind)) - int(b.to(dtype).view(kind)))


def gradients(dtype, generator):
    """Of some tensors, with norms from far below to far above any clip."""
    size = 10.0 ** (4 * float(torch.rand(1, generator=generator)) - 3)
    shapes = [(50, 16), (16,), (16, 48), (48,), (16, 16)]
    return [(torch.randn(shape, generator=generator) * size).to(dtype) for shape in shapes]


def clipping():
    for dtype, stored in [(torch.float32, "f32"), (torch.bfloat16, "bf16")]:
        for clip in (1.0, 0.5, 0.3, 2.5):
            generator = torch.Generator().manual_seed(3)
            norms, coefficients, clipped = [], [], 0
            for _ in range(STEPS):
                values = gradients(dtype, generator)
                parameters = [torch.nn.Parameter(torch.zeros_like(g)) for g in values]
                for parameter, g in zip(parameters, values):
                    parameter.grad = g.clone()
                theirs = torch.nn.utils.clip_grad_norm_(parameters, clip)
                factor = torch.clamp(clip / (theirs + 1e-6), max=1.0)
                if any(not torch.equal(p.grad, g * factor) for p, g in zip(parameters, values)):
                    raise AssertionError("this is not the factor that PyTorch used")
                named = {str(i): g.float().numpy() for i, g in enumerate(values)}
                norm, coefficient = step.clipping(named, STORED._replace(gradients=stored), clip)
                norms.append(ulps(torch.tensor(float(norm)), theirs, dtype))
                coefficients.append(ulps(torch.tensor(float(coefficient)), factor, dtype))
                clipped += float(coefficient) < 1
            exact = stored == "bf16" and clip in (1.0, 0.5)
            check(
                f"clipping, {stored}, clip {clip}: {clipped} of {STEPS} clipped; norms equal in {norms.count(0)}, "
                f"within {max(norms)} ULP; coefficients in {coefficients.count(0)}, within {max(coefficients)} ULP",
                0 < clipped < STEPS and max(norms + coefficients) <= (0 if exact else 1 if stored == "bf16" else 4),
            )


# Weight decay


def decay():
    """Without gradients, only the decay moves a parameter."""
    shapes = {"wte.weight": (50, 16), "ln_1.weight": (16,), "c_attn.weight": (16, 48), "c_attn.bias": (48,)}
    generator = torch.Generator().manual_seed(5)
    for dtype, stored in [(torch.float32, "f32"), (torch.bfloat16, "bf16")]:
        for decayed in ("matrices", "all"):
            training = USUAL._replace(schedule="linear", decayed=decayed, learning_rate=0.05, weight_decay=0.3)
            precision = STORED._replace(parameters=stored, gradients=stored, moments=stored)
            start = {name: torch.randn(shape, generator=generator).to(dtype) for name, shape in shapes.items()}
            theirs = {name: torch.nn.Parameter(p.clone()) for name, p in start.items()}
            ours = {name: p.float().numpy() for name, p in start.items()}
            usual = [p for p in theirs.values() if decayed == "all" or p.ndim > 1]
            others = [p for p in theirs.values() if all(p is not u for u in usual)]
            groups = [{"params": usual, "weight_decay": 0.3}, {"params": others, "weight_decay": 0.0}]
            optimizer = torch.optim.AdamW([group for group in groups if group["params"]], lr=0.05, foreach=False)
            zeros = {name: np.zeros(shape, np.float32) for name, shape in shapes.items()}
            for s in range(1, STEPS + 1):
                for group in optimizer.param_groups:
                    group["lr"] = training.rate(s)
                for p in theirs.values():
                    p.grad = torch.zeros_like(p)
                optimizer.step()
                for name, g in zeros.items():
                    ours[name] = step.update(
                        ours[name], g, g, g, g, precision, training, s, training.decay(name, g), step.F(1), None
                    )[0]
            moved = [name for name, p in theirs.items() if not torch.equal(p, start[name])]
            same = all(p.detach().float().numpy().tobytes() == ours[name].tobytes() for name, p in theirs.items())
            check(
                f"decay, {stored}, {decayed}: {', '.join(moved)}; every parameter bit for bit",
                same and moved == [n for n in shapes if training.decay(n, zeros[n])],
            )


# Mean losses in bf16


def mean_losses():
    """Gradients of bf16 logits where each of k micro-batches has its mean loss, divided by k."""
    generator = torch.Generator().manual_seed(7)

    def rounded(x):
        return torch.tensor(x, dtype=torch.float32).to(torch.bfloat16)

    for k in range(1, 9):
        equal, explained, counts = 0, 0, (16, 127, 254, 1016, 1143, 2032)
        for n in counts:
            logits = (torch.randn((n, 20), generator=generator) * 2).to(torch.bfloat16)
            targets = torch.randint(0, 20, (n,), generator=generator)

            def gradient(loss, upstream=None, logits=logits):
                x = logits.clone().requires_grad_()
                loss(x).backward(upstream)
                return x.grad

            def of_factor(f, targets=targets, n=n, gradient=gradient):
                losses = functools.partial(torch.nn.functional.cross_entropy, target=targets, reduction="none")
                return gradient(losses, f.expand(n))

            theirs = gradient(lambda x, t=targets: torch.nn.functional.cross_entropy(x, t) / k)
            f = rounded(1 / float(step.bf16(step.F(n * k))))
            equal += torch.equal(theirs, of_factor(f))
            explained += torch.equal(theirs, of_factor(rounded(float(rounded(1 / k)) / float(rounded(float(n))))))
        check(
            f"mean losses, bf16, {k} micro-batches: gradients equal for {equal} of {len(counts)} numbers of positions; "
            f"with r(r(1/k)/r(n)) for {explained}",
            explained == len(counts) and (equal == len(counts) or k & k - 1 != 0),
        )


def main():
    schedules()
    clipping()
    decay()
    mean_losses()
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
