"""Reference data of gelu by erf: PyTorch's, in float64 and on its CPU in float32.

    python3 python/model/gelu.py            compares with lab/src/test/resources/reference/model/gelu.json
    python3 python/model/gelu.py --write    writes it anew

Needs PyTorch. Of each x: gelu and its derivative in float64; and gelu and its derivative as torch.nn.functional.gelu
computes them in float32 on a CPU.
"""

import json
import math
import sys
from pathlib import Path

import torch

FILE = Path(__file__).resolve().parents[2] / "lab/src/test/resources/reference/model/gelu.json"


def exact_gelu(x):
    """By erfc: where x is far below 0, the 1 + erf(x/sqrt(2)) of PyTorch's own loses its digits."""
    return x * torch.erfc(-x * math.sqrt(0.5)) / 2


def both(gelu, x):
    """gelu and its derivative."""
    x = x.clone().requires_grad_()
    y = gelu(x)
    y.sum().backward()
    return y.detach().tolist(), x.grad.tolist()


def data():
    generator = torch.Generator().manual_seed(7)
    grid = torch.linspace(-13, 13, 209)
    small = torch.tensor([sign * 10.0**-e for e in range(1, 9) for sign in (-1, 1)])
    x = torch.cat([grid, small, torch.randn(200, generator=generator) * 2])
    exact, derivative = both(exact_gelu, x.double())
    cpu, cpu_derivative = both(torch.nn.functional.gelu, x)
    return {"x": x.tolist(), "gelu": exact, "derivative": derivative, "cpu": cpu, "cpu_derivative": cpu_derivative}


def main():
    text = json.dumps(data(), separators=(",", ":")) + "\n"
    if "--write" in sys.argv[1:]:
        FILE.parent.mkdir(parents=True, exist_ok=True)
        FILE.write_text(text)
        return 0
    same = FILE.read_text() == text
    print(f"{FILE.name}: {'the same' if same else 'differs'}")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
