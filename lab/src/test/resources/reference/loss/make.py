"""torch.nn.functional.cross_entropy of bfloat16 logits on a CPU: losses of positions, and the gradient of their mean.

    python3 make.py > cross-entropy.safetensors

Needs torch; 2.13.0 gives the committed bytes, whatever its ATEN_CPU_CAPABILITY is (default, avx2, avx512). For each V,
the tensors V/logits [rows, V], V/targets [rows] with -100 where a position is ignored, V/losses [rows] and
V/gradient [rows, V]. "many" are more positions than bfloat16 counts.
"""

import json
import struct
import sys

import torch
import torch.nn.functional as F

IGNORED = -100


def bells(generator, *shape):
    """About N(0, 1), of uniform numbers alone: those of randn depend on the capability in the last digit."""
    return (torch.rand(4, *shape, generator=generator).sum(0) - 2) * 3**0.5


def rows(width, generator):
    """Logits and a target: usual rows, then those where something rounds, cancels, underflows or is infinite."""

    def normal(scale):
        return bells(generator, width) * scale

    def anywhere():
        return int(torch.randint(width, (), generator=generator))

    for scale in (0.02, 1, 1, 8, 60, 3e37):
        yield normal(scale), anywhere()
    yield normal(8), IGNORED
    yield torch.zeros(width), anywhere()
    yield torch.full((width,), 1.5), width - 1
    yield normal(1) + 3e35, anywhere()  # all equal once they are bfloat16
    certain = normal(1)
    certain[-1] = 40
    yield certain, width - 1
    holes = normal(1)
    holes[: width - 1 : 3] = -torch.inf
    yield holes, width - 1
    single = torch.full((width,), -torch.inf)
    single[width // 2] = -2
    yield single, width // 2
    hopeless = normal(1)
    hopeless[0] = -torch.inf if width > 1 else 3
    yield hopeless, 0


def case(logits, targets):
    logits, targets = torch.stack(logits).bfloat16().requires_grad_(), torch.tensor(targets)
    losses = F.cross_entropy(logits, targets, reduction="none")
    F.cross_entropy(logits, targets).backward()
    return {"logits": logits, "targets": targets, "losses": losses, "gradient": logits.grad}


def main():
    generator = torch.Generator().manual_seed(7)
    cases = {str(width): case(*zip(*rows(width, generator))) for width in (1, 2, 13, 16, 17, 31, 128, 207)}
    cases["50257"] = case([bells(generator, 50257) * 3], [50256])
    cases["many"] = case(list(bells(generator, 630, 3)), [i % 3 for i in range(630)])
    header, body = {}, b""
    for name, tensors in cases.items():
        for what, tensor in tensors.items():
            whole = what == "targets"
            tensor = tensor.detach()
            data = (tensor.int() if whole else tensor.view(torch.int16)).numpy().tobytes()
            offsets = [len(body), len(body) + len(data)]
            shape = list(tensor.shape)
            header[f"{name}/{what}"] = {"dtype": "I32" if whole else "BF16", "shape": shape, "data_offsets": offsets}
            body += data
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    sys.stdout.buffer.write(struct.pack("<Q", len(text)) + text + body)


if __name__ == "__main__":
    main()
