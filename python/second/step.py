"""A second implementation of the training step, following docs/numerics.md section by section.

Small and slow: NumPy, float32, one rounding at a time, one sequence after the other. It shares no code with the
Java program, whose every parameter, gradient and moment must have the same bits.
"""

import math
from typing import NamedTuple

import numpy as np

F = np.float32


# 1. Numbers


def floats(x):
    return np.asarray(x, np.float32)


def fma(a, b, c):
    """a*b + c with one rounding to float32.

    The product of two float32 is exact in double, the sum is not. It is rounded to odd, by the error that Knuth's
    two-sum gives exactly; from there a second rounding, to float32, is as good as one.
    """
    product = np.asarray(a, np.float64) * np.asarray(b, np.float64)
    c = np.asarray(c, np.float64)
    total = np.asarray(product + c)
    back = total - product
    error = (product - (total - back)) + (c - back)
    bits = total.view(np.int64)
    to_odd = np.isfinite(total) & (error != 0) & (bits & 1 == 0)
    away = np.where((error > 0) == (total > 0), 1, -1)
    return (bits + np.where(to_odd, away, 0)).view(np.float64).astype(np.float32)


def bf16(x):
    """r(x): the nearest bf16, ties to even, as a float32."""
    x = floats(x)
    bits = np.where(np.isnan(x), np.uint32(0x7FC00000), x.view(np.uint32))
    odd = bits >> np.uint32(16) & np.uint32(1)
    return (bits + (np.uint32(0x7FFF) + odd) & np.uint32(0xFFFF0000)).view(np.float32)


def rounding(stored):
    """r_x of a choice of the precision."""
    return {"bf16": bf16, "f32": floats}[stored]


def stochastic(x, random):
    """One of the two bf16 around x, by 16 random bits, as a float32."""
    bits = np.where(np.isnan(x), np.uint32(0x7FC00000), floats(x).view(np.uint32) + random)
    return (bits & np.uint32(0xFFFF0000)).view(np.float32)


# 2. What is rounded: the five choices


class Precision(NamedTuple):
    parameters: str
    gradients: str
    moments: str
    compute: str
    update: str
    loss: str = "f32"

    def of_products(self):
        """r_c."""
        return floats if self.compute == "f32" else bf16

    def of_stream(self):
        """r_s."""
        return bf16 if self.compute == "bf16" else floats

    def of_gradients_of_products(self):
        """r_a."""
        return bf16 if self.compute == "autocast" else floats


# 3. Orders of sums


def chain(a, b, start=None):
    """[n, m] from a [n, k] and b [k, m]: one fma a term, k ascending."""
    total = np.broadcast_to(floats(0 if start is None else start), (a.shape[0], b.shape[1]))
    for k in range(a.shape[1]):
        total = fma(a[:, k, None], b[None, k, :], total)
    return total


def chain_of_sums(x, start):
    """Sum over the first axis, ascending."""
    total = start
    for row in x:
        total = total + row
    return total


def chain_of_products(a, b, start):
    total = start
    for x, y in zip(a, b):
        total = fma(x, y, total)
    return total


def join_lanes(lanes):
    while lanes.shape[-1] > 1:
        half = lanes.shape[-1] // 2
        lanes = lanes[..., :half] + lanes[..., half:]
    return lanes[..., 0]


def lanes(a, b=None):
    """Sums of a, or of a*b, along the last axis."""
    partial = np.zeros(a.shape[:-1] + (16,), np.float32)
    for at in range(0, a.shape[-1], 16):
        x = a[..., at : at + 16]
        n = x.shape[-1]
        if b is None:
            partial[..., :n] = partial[..., :n] + x
        else:
            partial[..., :n] = fma(x, b[..., at : at + 16], partial[..., :n])
    return join_lanes(partial)


def tree(values):
    n = len(values)
    if n == 1:
        return values[0]
    first = 1
    while first * 2 < n:
        first *= 2
    return tree(values[:first]) + tree(values[first:])


