"""Where PyTorch's CPU kernels round differently from docs/numerics.md: one step, part by part.

    lilgatsby run EXPERIMENT --steps 0 --corpus TEXT --out START      # the parameters before training
    lilgatsby run EXPERIMENT --steps 1 --corpus TEXT --out AFTER      # the parameters after update 1
    python3 parts.py START/model AFTER/model PREPARED_TEXT

A GPT-2 of the experiments' shape whose parts (linear layers, normalisation, attention, gelu, lookups, loss) are each
either PyTorch's own kernel in bf16 or the contract's: float32 inside, one rounding at the end. With all parts
PyTorch's it has the gradients of transformers' GPT2LMHeadModel bit for bit, which is checked first. Then one part after
the other is exchanged, and the table shows what share of each gradient stays equal.
Needs torch, transformers and safetensors.
"""

import argparse
import math
import pathlib
import sys

import torch
from safetensors.torch import load_file
from torch.nn import functional
from transformers import GPT2Config, GPT2LMHeadModel

BF16 = torch.bfloat16
CONTEXT, WIDTH, HEADS, LAYERS, SEED = 128, 64, 2, 2, 42

# The parts. Forward and backward are separate where PyTorch has separate kernels for them.
PARTS = ("linear", "linear.dx", "linear.dw", "linear.db", "norm", "norm.dx", "norm.dw", "attention", "attention.back",
         "gelu", "gelu.back", "lookups", "positions", "loss")


CONFIG = GPT2Config(
    vocab_size=128, n_positions=CONTEXT, n_embd=WIDTH, n_layer=LAYERS, n_head=HEADS, resid_pdrop=0.0, embd_pdrop=0.0,
    attn_pdrop=0.0, bos_token_id=None, eos_token_id=None)


class Rules:
    """Which parts follow the contract, and how precisely the contract's sums are computed."""

    def __init__(self, contract=(), inside=torch.float32):
        self.contract = frozenset(contract)
        self.inside = inside

    def __contains__(self, part):
        return part in self.contract


class Part(torch.autograd.Function):
    """Common to all: under a part's name, `native` recomputes PyTorch's kernel with its own backward."""

    @staticmethod
    def native(function, inputs, dout):
        with torch.enable_grad():
            leaves = [x.detach().requires_grad_() for x in inputs]
            return torch.autograd.grad(function(*leaves), leaves, dout)


class Linear(Part):
    @staticmethod
    def forward(ctx, rules, x, w, b):
        ctx.rules = rules
        ctx.save_for_backward(x, w, b)
        if "linear" not in rules:
            return Linear.kernel(x, w, b)
        wide = rules.inside
        return (x.to(wide) @ w.to(wide) + b.to(wide)).to(BF16)

    @staticmethod
    def kernel(x, w, b):
        return torch.addmm(b, x.view(-1, x.size(-1)), w).view(*x.shape[:-1], w.shape[1])

    @staticmethod
    def backward(ctx, dy):
        x, w, b = ctx.saved_tensors
        rules, wide = ctx.rules, ctx.rules.inside
        dx, dw, db = Part.native(Linear.kernel, (x, w, b), dy)
        rows, drows = x.reshape(-1, x.size(-1)).to(wide), dy.reshape(-1, dy.size(-1)).to(wide)
        if "linear.dx" in rules:
            dx = (dy.to(wide) @ w.to(wide).T).to(BF16)
        if "linear.dw" in rules:
            dw = (rows.T @ drows).to(BF16)
        if "linear.db" in rules:
            db = drows.sum(0).to(BF16)
        return None, dx, dw, db


class Head(Part):
    @staticmethod
    def forward(ctx, rules, x, w):
        ctx.rules = rules
        ctx.save_for_backward(x, w)
        if "linear" not in rules:
            return functional.linear(x, w)
        return (x.to(rules.inside) @ w.to(rules.inside).T).to(BF16)

    @staticmethod
    def backward(ctx, dy):
        x, w = ctx.saved_tensors
        rules, wide = ctx.rules, ctx.rules.inside
        dx, dw = Part.native(functional.linear, (x, w), dy)
        if "linear.dx" in rules:
            dx = (dy.to(wide) @ w.to(wide)).to(BF16)
        if "linear.dw" in rules:
            dw = (dy.reshape(-1, dy.size(-1)).to(wide).T @ x.reshape(-1, x.size(-1)).to(wide)).to(BF16)
        return None, dx, dw


