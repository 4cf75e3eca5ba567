"""Compares each operation of PyTorch's bf16 training step with the same operation in float64, rounded once.

    python3 operations.py CORPUS

Uses the first step of the experiment float32-edition, see notebook.py. The float64 operations get PyTorch's own
inputs, so a difference comes from this operation alone. Prints the share of values that are equal, and the relative
error against float64. docs/beside-pytorch.md explains the differences.
"""

import sys
from pathlib import Path

import torch
import torch.nn.functional as F
from torch.nn.attention import SDPBackend, sdpa_kernel

import notebook

BLOCKS = ("transformer.h.0.", "transformer.h.1.")
NORMS = [block + norm for block in BLOCKS for norm in ("ln_1", "ln_2")] + ["transformer.ln_f"]
LINEARS = [
    block + linear for block in BLOCKS for linear in ("attn.c_attn", "attn.c_proj", "mlp.c_fc", "mlp.c_proj")
]
EPSILON = 1e-5


class Seen:
    """Input, output and the output's gradient of every module, and of attention, in one step."""

    def __init__(self, model, ids, labels):
        self.of = {}
        for name, module in model.named_modules():
            if not list(module.children()):
                module.register_forward_hook(self.hook(name))
        attention = F.scaled_dot_product_attention
        calls = []

        def watched(q, k, v, **options):
            out = attention(q, k, v, **options)
            for tensor in (q, k, v, out):
                tensor.retain_grad()
            calls.append((q, k, v, out, options["scale"]))
            return out

        F.scaled_dot_product_attention = watched
        try:
            with torch.autocast("cpu", dtype=torch.bfloat16):
                self.out = model(input_ids=ids, labels=labels, num_items_in_batch=torch.tensor(labels.numel()))
        finally:
            F.scaled_dot_product_attention = attention
        self.attention = calls
        self.out.logits.retain_grad()
        self.out.loss.backward()

    def hook(self, name):
        def keep(module, inputs, output):
            output.retain_grad()
            self.of[name] = (inputs[0].detach(), output)

        return keep


def say(what, value, exact):
    value, exact = value.detach().flatten(), exact.detach().flatten()
    equal = (value == exact.to(torch.bfloat16)).double().mean()
    error = (value.double() - exact).norm() / exact.norm()
    print(f"{what:42}{100 * equal:8.2f} %{error:12.1e}")


def norms(seen, parameters):
    for name in NORMS:
        x, y = seen.of[name]
        weight, bias = parameters[name + ".weight"], parameters[name + ".bias"]
        alone = x.clone().requires_grad_()
        F.layer_norm(alone, x.shape[-1:], weight.detach(), bias.detach(), EPSILON).backward(y.grad)
        exact = [t.detach().double().requires_grad_() for t in (x, weight, bias)]
        out = F.layer_norm(exact[0], x.shape[-1:], exact[1], exact[2], EPSILON)
        out.backward(y.grad.double())
        say(name, y, out)
        say("  gradient of its input", alone.grad, exact[0].grad)
        say("  gradient of the weight", weight.grad, exact[1].grad)
        say("  gradient of the bias", bias.grad, exact[2].grad)


def linears(seen, parameters):
    for name in LINEARS:
        x, y = seen.of[name]
        weight, bias = parameters[name + ".weight"], parameters[name + ".bias"]
        x = x.double().flatten(0, 1)
        dy = y.grad.double().flatten(0, 1)
        say(name, y, x @ weight.double() + bias.double())
        say("  gradient of the weight", weight.grad, x.T @ dy)
        say("  gradient of the bias", bias.grad, dy.sum(0))


def gelus(seen, parameters):
    for block in BLOCKS:
        hidden, out = seen.of[block + "mlp.c_fc"][1], seen.of[block + "mlp.act"][1]
        x = hidden.detach().double().requires_grad_()
        exact = F.gelu(x, approximate="tanh")
        exact.backward(out.grad.double())
        say(block + "mlp.act", out, exact)
        say("  gradient of its input", hidden.grad, x.grad)
        behind = seen.of[block + "mlp.c_proj"][1].grad.double()
        say("  gradient of its output", out.grad, behind @ parameters[block + "mlp.c_proj.weight"].double().T)


def attentions(seen):
    for block, (*qkv, out, scale) in zip(BLOCKS, seen.attention):
        exact = [t.detach().double().requires_grad_() for t in qkv]
        with sdpa_kernel(SDPBackend.MATH):
            result = F.scaled_dot_product_attention(*exact, is_causal=True, scale=scale)
        result.backward(out.grad.double())
        say(block + "attn", out, result)
        for what, ours, theirs in zip(("queries", "keys", "values"), qkv, exact):
            say(f"  gradient of {what}", ours.grad, theirs.grad)


def head_and_lookups(seen, parameters, ids):
    normed, logits = seen.of["transformer.ln_f"][1], seen.out.logits
    w = parameters["transformer.wte.weight"].detach().double()
    say("logits", logits, normed.detach().double() @ w.T)
    say("  gradient of the head's input", normed.grad, logits.grad.double() @ w)
    dx = seen.of["transformer.wte"][1].grad
    alone = torch.zeros_like(w, dtype=torch.bfloat16, requires_grad=True)
    F.embedding(ids, alone).backward(dx)
    exact = torch.zeros_like(w).index_add_(0, ids.flatten(), dx.double().flatten(0, 1))
    live = ids.unique()
    say("lookups, gradient of the live tokens", alone.grad[live], exact[live])
    say("wpe, gradient", parameters["transformer.wpe.weight"].grad, dx.double().sum(0))


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    experiment = notebook.EXPERIMENTS["float32-edition"]
    windows = notebook.Windows(Path(sys.argv[1]).read_bytes())
    order = torch.randperm(len(windows), generator=torch.Generator().manual_seed(notebook.SEED))
    batch = [windows[at] for at in order[: experiment.batch].tolist()]
    ids, labels = (torch.stack([window[key] for window in batch]) for key in ("input_ids", "labels"))
    model = notebook.start(experiment)
    seen = Seen(model, ids, labels)
    parameters = dict(model.named_parameters())
    print(f"{'':42}{'equal':>10}{'error':>12}")
    norms(seen, parameters)
    linears(seen, parameters)
    gelus(seen, parameters)
    attentions(seen)
    head_and_lookups(seen, parameters, ids)


if __name__ == "__main__":
    main()