def parts(sequences):
    """Ranges of sequences, one a part of the batch."""
    left = sequences
    while left > 0:
        size = min(left, max(-(-sequences // 32), min(-(-left // 3), -(-sequences // 8))))
        yield range(sequences - left, sequences - left + size)
        left -= size


# 4. exp and gelu, 13. constants


def constant(text):
    return F(float.fromhex(text))


EXP_LOWEST = constant("-0x1.5d589ep6")
EXP_HIGHEST = constant("0x1.601e68p6")
LOG2_E = constant("0x1.715476p0")
TO_EXPONENT = constant("0x1.8000fep23")
LN2_HIGH = constant("0x1.63p-1")
LN2_LOW = constant("-0x1.bd0106p-13")
EXP = [constant(c) for c in ("0x1.6c16c2p-10", "0x1.12286cp-7", "0x1.5553e2p-5", "0x1.555548p-3", "0x1.0p-1")]
GATE = constant("-0x1.988454p0")
GATE_CUBIC = constant("-0x1.2444f2p-4")
SLOPE = constant("0x1.988454p0")
SLOPE_CUBIC = constant("0x1.b6676ep-3")
LARGEST = constant("0x1.3p3")
TAIL_LARGEST = constant("0x1.9p3")
SHIFT = constant("0x1.0p2")
DENSITY = constant("0x1.988454p-2")
TAIL = [
    constant(c)
    for c in (
        "-0x1.f9df74p-14", "0x1.ada9ecp-13", "0x1.9e84bep-10", "-0x1.cdb218p-9", "-0x1.eda5a8p-8",
        "0x1.eed5f4p-5", "-0x1.7dff72p-3", "0x1.8c6d9ep-2", "-0x1.373e3ap-1", "0x1.82b4bcp-1",
    )
]  # fmt: skip
NORM_EPS = constant("0x1.4f8b58p-17")
CLIP_EPSILON = constant("0x1.0c6f7ap-20")
ATTENTION_BLOCK = 4


def exp(x):
    x = floats(x)
    inside = np.clip(x, EXP_LOWEST, EXP_HIGHEST)
    s = fma(inside, LOG2_E, TO_EXPONENT)
    n = s - TO_EXPONENT
    q = fma(n, -LN2_LOW, fma(n, -LN2_HIGH, inside))
    y = EXP[0]
    for c in EXP[1:] + [F(1), F(1)]:
        y = fma(y, q, c)
    power = np.asarray(s.view(np.uint32) << np.uint32(23), np.uint32).view(np.float32)
    y = y * power
    y = np.where(x < EXP_LOWEST, F(0), y)
    return np.where(x > EXP_HIGHEST, F(np.inf), y)


def gelu_erf(x, rc):
    """The output, and the derivative for backward."""
    above = np.maximum(x, -TAIL_LARGEST)
    cut = np.minimum(above, TAIL_LARGEST)
    e = exp(cut * cut * F(-0.5))
    w = F(1) / (np.abs(cut) + SHIFT)
    q = fma(w, F(-2) * SHIFT, F(1))
    tail = e * (w * horner(TAIL, q))
    gate = np.where(cut < 0, tail, F(1) - tail)
    return rc(above * gate), fma(cut * DENSITY, e, gate)


def gelu(x, rc):
    """The output, and the derivative for backward."""
    cut = np.clip(x, -LARGEST, LARGEST)
    e = exp(cut * fma(cut * cut, GATE_CUBIC, GATE))
    gate = F(1) / (F(1) + e)
    out = rc(np.maximum(x, -LARGEST) * gate)
    slope = fma(cut * cut, SLOPE_CUBIC, SLOPE)
    return out, fma((cut * gate) * (e * gate), slope, gate)


# 5. The model


class Model(NamedTuple):
    vocabulary: int
    width: int
    layers: int
    heads: int
    context: int
    norm: str
    tied: bool
    activation: str = "gelu_new"
    ffn: int | None = None  # hidden units; None is four times the width
    biases: bool = True

    def shapes(self):
        """Shape of each parameter, by name, in order."""
        c = self.width

        def norm(name):
            both = {name + ".weight": (c,), name + ".bias": (c,)}
            return both if self.norm == "layernorm" and self.biases else {name + ".weight": (c,)}

        def linear(name, n, m):
            return {name + ".weight": (n, m)} | ({name + ".bias": (m,)} if self.biases else {})

        shapes = {"transformer.wte.weight": (self.vocabulary, c), "transformer.wpe.weight": (self.context, c)}
        for layer in range(self.layers):
            h = f"transformer.h.{layer}."
            shapes |= norm(h + "ln_1") | linear(h + "attn.c_attn", c, 3 * c) | linear(h + "attn.c_proj", c, c)
            shapes |= norm(h + "ln_2") | linear(h + "mlp.c_fc", c, self.ffn or 4 * c)
            shapes |= linear(h + "mlp.c_proj", self.ffn or 4 * c, c)
        shapes |= norm("transformer.ln_f")
        return shapes if self.tied else shapes | {"lm_head.weight": (self.vocabulary, c)}


WTE = "transformer.wte.weight"
WPE = "transformer.wpe.weight"
LN_F = "transformer.ln_f"


class Norm(NamedTuple):
    """What forward keeps for backward, for all rows."""

    x: np.ndarray
    mean: np.ndarray
    rstd: np.ndarray

    def xhat(self):
        return (self.x - self.mean) * self.rstd


class Sequence:
    """Forward and backward of one sequence."""

    def __init__(self, model, precision, parameters, ids):
        self.model = model
        self.parameters = parameters
        self.rc = precision.of_products()
        self.rs = precision.of_stream()
        self.rounds_loss = precision.loss == "bf16"
        self.ids = ids
        self.kept = {}

    def head(self):
        return self.parameters[WTE if self.model.tied else "lm_head.weight"]

    # 6. Forward

    def linear(self, y, name):
        w = self.rc(self.parameters[name + ".weight"])
        b = self.rc(self.parameters.get(name + ".bias", F(0)))
        self.kept[name] = y
        return self.rc(chain(y, w, b))

    def norm(self, x, name):
        c = F(self.model.width)
        w = self.parameters[name + ".weight"]
        centered = self.model.norm == "layernorm"
        mean = lanes(x) / c if centered else np.zeros(len(x), np.float32)
        d = x - mean[:, None]
        rstd = F(1) / np.sqrt(lanes(d, d) / c + NORM_EPS)
        self.kept[name] = kept = Norm(x, mean[:, None], rstd[:, None])
        xhat = kept.xhat()
        return self.rc(fma(xhat, w, self.parameters.get(name + ".bias", F(0))) if centered else xhat * w)

    def head_size(self):
        return self.model.width // self.model.heads

    def scale(self):
        return F(1 / math.sqrt(self.head_size()))

    def columns(self, which, head):
        at = which * self.model.width + head * self.head_size()
        return slice(at, at + self.head_size())

    def block_start(self, position):
        return position // ATTENTION_BLOCK * ATTENTION_BLOCK

    def block_end(self, position):
        return min(self.model.context, self.block_start(position) + ATTENTION_BLOCK)

    def attention(self, qkv, name):
        out = np.zeros((self.model.context, self.model.width), np.float32)
        for head in range(self.model.heads):
            q, k, v = (qkv[:, self.columns(which, head)] for which in range(3))
            scores = chain(q, k.T)
            exps = np.zeros_like(scores)
            recips = np.zeros(len(scores), np.float32)
            for i in range(len(scores)):
                seen = scores[i, : i + 1]
                greatest = seen.max() * self.scale()
                exps[i, : i + 1] = exp(fma(seen, self.scale(), -greatest))
                recips[i] = F(1) / chain_of_sums(exps[i, : i + 1], F(0))
                end = self.block_end(i)
                row = chain(exps[i : i + 1, :end], v[:end])[0]
                out[i, self.columns(0, head)] = self.rc(row * recips[i])
            self.kept[name, head] = q, k, v, exps, recips
        return out

    def forward(self):
        p = self.parameters
        x = self.rs(p[WTE][self.ids] + p[WPE])
        for layer in range(self.model.layers):
            h = f"transformer.h.{layer}."
            qkv = self.linear(self.norm(x, h + "ln_1"), h + "attn.c_attn")
            a = self.attention(qkv, h + "attn")
            x = self.rs(x + self.linear(a, h + "attn.c_proj"))
            hidden = self.linear(self.norm(x, h + "ln_2"), h + "mlp.c_fc")
            activation = gelu_erf if self.model.activation == "gelu" else gelu
            z, self.kept[h + "gelu"] = activation(hidden, self.rc)
            x = self.rs(x + self.linear(z, h + "mlp.c_proj"))
        self.kept["head"] = n = self.norm(x, LN_F)
        return self.rc(chain(n, self.rc(self.head()).T))

    # 7. Loss

    def loss(self, logits, targets, factor):
        """The loss of the sequence, in double, and the gradient of the logits."""
        total = 0.0
        dlogits = np.zeros_like(logits)
        for t, target in enumerate(targets):
            if target < 0:
                continue
            y = logits[t]
            greatest = y.max()
            e = exp(y - greatest)
            sum_ = lanes(e)
            if self.rounds_loss:
                log = bf16(F(fdlibm_log(float(bf16(sum_)))))
                o = bf16(y - greatest - log)
                f = bf16(factor)
                part = exp(o) * f
                part[target] = part[target] - f
                dlogits[t] = bf16(part)
                total -= float(o[target])
                continue
            p = e * (F(1) / sum_)
            p[target] = p[target] - F(1)
            dlogits[t] = self.rc(p * factor)
            total += fdlibm_log(float(sum_)) + (float(greatest) - float(y[target]))
        return total, dlogits

    # 8. Backward, and 9. the gradients of parameters, which go into sums

    def back(self, dy, name, sums):
        y = self.kept[name]
        w = name + ".weight"
        b = name + ".bias"
        sums[w] = chain(y.T, dy, sums[w])
        if self.model.biases:
            sums[b] = chain_of_sums(dy, sums[b])
        return self.rc(chain(dy, self.rc(self.parameters[w]).T))

    def norm_back(self, dout, name, sums):
        c = F(self.model.width)
        kept = self.kept[name]
        xhat = kept.xhat()
        w = name + ".weight"
        b = name + ".bias"
        sums[w] = chain_of_products(dout, xhat, sums[w])
        g = dout * self.parameters[w]
        sum_gx = (lanes(g, xhat) / c)[:, None]
        if b in sums:
            sums[b] = chain_of_sums(dout, sums[b])
        if self.model.norm == "layernorm":
            sum_g = (lanes(g) / c)[:, None]
        else:
            sum_g = F(0)
        return self.rs(kept.rstd * (g - fma(xhat, sum_gx, sum_g)))

    def attention_back(self, da, name):
        t = self.model.context
        dqkv = np.zeros((t, 3 * self.model.width), np.float32)
        masked = np.triu(np.ones((t, t), bool), 1)
        for head in range(self.model.heads):
            q, k, v, exps, recips = self.kept[name, head]
            dout = da[:, self.columns(0, head)]
            p = np.where(masked, F(0), exps * recips[:, None])
            dp = chain(dout, v.T)
            delta = np.zeros(t, np.float32)
            for i in range(t):
                delta[i] = chain_of_products(p[i, : i + 1], dp[i, : i + 1], F(0))
            ds = np.where(masked, F(0), p * (dp - delta[:, None]) * self.scale())
            for i in range(t):
                end = self.block_end(i)
                start = self.block_start(i)
                dqkv[i, self.columns(0, head)] = self.rc(chain(ds[i : i + 1, :end], k[:end]))
                dqkv[i, self.columns(1, head)] = self.rc(chain(ds[start:, i : i + 1].T, q[start:]))
                dqkv[i, self.columns(2, head)] = self.rc(chain(p[start:, i : i + 1].T, dout[start:]))
        return dqkv

    def backward(self, dlogits, sums):
        sums["head"] = chain(dlogits.T, self.kept["head"], sums["head"])
        dn = self.rc(chain(dlogits, self.rc(self.head())))
        dx = self.norm_back(dn, LN_F, sums)
        for layer in reversed(range(self.model.layers)):
            h = f"transformer.h.{layer}."
            dz = self.back(self.rc(dx), h + "mlp.c_proj", sums)
            dh = self.rc(dz * self.kept[h + "gelu"])
            dn = self.back(dh, h + "mlp.c_fc", sums)
            dx = self.rs(dx + self.norm_back(dn, h + "ln_2", sums))
            da = self.back(self.rc(dx), h + "attn.c_proj", sums)
            dqkv = self.attention_back(da, h + "attn")
            dn = self.back(dqkv, h + "attn.c_attn", sums)
            dx = self.rs(dx + self.norm_back(dn, h + "ln_1", sums))
        sums[WPE] = sums[WPE] + dx
        lookups = sums["lookups"].copy()
        for t, token in enumerate(self.ids):
            lookups[token] = lookups[token] + dx[t]
        sums["lookups"] = lookups


def gradient(model, precision, parameters, ids, targets, factor):
    """Gradients of a micro-batch by name, its loss, and the logits of its first sequence at the last position."""
    rg = rounding(precision.gradients)
    shapes = model.shapes() | {"head": (model.vocabulary, model.width), "lookups": (model.vocabulary, model.width)}
    of_parts = []
    loss = 0.0
    first_logits = None
    for part in parts(len(ids)):
        sums = {name: np.zeros(shape, np.float32) for name, shape in shapes.items()}
        for i in part:
            sequence = Sequence(model, precision, parameters, ids[i])
            logits = sequence.forward()
            first_logits = logits[-1] if first_logits is None else first_logits
            of_sequence, dlogits = sequence.loss(logits, targets[i], factor)
            loss += of_sequence
            sequence.backward(dlogits, sums)
        of_parts.append(sums)
    ra = precision.of_gradients_of_products()
    of_product = {name: name == "head" or ".attn." in name or ".mlp." in name for name in shapes}
    joined = {name: tree([sums[name] for sums in of_parts]) for name in shapes}
    joined = {name: rg(ra(g) if of_product[name] else g) for name, g in joined.items()}
    head, lookups = joined.pop("head"), joined.pop("lookups")
    if model.tied:
        joined[WTE] = rg(head + lookups)
    else:
        joined[WTE], joined["lm_head.weight"] = lookups, head
    return joined, loss, first_logits


# 10. Clipping


def clipping(gradients, precision, clip):
    """Norm and coefficient."""
    rg = rounding(precision.gradients)
    squares = 0.0
    for g in gradients.values():
        norm = float(rg(np.sqrt(lanes(g.reshape(-1), g.reshape(-1)))))
        squares += norm * norm
    norm = rg(F(math.sqrt(squares)))
    if clip == 0:
        return norm, F(1)
    return norm, np.minimum(F(1), rg(F(clip) / rg(norm + CLIP_EPSILON)))


# 11. The update


class Training(NamedTuple):
    steps: int
    batch: int
    accumulation: int
    optimizer: str
    learning_rate: float
    schedule: str
    weight_decay: float
    beta1: float
    beta2: float
    epsilon: float
    clip: float
    targets: str
    loss_scale: str
    warmup: int = 0
    warmup_from: float = 0.0
    floor: float = 0.0
    decayed: str = "matrices"

    def rate(self, step):
        if step <= self.warmup:
            return self.learning_rate * (self.warmup_from + (1 - self.warmup_from) * ((step - 1) / self.warmup))
        done = (step - 1 - self.warmup) / (self.steps - self.warmup)
        if self.schedule == "constant":
            shape = 1.0
        elif self.schedule == "linear":
            shape = max(0.0, 1 - done)
        else:
            shape = max(0.0, 0.5 * (1 + math.cos(math.pi * done)))
        return self.learning_rate * (self.floor + (1 - self.floor) * shape)

    def decay(self, name, g):
        """Weight decay of a parameter."""
        decays = self.decayed in ("all", name) or self.decayed == "matrices" and g.ndim > 1
        return self.weight_decay if decays else 0.0

    def counted(self, context):
        """Positions of a sequence that count."""
        return context if self.targets == "next" else context - 1


def of_power(base, exponent, formula):
    """formula(base^exponent) in float32. Library powers differ in the last bit; that must not show here."""
    power = math.pow(base, exponent)
    results = {F(formula(x)).tobytes() for x in (np.nextafter(power, 0), power, np.nextafter(power, 2))}
    if len(results) > 1 and exponent > 1:
        raise ArithmeticError(f"{base}^{exponent} decides a float32 by its last bit; choose other settings")
    return F(formula(power))


def threefry(key, counter0, counter1):
    """Two words of random bits for each counter."""
    keys = [np.uint32(k) for k in (*key, 0x1BD11BDA ^ key[0] ^ key[1])]
    x0 = counter0.astype(np.uint32) + keys[0]
    x1 = np.full_like(x0, counter1) + keys[1]
    for j in range(20):
        left = (13, 15, 26, 6, 17, 29, 16, 24)[j % 8]
        x0 = x0 + x1
        x1 = (x1 << np.uint32(left) | x1 >> np.uint32(32 - left)) ^ x0
        if j % 4 == 3:
            s = (j + 1) // 4
            x0 = x0 + keys[s % 3]
            x1 = x1 + keys[(s + 1) % 3] + np.uint32(s)
    return x0, x1


def random_bits(key, before, shape):
    """16 bits for each element of a tensor with as many values before it."""
    e = np.arange(math.prod(shape))
    x0, x1 = threefry(key, e // 64 * 16 + e % 16, before)
    quarter = e % 64 // 16
    word = np.where(quarter < 2, x0, x1)
    return (np.where(quarter % 2 == 0, word, word >> np.uint32(16)) & np.uint32(0xFFFF)).reshape(shape)


def finish(p, c, subtracted, decay, precision, random):
    """Parameter and compensation after an update that rounds stochastically, or compensates."""
    if precision.update == "stochastic":
        return stochastic(p - p * decay - subtracted, random()), c
    y = -(p * decay) - subtracted + c
    after = bf16(p + y)
    return after, bf16(y - (after - p))


def update(p, m, v, c, g, precision, training, step, decay, coefficient, random):
    """Parameter, moments and compensation after the update; random() gives the bits that it may need."""
    rp = rounding(precision.parameters)
    separate = precision.update in ("stochastic", "kahan")
    rm = rounding(precision.moments)
    rate = training.rate(step)
    g = rounding(precision.gradients)(g * coefficient)
    if training.optimizer == "sgd":
        if separate:
            p, c = finish(p, c, g * F(rate), F(rate * decay), precision, random)
            return p, m, v, c
        p = p if F(rate * decay) == 0 else rp(p - p * F(rate * decay))
        return rp(p - F(rate) * g), m, v, c
    b1c, b2, b2c = F(1 - training.beta1), F(training.beta2), F(1 - training.beta2)
    size = of_power(training.beta1, step, lambda power: rate / (1 - power))
    corr = of_power(training.beta2, step, lambda power: math.sqrt(1 - power))
    eps = F(training.epsilon)
    if precision.update != "per-op":
        m = fma(b1c, g - m, m)
        v = fma(b2c * g, g, b2 * v)
        subtracted = size * m / (np.sqrt(v) / corr + eps)
        if separate:
            p, c = finish(p, c, subtracted, F(rate * decay), precision, random)
        else:
            p = rp(p - p * F(rate * decay) - subtracted)
        return p, rm(m), rm(v), c
    p = rp(p * F(1 - rate * decay))
    m = rm(fma(b1c, g - m, m))
    v = rm(fma(b2c * g, g, rm(b2 * v)))
    denominator = rm(rm(rm(np.sqrt(v)) / corr) + rm(eps))
    return rp(p + -size * m / denominator), m, v, c


# 12. Random numbers


class Generator:
    """MT19937 and the numbers drawn from it."""

    def __init__(self, seed):
        self.words = [seed & 0xFFFFFFFF]
        for i in range(1, 624):
            w = self.words[-1]
            self.words.append((1812433253 * (w ^ w >> 30) + i) & 0xFFFFFFFF)
        self.position = 624

    def draw(self):
        w = self.words
        if self.position == 624:
            for i in range(624):
                y = w[i] & 0x80000000 | w[(i + 1) % 624] & 0x7FFFFFFF
                w[i] = w[(i + 397) % 624] ^ y >> 1 ^ (0x9908B0DF if y & 1 else 0)
            self.position = 0
        y = w[self.position]
        self.position += 1
        y ^= y >> 11
        y ^= y << 7 & 0x9D2C5680
        y ^= y << 15 & 0xEFC60000
        return y ^ y >> 18

    def uniforms(self, n):
        return floats([self.draw() % 2**24 for _ in range(n)]) * F(2.0**-24)

    def normals(self, n, std=1.0):
        if n < 16:
            raise ValueError(f"{n} normals: fewer than 16 are drawn in another way, which is not needed here")
        u = self.uniforms(n)
        for at in range(0, n - 15, 16):
            u[at : at + 16] = box_muller(u[at : at + 16], F(std))
        if n % 16:
            u[-16:] = box_muller(self.uniforms(16), F(std))
        return u

    def permutation(self, n):
        order = list(range(n))
        for i in range(n - 1):
            j = i + self.draw() % (n - i)
            order[i], order[j] = order[j], order[i]
        return order


LOG = [
    constant(c)
    for c in (
        "0x1.204376p-4", "-0x1.d7a37p-4", "0x1.de4a34p-4", "-0x1.fcba9ep-4", "0x1.23d37ep-3",
        "-0x1.555cap-3", "0x1.999d58p-3", "-0x1.fffff8p-3", "0x1.555554p-2",
    )
]  # fmt: skip
SIN = [constant(c) for c in ("-0x1.9943f2p-13", "0x1.11073cp-7", "-0x1.555546p-3")]
COS = [constant(c) for c in ("0x1.99eb9cp-16", "-0x1.6c0c34p-10", "0x1.55554ap-5")]
SQRT_HALF = constant("0x1.6a09e6p-1")
FOUR_OVER_PI = constant("0x1.45f306p0")
PI_4_HIGH = constant("0x1.92p-1")
PI_4_MIDDLE = constant("0x1.fb4p-13")
PI_4_LOW = constant("0x1.4442d2p-25")
TWO_PI = constant("0x1.921fb6p2")


def horner(coefficients, x):
    y = coefficients[0]
    for c in coefficients[1:]:
        y = fma(y, x, c)
    return y


def log(x):
    f, k = np.frexp(x)
    k = floats(k)
    m = f - F(1)
    small = f < SQRT_HALF
    k = np.where(small, k - F(1), k)
    m = np.where(small, m + f, m)
    z = m * m
    y = fma(horner(LOG, m) * m, z, k * LN2_LOW)
    y = fma(F(-0.5), z, y)
    return fma(k, LN2_HIGH, m + y)


def sin_and_cos(x):
    octant = np.floor(x * FOUR_OVER_PI).astype(np.int64) + 1 & ~1
    o = floats(octant)
    q = fma(o, -PI_4_LOW, fma(o, -PI_4_MIDDLE, fma(o, -PI_4_HIGH, x)))
    z = q * q
    s = fma(horner(SIN, z) * z, q, q)
    k = fma(horner(COS, z) * z, z, F(-0.5) * z) + F(1)
    swap = octant & 2 != 0
    sin = np.where(swap, k, s)
    cos = np.where(swap, s, k)
    return np.where(octant & 4 != 0, -sin, sin), np.where(octant + 2 & 4 != 0, -cos, cos)


def box_muller(u, std):
    radius = np.sqrt(F(-2) * log(F(1) - u[:8]))
    sin, cos = sin_and_cos(TWO_PI * u[8:])
    return np.concatenate([fma(radius * cos, std, F(0)), fma(radius * sin, std, F(0))])


class Initialization(NamedTuple):
    mode: str
    scale: float
    sigma: float


def initial_parameters(model, how, precision, generator, seed):
    """Drawn by a generator with this seed."""
    shapes = model.shapes()
    values = {name: np.zeros(shape, np.float32) for name, shape in shapes.items()}
    linear = [
        [f"transformer.h.{layer}.{name}.weight" for name in ("attn.c_attn", "attn.c_proj", "mlp.c_fc", "mlp.c_proj")]
        for layer in range(model.layers)
    ]

    def draw(name, std):
        values[name] = generator.normals(math.prod(shapes[name]), std).reshape(shapes[name])

    for name in (WTE, WPE):
        draw(name, 1)
    for block in linear:
        for name in block:
            draw(name, 0.02)
    for name in (WTE, WPE):
        draw(name, 0.02)
    for block in linear:
        for name in block:
            draw(name, 0.02)
            if name.endswith("c_proj.weight"):
                draw(name, 0.02 / math.sqrt(2 * model.layers))
    generator.uniforms(model.vocabulary * model.width)
    head = generator.normals(model.vocabulary * model.width, 0.02)
    if not model.tied:
        values["lm_head.weight"] = head.reshape(shapes["lm_head.weight"])
    for name in shapes:
        if ".ln_" in name and name.endswith(".weight"):
            values[name] = np.ones(shapes[name], np.float32)
    values[WTE] = embeddings(values[WTE], how, generator, seed)
    return {name: rounding(precision.parameters)(x) for name, x in values.items()}


def embeddings(w, how, generator, seed):
    rows, width = w.shape
    scale, sigma = F(how.scale), F(how.sigma)

    def noise(g):
        return (g.normals(rows * width) * sigma).reshape(w.shape)

    if how.mode == "normal":
        return w if how.scale == 0.02 else w * F(how.scale / 0.02)
    if how.mode == "singular":
        return np.tile(generator.normals(width) * scale, (rows, 1))
    if how.mode == "snowball":
        v = generator.normals(width) * scale
        return v + noise(generator)
    if how.mode == "unit-noise":
        v = generator.normals(width)
        length = F(math.sqrt(sum(float(x) * float(x) for x in v)))
        return v / length * scale + noise(generator)
    if how.mode == "bf16-native":
        generator.__init__(seed)
        v = bf16(generator.normals(width) * scale)
        return np.tile(v, (rows, 1)) if how.sigma == 0 else bf16(v + bf16(noise(generator)))
    raise ValueError(f"initialization.mode is {how.mode}")


def micro_batches(corpus, context, batch, seed):
    """The windows of each micro-batch, epoch after epoch."""
    epoch = 0
    while True:
        order = Generator(seed + epoch).permutation(len(corpus) - context)
        for at in range(0, len(order), batch):
            yield np.array([corpus[w : w + context + 1] for w in order[at : at + batch]])
        epoch += 1


def split(windows, targets):
    """Inputs and targets; -1 is a position that does not count."""
    if targets == "next":
        return windows[:, :-1], windows[:, 1:]
    shifted = windows[:, 1:-1] if targets == "next-within" else windows[:, 2:]
    return windows[:, :-1], np.hstack([shifted, np.full((len(windows), 1), -1)])


# fdlibm's e_log.c (Sun Microsystems 1993), after which the contract's double logarithm is


def fdlibm_log(x):
    """ln x of a positive, normal double."""
    ln2_high, ln2_low = 6.93147180369123816490e-01, 1.90821492927058770002e-10
    lg = (
        6.666666666666735130e-01, 3.999999999940941908e-01, 2.857142874366239149e-01, 2.222219843214978396e-01,
        1.818357216161805012e-01, 1.531383769920937332e-01, 1.479819860511658591e-01,
    )  # fmt: skip
    f, k = math.frexp(x)
    f, k = f * 2, k - 1  # f in [1, 2)
    high = int(np.float64(f).view(np.int64)) >> 32 & 0xFFFFF
    if high + 0x95F64 & 0x100000:
        f, k = f / 2, k + 1  # above sqrt(2)
    f -= 1
    if 0xFFFFF & 2 + high < 3:
        if f == 0:
            return k * ln2_high + k * ln2_low
        r = f * f * (0.5 - 0.33333333333333333 * f)
        return f - r if k == 0 else k * ln2_high - ((r - k * ln2_low) - f)
    s = f / (2 + f)
    z = s * s
    w = z * z
    even = w * (lg[1] + w * (lg[3] + w * lg[5]))
    odd = z * (lg[0] + w * (lg[2] + w * (lg[4] + w * lg[6])))
    r = odd + even
    if high - 0x6147A | 0x6B851 - high > 0:
        half = 0.5 * f * f
        if k == 0:
            return f - (half - s * (half + r))
        return k * ln2_high - ((half - (s * (half + r) + k * ln2_low)) - f)
    return f - s * (f - r) if k == 0 else k * ln2_high - ((s * (f - r) - k * ln2_low) - f)


# A run


class State(NamedTuple):
    """After a step: everything by the parameter's name."""

    parameters: dict
    gradients: dict
    exp_avg: dict
    exp_avg_sq: dict
    compensation: dict
    loss: float
    logits: np.ndarray
    norm: np.float32
    coefficient: np.float32


def run(model, precision, training, how, corpus, seed, steps):
    """Yields the initial parameters, then the state after each step."""
    rg = rounding(precision.gradients)
    generator = Generator(seed)
    p = initial_parameters(model, how, precision, generator, seed)
    yield dict(p)
    m = {name: np.zeros_like(x) for name, x in p.items()}
    v = {name: np.zeros_like(x) for name, x in p.items()}
    c = {name: np.zeros_like(x) for name, x in p.items()}
    source = micro_batches(corpus, model.context, training.batch, seed)
    counted = training.counted(model.context)
    divisor_of_one = counted if training.loss_scale == "mean" else model.context
    for step in range(1, steps + 1):
        batches = [split(next(source), training.targets) for _ in range(training.accumulation)]
        divisor = sum(len(ids) for ids, _ in batches) * divisor_of_one
        in_gradient = bf16(F(divisor)) if precision.loss == "bf16" and training.loss_scale == "mean" else divisor
        gradients, loss, logits = None, 0.0, None
        for ids, targets in batches:
            g, of_batch, last = gradient(model, precision, p, ids, targets, F(1 / float(in_gradient)))
            loss += of_batch
            if gradients is None:
                gradients, logits = g, last
            else:
                gradients = {name: rg(gradients[name] + g[name]) for name in g}
        gradients = {name: gradients[name] for name in p}
        norm, coefficient = clipping(gradients, precision, training.clip)
        key = [generator.draw(), generator.draw()] if precision.update == "stochastic" else None
        before = 0
        for name, g in gradients.items():

            def random(before=before, shape=g.shape):
                return random_bits(key, before, shape)

            p[name], m[name], v[name], c[name] = update(
                p[name], m[name], v[name], c[name], g, precision, training, step, training.decay(name, g), coefficient,
                random,
            )  # fmt: skip
            before += g.size
        yield State(dict(p), gradients, dict(m), dict(v), dict(c), loss / divisor, logits, norm, coefficient)