class Norm(Part):
    @staticmethod
    def forward(ctx, rules, x, w, b):
        ctx.rules = rules
        ctx.save_for_backward(x, w, b)
        if "norm" not in rules:
            return Norm.kernel(x, w, b)
        return functional.layer_norm(
            x.to(rules.inside), (WIDTH,), w.to(rules.inside), b.to(rules.inside), 1e-5).to(BF16)

    @staticmethod
    def kernel(x, w, b):
        return functional.layer_norm(x, (WIDTH,), w, b, 1e-5)

    @staticmethod
    def backward(ctx, dy):
        x, w, b = ctx.saved_tensors
        rules, wide = ctx.rules, ctx.rules.inside
        dx, dw, db = Part.native(Norm.kernel, (x, w, b), dy)
        exact = Part.native(Norm.kernel, (x.to(wide), w.to(wide), b.to(wide)), dy.to(wide))
        if "norm.dx" in rules:
            dx = exact[0].to(BF16)
        if "norm.dw" in rules:
            dw, db = exact[1].to(BF16), exact[2].to(BF16)
        return None, dx, dw, db


class Attention(Part):
    @staticmethod
    def forward(ctx, rules, q, k, v):
        ctx.rules = rules
        ctx.save_for_backward(q, k, v)
        if "attention" not in rules:
            return Attention.kernel(q, k, v)
        return Attention.plain(q.to(rules.inside), k.to(rules.inside), v.to(rules.inside)).to(BF16)

    @staticmethod
    def kernel(q, k, v):
        return functional.scaled_dot_product_attention(q, k, v, is_causal=True)

    @staticmethod
    def plain(q, k, v):
        scores = q @ k.transpose(-1, -2) / math.sqrt(q.shape[-1])
        later = torch.ones(scores.shape[-2:], dtype=torch.bool).triu(1)
        return scores.masked_fill(later, -torch.inf).softmax(-1) @ v

    @staticmethod
    def backward(ctx, dout):
        inputs = ctx.saved_tensors
        if "attention.back" not in ctx.rules:
            return None, *Part.native(Attention.kernel, inputs, dout)
        wide = ctx.rules.inside
        exact = Part.native(Attention.plain, [x.to(wide) for x in inputs], dout.to(wide))
        return None, *(g.to(BF16) for g in exact)


class Gelu(Part):
    @staticmethod
    def forward(ctx, rules, x):
        ctx.rules = rules
        ctx.save_for_backward(x)
        if "gelu" not in rules:
            return Gelu.kernel(x)
        return Gelu.kernel(x.to(rules.inside)).to(BF16)

    @staticmethod
    def kernel(x):
        return 0.5 * x * (1.0 + torch.tanh(math.sqrt(2.0 / math.pi) * (x + 0.044715 * torch.pow(x, 3.0))))

    @staticmethod
    def backward(ctx, dout):
        (x,) = ctx.saved_tensors
        if "gelu.back" not in ctx.rules:
            return None, *Part.native(Gelu.kernel, (x,), dout)
        wide = ctx.rules.inside
        return None, Part.native(Gelu.kernel, (x.to(wide),), dout.to(wide))[0].to(BF16)


class Lookups(Part):
    """Rows of a table; `part` says whether it is the tokens' or the positions'."""

    @staticmethod
    def forward(ctx, rules, part, table, ids):
        ctx.rules, ctx.part = rules, part
        ctx.save_for_backward(table, ids)
        return functional.embedding(ids, table)

    @staticmethod
    def backward(ctx, dout):
        table, ids = ctx.saved_tensors
        if ctx.part not in ctx.rules:
            (grad,) = Part.native(lambda t: functional.embedding(ids, t), (table,), dout)
            return None, None, grad, None
        sums = torch.zeros(table.shape, dtype=ctx.rules.inside)
        sums.index_add_(0, ids.reshape(-1), dout.reshape(-1, WIDTH).to(ctx.rules.inside))
        return None, None, sums.to(BF16), None


