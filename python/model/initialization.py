"""Reference data of the initialisation by encoder layers: what PyTorch's own modules draw on its CPU generator.

    python3 python/model/initialization.py            compares with lab/src/test/resources/reference/model/encoder.json
    python3 python/model/initialization.py --write    writes it anew

Needs PyTorch. A case is the settings of a model and, of each parameter by the name that it has here, the SHA-256 of its
float32 values, little-endian, weights of linear layers as [in, out], and its first four values as bits.
"""

import hashlib
import json
import os
import sys
from pathlib import Path

os.environ["ATEN_CPU_CAPABILITY"] = "avx2"  # PyTorch's builds differ in the last bit of a normal value

import torch
from torch import nn

FILE = Path(__file__).resolve().parents[2] / "lab/src/test/resources/reference/model/encoder.json"

# width, ffn, heads, layers, vocabulary, context, seed, tied, biases, cloned, std of tokens, std of positions
CASES = [
    (64, 256, 2, 2, 128, 32, 42, True, True, True, 0.02, 0.02),
    (64, 256, 2, 2, 128, 32, 42, True, True, False, 0.02, 0.02),
    (96, 288, 3, 3, 101, 17, 7, False, True, False, 1.0, 0.02),
    (36, 75, 4, 4, 55, 9, 1601, True, True, True, 1.0, 1.0),
    (18, 41, 3, 2, 37, 13, 3, False, False, False, 0.02, 1.0),
    (128, 512, 32, 1, 64, 16, 123456789, True, False, True, 0.02, 0.02),
]


class Model(nn.Module):
    def __init__(self, width, ffn, heads, layers, vocabulary, context, biases, cloned):
        super().__init__()
        self.tokens = nn.Embedding(vocabulary, width)
        self.positions = nn.Embedding(context, width)

        def layer():
            return nn.TransformerEncoderLayer(
                width, heads, dim_feedforward=ffn, dropout=0.0, activation="gelu", norm_first=True, bias=biases
            )

        if cloned:
            self.layers = nn.TransformerEncoder(layer(), layers, enable_nested_tensor=False).layers
        else:
            self.layers = nn.ModuleList([layer() for _ in range(layers)])


def parameters(width, ffn, heads, layers, vocabulary, context, seed, tied, biases, cloned, tokens, positions):
    torch.manual_seed(seed)
    model = Model(width, ffn, heads, layers, vocabulary, context, biases, cloned)
    nn.init.normal_(model.tokens.weight, 0.0, tokens)
    nn.init.normal_(model.positions.weight, 0.0, positions)
    yield "transformer.wte.weight", model.tokens.weight
    yield "transformer.wpe.weight", model.positions.weight
    for i, layer in enumerate(model.layers):
        of_layer = {
            "ln_1": layer.norm1, "attn.c_proj": layer.self_attn.out_proj,
            "ln_2": layer.norm2, "mlp.c_fc": layer.linear1, "mlp.c_proj": layer.linear2,
        }  # fmt: skip
        h = f"transformer.h.{i}."
        yield h + "attn.c_attn.weight", layer.self_attn.in_proj_weight.t()
        if biases:
            yield h + "attn.c_attn.bias", layer.self_attn.in_proj_bias
        for name, module in of_layer.items():
            yield h + name + ".weight", module.weight.t()
            if biases:
                yield h + name + ".bias", module.bias
    if not tied:
        yield "lm_head.weight", torch.empty(vocabulary, width).normal_(0.0, 0.02)


def described(tensor):
    values = tensor.detach().contiguous().numpy().astype("<f4")
    first = [f"{int(bits):08x}" for bits in values.reshape(-1)[:4].view("<u4")]
    return {"sha256": hashlib.sha256(values.tobytes()).hexdigest(), "first": first}


def data():
    names = "width ffn heads layers vocabulary context seed tied biases cloned tokens positions".split()
    return [
        {"settings": dict(zip(names, case)), "parameters": {n: described(t) for n, t in parameters(*case)}}
        for case in CASES
    ]


def main():
    text = json.dumps(data(), indent=0) + "\n"
    if "--write" in sys.argv[1:]:
        FILE.parent.mkdir(parents=True, exist_ok=True)
        FILE.write_text(text)
        return 0
    same = FILE.read_text() == text
    print(f"{FILE.name}: {'the same' if same else 'differs'}")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
