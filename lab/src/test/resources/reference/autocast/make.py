"""What torch.autocast("cpu", torch.bfloat16) casts in a step of a float32 GPT-2, operation by operation.

    python3 make.py > autocast.json

Needs torch. "operations" lists name, types in, types out of all operations that compute or cast, forward, then
backward; "gradients" tells which parameters have gradients that were bfloat16 before they were stored in float32.
"""

import json
import math

import torch
import torch.nn.functional as F
from torch import nn
from torch.utils._python_dispatch import TorchDispatchMode

V, C, T, H, B = 37, 18, 13, 3, 3
MOVES = ("view", "detach", "transpose", "aten.t.", "permute", "unsqueeze", "expand", "slice", "split", "clone", "empty")


class Trace(TorchDispatchMode):
    def __init__(self):
        super().__init__()
        self.operations = []

    def __torch_dispatch__(self, operation, types, args=(), kwargs=None):
        out = operation(*args, **(kwargs or {}))
        if not any(move in str(operation) for move in MOVES):
            self.operations.append([str(operation), names(args), names(out)])
        return out


def names(values):
    if isinstance(values, torch.Tensor):
        return [str(values.dtype).removeprefix("torch.")]
    if isinstance(values, (tuple, list)):
        return [name for value in values for name in names(value)]
    return []


class Attention(nn.Module):
    def __init__(self):
        super().__init__()
        self.c_attn, self.c_proj = nn.Linear(C, 3 * C), nn.Linear(C, C)

    def forward(self, x):
        q, k, v = (y.view(B, T, H, C // H).transpose(1, 2) for y in self.c_attn(x).split(C, 2))
        a = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        return self.c_proj(a.transpose(1, 2).reshape(B, T, C))


class Mlp(nn.Module):
    def __init__(self):
        super().__init__()
        self.c_fc, self.c_proj = nn.Linear(C, 4 * C), nn.Linear(4 * C, C)

    def forward(self, x):
        return self.c_proj(F.gelu(self.c_fc(x), approximate="tanh"))


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.ln_1, self.attn, self.ln_2, self.mlp = nn.LayerNorm(C), Attention(), nn.LayerNorm(C), Mlp()

    def forward(self, x):
        x = x + self.attn(self.ln_1(x))
        return x + self.mlp(self.ln_2(x))


class Transformer(nn.Module):
    def __init__(self):
        super().__init__()
        self.wte, self.wpe = nn.Embedding(V, C), nn.Embedding(T, C)
        self.h, self.ln_f = nn.ModuleList([Block(), Block()]), nn.LayerNorm(C)

    def forward(self, ids):
        x = self.wte(ids) + self.wpe(torch.arange(T))
        for block in self.h:
            x = block(x)
        return self.ln_f(x)


class Gpt2(nn.Module):
    def __init__(self, tied):
        super().__init__()
        self.transformer, self.lm_head = Transformer(), nn.Linear(C, V, bias=False)
        if tied:
            self.lm_head.weight = self.transformer.wte.weight
        for parameter in self.parameters():
            nn.init.normal_(parameter, 0.0, 1 / math.sqrt(C))

    def forward(self, ids):
        return self.lm_head(self.transformer(ids))


def traced(tied):
    torch.manual_seed(0)
    model = Gpt2(tied)
    ids, targets = torch.randint(0, V, (B, T)), torch.randint(0, V, (B, T))
    forward, backward = Trace(), Trace()
    with forward, torch.autocast("cpu", torch.bfloat16):
        loss = F.cross_entropy(model(ids).view(-1, V), targets.view(-1))
    with backward:
        loss.backward()
    gradients = {
        name: "bfloat16" if bool((p.grad.view(torch.int32) & 0xFFFF == 0).all()) else "float32"
        for name, p in model.named_parameters()
    }
    return {"forward": forward.operations, "backward": backward.operations, "gradients": gradients}


if __name__ == "__main__":
    print(json.dumps({"torch": torch.__version__, "tied": traced(True), "untied": traced(False)}))