class PositionsAdded(Part):
    """Token and position rows added; backward, those of positions are summed over the batch."""

    @staticmethod
    def forward(ctx, rules, tokens, positions):
        ctx.rules = rules
        return tokens + positions

    @staticmethod
    def backward(ctx, dx):
        if "positions" in ctx.rules:
            return None, dx, dx.to(ctx.rules.inside).sum(0, keepdim=True).to(BF16)
        return None, dx, dx.sum_to_size(1, *dx.shape[1:])


class Loss(Part):
    @staticmethod
    def forward(ctx, rules, logits, labels, divisor):
        ctx.rules, ctx.divisor = rules, divisor
        ctx.save_for_backward(logits, labels)
        return Loss.kernel(logits.float(), labels, divisor)

    @staticmethod
    def kernel(logits, labels, divisor):
        shifted = functional.pad(labels, (0, 1), value=-100)[..., 1:].reshape(-1)
        return functional.cross_entropy(logits.view(-1, logits.size(-1)), shifted, reduction="sum") / divisor

    @staticmethod
    def backward(ctx, dout):
        logits, labels = ctx.saved_tensors
        wide = ctx.rules.inside if "loss" in ctx.rules else torch.float32
        exact = Part.native(lambda y: Loss.kernel(y, labels, ctx.divisor), (logits.to(wide),), dout.to(wide))
        return None, exact[0].to(BF16), None, None


def step(rules, start, ids, labels, divisor):
    """Every activation by name, and the gradient of every parameter."""
    p = {name: tensor.clone().requires_grad_() for name, tensor in start.items()}
    seen = {}

    def see(name, tensor):
        tensor.retain_grad()
        seen[name] = tensor
        return tensor

    def linear(x, name):
        return see(name, Linear.apply(rules, x, p[name + ".weight"], p[name + ".bias"]))

    def norm(x, name):
        return see(name, Norm.apply(rules, x, p[name + ".weight"], p[name + ".bias"]))

    def heads(x):
        return x.view(*x.shape[:-1], HEADS, WIDTH // HEADS).transpose(1, 2)

    tokens = Lookups.apply(rules, "lookups", p["transformer.wte.weight"], ids)
    at = torch.arange(ids.shape[1])[None]
    positions = Lookups.apply(rules, "positions", p["transformer.wpe.weight"], at)
    x = see("embedding", PositionsAdded.apply(rules, tokens, positions))
    for layer in range(LAYERS):
        h = f"transformer.h.{layer}."
        q, k, v = linear(norm(x, h + "ln_1"), h + "attn.c_attn").split(WIDTH, dim=2)
        a = see(h + "attn", Attention.apply(rules, heads(q), heads(k), heads(v)))
        x = see(h + "attn.sum", linear(a.transpose(1, 2).reshape(*x.shape), h + "attn.c_proj") + x)
        hidden = linear(norm(x, h + "ln_2"), h + "mlp.c_fc")
        x = see(h + "mlp.sum", x + linear(see(h + "gelu", Gelu.apply(rules, hidden)), h + "mlp.c_proj"))
    logits = see("logits", Head.apply(rules, norm(x, "transformer.ln_f"), p["transformer.wte.weight"]))
    Loss.apply(rules, logits, labels, divisor).backward()
    activations = {name: t.detach() for name, t in seen.items()} | {"d " + name: t.grad for name, t in seen.items()}
    return activations, {name: t.grad for name, t in p.items()}


def transformers_gradients(start, ids, labels, divisor):
    model = GPT2LMHeadModel(CONFIG).to(BF16)
    model.load_state_dict(start, strict=False)
    model.tie_weights()
    with torch.autocast("cpu", BF16):
        loss = model(input_ids=ids, labels=labels, num_items_in_batch=divisor).loss
    loss.backward()
    return {name: p.grad for name, p in model.named_parameters()}


def exact_gradients(start, ids, labels, divisor):
    model = GPT2LMHeadModel(CONFIG).double()
    model.load_state_dict({name: t.double() for name, t in start.items()}, strict=False)
    model.tie_weights()
    logits = model(input_ids=ids).logits
    Loss.kernel(logits, labels, divisor).backward()
    return {name: p.grad for name, p in model.named_parameters()}


def updated(start, gradients, per_op):
    """The parameters after update 1 by PyTorch's own clipping and AdamW."""
    p = {n: t.clone().requires_grad_() for n, t in start.items()}
    for name, tensor in p.items():
        tensor.grad = gradients[name].clone()
    torch.nn.utils.clip_grad_norm_(p.values(), 1.0)
    decayed = 0.0 if per_op else 0.01
    groups = [{"params": [t for t in p.values() if t.dim() > 1], "weight_decay": decayed},
              {"params": [t for t in p.values() if t.dim() == 1], "weight_decay": 0.0}]
    torch.optim.AdamW(groups, lr=1e-3, fused=not per_op).step()
    return {n: t.detach() for n, t in p.items()}


def percent(a, b):
    """Share of equal values, rounded down so that 100.00 means all."""
    return f"{math.floor(10_000 * (a == b).double().mean().item()) / 100:.2f}"


def apart(a, b):
    """RMS of the difference relative to that of b."""
    return ((a.double() - b.double()).norm() / b.double().norm()).item()


def kind(name):
    return name.replace("transformer.", "").replace("h.0.", "").replace("h.1.", "")


def table(columns, names):
    """A row for each kind of tensor, those of both layers together."""
    print(f"{'':20}" + "".join(f"{title:>15}" for title, *_ in columns))
    for k in dict.fromkeys(kind(name) for name in names):
        of = [name for name in names if kind(name) == k]
        joined = [[torch.cat([g[n].flatten() for n in of]) for g in gradients] for _, _, *gradients in columns]
        print(f"{k:20}" + "".join(f"{column[1](*g):>15}" for column, g in zip(columns, joined)))


def kernels():
    """Compares each PyTorch kernel with float32 and one rounding, and with the roundings that reproduce it."""
    def line(what, *pairs):
        print(f"{what:76}" + "".join(f"{percent(a, b):>8}" for a, b in pairs))

    torch.manual_seed(1)
    x, dy = torch.randn(4096, WIDTH).to(BF16), torch.randn(4096, WIDTH).to(BF16)
    w, b = torch.ones(WIDTH, dtype=BF16), torch.zeros(WIDTH, dtype=BF16)
    y, mean, rstd = torch.native_layer_norm(x, (WIDTH,), w, b, 1e-5)
    dx, dw, db = torch.ops.aten.native_layer_norm_backward(dy, x, (WIDTH,), mean, rstd, w, b, (True, True, True))
    xf, df = x.float(), dy.float()
    m = xf.mean(1, keepdim=True)
    r = 1 / (xf.var(1, unbiased=False, keepdim=True) + 1e-5).sqrt()

    def back(m, r):
        xhat = (xf - m) * r
        return (r * (df - df.mean(1, keepdim=True) - xhat * (df * xhat).mean(1, keepdim=True))).to(BF16)

    line("LayerNorm, output: float32, one rounding", (y, ((xf - m) * r).to(BF16)))
    line("LayerNorm, dx: float32, one rounding", (dx, back(m, r)))
    line("LayerNorm, dx: from mean and rstd rounded to bf16", (dx, back(mean.float(), rstd.float())))
    terms = df * (xf - mean.float()) * rstd.float()
    chains = [torch.zeros(WIDTH, dtype=BF16), torch.zeros(WIDTH, dtype=BF16)]
    for term, d in zip(terms, df):
        chains = [(chains[0].float() + term).to(BF16), (chains[1].float() + d).to(BF16)]
    line("LayerNorm, dw and db: float32, one rounding", (dw, terms.sum(0).to(BF16)), (db, df.sum(0).to(BF16)))
    line("LayerNorm, dw and db: the sum rounded after each row", (dw, chains[0]), (db, chains[1]))

    q, k, v = (torch.randn(8, HEADS, CONTEXT, WIDTH // HEADS).to(BF16).requires_grad_() for _ in range(3))
    out = Attention.kernel(q, k, v)
    dout = torch.randn_like(out)
    out.backward(dout)
    qf, kf, vf, of, dof = (t.detach().float() for t in (q, k, v, out, dout))
    scale = 1 / math.sqrt(WIDTH // HEADS)
    scores = (qf @ kf.transpose(-1, -2) * scale).masked_fill(torch.ones(CONTEXT, CONTEXT).triu(1) > 0, -torch.inf)
    e = (scores - scores.amax(-1, keepdim=True)).exp()
    total = e.sum(-1, keepdim=True)
    line("attention, output: float32, one rounding", (out, (e @ vf / total).to(BF16)))
    line("attention, output: exp(score - max) rounded before the product with v",
         (out, (e.to(BF16).float() @ vf / total).to(BF16)))

    def back_attention(rounded, block):
        once = (lambda t: t.to(BF16).float()) if rounded else (lambda t: t)
        p = e / total
        dp = dof @ vf.transpose(-1, -2)
        delta = (of * dof).sum(-1, keepdim=True) if rounded else (p * dp).sum(-1, keepdim=True)
        ds, p = once(p * (dp - delta)), once(p)
        dk, dv = torch.zeros_like(kf, dtype=BF16), torch.zeros_like(vf, dtype=BF16)
        for at in range(0, CONTEXT, block):
            rows = slice(at, at + block)
            dk = (dk.float() + scale * (ds[..., rows, :].transpose(-1, -2) @ qf[..., rows, :])).to(BF16)
            dv = (dv.float() + p[..., rows, :].transpose(-1, -2) @ dof[..., rows, :]).to(BF16)
        return tuple(zip((q.grad, k.grad, v.grad), ((ds @ kf * scale).to(BF16), dk, dv)))

    line("attention, dq, dk, dv: float32, one rounding", *back_attention(False, CONTEXT))
    line("attention, dq, dk, dv: p and ds rounded before their products", *back_attention(True, CONTEXT))
    line("attention, dq, dk, dv: so too, and dk, dv rounded after each 32 queries", *back_attention(True, 32))

    h = torch.randn(4096, 4 * WIDTH).to(BF16).requires_grad_()
    dh = torch.randn_like(h)
    z = Gelu.kernel(h)
    z.backward(dh)
    hf = h.detach().float().requires_grad_()
    zf = Gelu.kernel(hf)
    zf.backward(dh.float())
    line("gelu_new, output and dx: float32, one rounding", (z, zf.to(BF16)), (h.grad, hf.grad.to(BF16)))

    matrix, bias = (torch.randn(WIDTH, 3 * WIDTH) * 0.02).to(BF16), (torch.randn(3 * WIDTH) * 0.01).to(BF16)
    wide = torch.randn(4096, 3 * WIDTH).to(BF16)
    line("linear, output: float64, one rounding",
         (Linear.kernel(x, matrix, bias), (x.double() @ matrix.double() + bias.double()).to(BF16)))
    line("linear, dx, dw, db: float64, one rounding",
         (wide @ matrix.T, (wide.double() @ matrix.double().T).to(BF16)),
         (x.T @ wide, (x.double().T @ wide.double()).to(BF16)), (wide.sum(0), wide.double().sum(0).to(BF16)))
    ids = torch.randint(77, (4096,))
    rows = torch.zeros(128, WIDTH, dtype=BF16).requires_grad_()
    functional.embedding(ids, rows).backward(dy)
    sums, chain = torch.zeros(128, WIDTH), torch.zeros(128, WIDTH, dtype=BF16)
    for token, d in zip(ids, df):
        sums[token] += d
        chain[token] = (chain[token].float() + d).to(BF16)
    line("lookups, gradient of W: float32, one rounding", (rows.grad, sums.to(BF16)))
    line("lookups, gradient of W: the sum rounded after each position", (rows.grad, chain))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("start", type=pathlib.Path, help="model directory of a run of 0 steps")
    parser.add_argument("after", type=pathlib.Path, help="model directory of a run of 1 step")
    parser.add_argument("text", type=pathlib.Path, help="the prepared text")
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--black-hole", action="store_true",
                        help="as in supermassive-black-hole: the mean loss, no weight decay, AdamW op by op")
    given = parser.parse_args()
    torch.set_num_threads(1)
    start = {n: t for n, t in load_file(given.start / "model.safetensors").items() if n != "lm_head.weight"}
    ours = load_file(given.after / "model.safetensors")
    tokens = torch.frombuffer(bytearray(given.text.read_bytes()), dtype=torch.uint8).long()
    order = torch.randperm(len(tokens) - CONTEXT, generator=torch.Generator().manual_seed(SEED))

    def batch(number):
        places = order[number * given.batch : (number + 1) * given.batch]
        windows = torch.stack([tokens[i : i + CONTEXT + 1] for i in places])
        return windows[:, :-1], windows[:, 1:], given.batch * (CONTEXT - 1 if given.black_hole else CONTEXT)

    names = list(start)
    theirs = transformers_gradients(start, *batch(0))
    seen, native = step(Rules(), start, *batch(0))
    differ = [n for n in names if not torch.equal(theirs[n], native[n])]
    print("all parts PyTorch's, against transformers:", f"these differ: {differ}" if differ else "every bit equal")
    if differ:
        sys.exit(1)
    contract_seen, contract = step(Rules(PARTS), start, *batch(0))
    exact = exact_gradients(start, *batch(0))
    after = updated(start, theirs, given.black_hole)
    after_contract = updated(start, contract, given.black_hole)

    print("\nPyTorch's kernels on random numbers: share of equal values, %")
    kernels()
    print("\nstep 1: shares of equal values in %, errors against float64, and the size of the gradient")
    table([("gradient", percent, theirs, contract),
           ("its sign", lambda a, b: percent(a.sign(), b.sign()), theirs, contract),
           ("after update 1", percent, after, ours), ("contract's", percent, after_contract, ours),
           ("PyTorch's error", lambda a, b: f"{apart(a, b):.1e}", theirs, exact),
           ("contract's", lambda a, b: f"{apart(a, b):.1e}", contract, exact),
           ("RMS", lambda a: f"{a.square().mean().sqrt().item():.1e}", exact)], names)
    one = {part: step(Rules(set(PARTS) - {part}), start, *batch(0))[1] for part in PARTS}
    print("\none part PyTorch's, the rest the contract's: share of the gradient equal to the contract's, %")
    for some in (PARTS[:7], PARTS[7:]):
        table([(part, percent, contract, one[part]) for part in some], names)
    print("\none part PyTorch's, the rest the contract's: share equal after update 1, %")
    moved = {part: updated(start, gradient, given.black_hole) for part, gradient in one.items()}
    for some in (PARTS[:7], PARTS[7:]):
        table([(part, percent, after_contract, moved[part]) for part in some], names)
    print("\nactivations, and their gradients (d): share equal, %")
    for name in seen:
        print(f"{name:40}{percent(seen[name], contract_seen[name]):>10}")

    print("\nstep 2: the gradient of W, RMS of the difference relative to RMS")
    w = "transformer.wte.weight"
    from_theirs = transformers_gradients(after, *batch(1))[w]
    _, contract_from_theirs = step(Rules(PARTS), after, *batch(1))
    _, contract_from_ours = step(Rules(PARTS), {n: ours[n] for n in names}, *batch(1))
    reference = contract_from_ours[w]

    def line(what, a, b):
        print(f"{what:64}{apart(a, b):.4f}")

    line("both from PyTorch's parameters: PyTorch and the contract", from_theirs, contract_from_theirs[w])
    line("both by the contract: from PyTorch's parameters and from ours", contract_from_theirs[w], reference)
    line("PyTorch from its own, the contract from ours", from_theirs, reference)
    for n in dict.fromkeys(kind(n) for n in names):
        mixed = {m: ours[m] if kind(m) == n else after[m] for m in names}
        line("  both by the contract, with our " + n, step(Rules(PARTS), mixed, *batch(1))[1][w], reference)


main()
