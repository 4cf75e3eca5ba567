"""Reference data of the orders in which PyTorch's DataLoader visits windows.

    python3 python/order/reference.py            compares with lab/src/test/resources/reference/order/orders.json
    python3 python/order/reference.py --write    writes it anew

Needs PyTorch (2.13). Every case is a corpus whose token at position i is i, so that the first token of a window is its
position: the windows of each batch of some epochs by their first tokens, and how many tokens the last one has.
"""

import argparse
import json
import sys
from pathlib import Path

import torch
from torch.utils.data import DataLoader

FILE = Path(__file__).resolve().parents[2] / "lab/src/test/resources/reference/order/orders.json"
MODEL_DRAWS = 100  # normals that stand for the model's


def windows_of(case):
    n, t = case["tokens"], case["context"]
    tokens = list(range(n))
    kind = case["windows"]
    if kind == "every":
        return [tokens[i:i + t + 1] for i in range(n - t)]
    size = t + 1 if kind == "blocks" else t
    blocks = [tokens[i:i + size] for i in range(0, n, size)]
    return blocks if case.get("last_block") == "keep" else [block for block in blocks if len(block) == size]


def run(case):
    """What a script does: seeds, draws random starts, makes the model, makes the loader, and iterates."""
    torch.manual_seed(case["seed"])
    own = torch.Generator().manual_seed(case.get("data_seed", case["seed"]))
    if case["windows"] == "random":
        n, t = case["tokens"], case["context"]
        high, size = n - t, (case["starts"],)
        drawn = torch.randint(0, high, size, generator=own) if "data_seed" in case else torch.randint(0, high, size)
        windows = [list(range(i, i + t + 1)) for i in drawn.tolist()]
        if "data_seed" not in case:
            own = torch.Generator().manual_seed(case["seed"])
    else:
        windows = windows_of(case)
    torch.randn(MODEL_DRAWS)
    case["after_model"] = torch.rand(1).item() if case["order"] != "global-generator" else None
    loader = DataLoader(
        windows,
        batch_size=case["batch"],
        shuffle=case["order"] != "sequential",
        generator=own if case["order"] == "own-generator" else None,
        collate_fn=list,
    )
    case["epochs"] = [[[[w[0], len(w)] for w in batch] for batch in loader] for _ in range(case.pop("count"))]
    return case


def cases():
    own = {"windows": "every", "order": "own-generator", "context": 4, "count": 3}
    yield run({**own, "tokens": 24, "batch": 5, "seed": 42})
    yield run({**own, "tokens": 25, "batch": 7, "seed": 42, "data_seed": 7})
    yield run({**own, "tokens": 700, "batch": 64, "seed": 1})
    world = {"windows": "every", "order": "global-generator", "context": 4, "count": 3}
    yield run({**world, "tokens": 24, "batch": 5, "seed": 42})
    yield run({**world, "tokens": 25, "batch": 7, "seed": 3})
    blocks = {"context": 4, "batch": 3, "seed": 5, "count": 2}
    yield run({**blocks, "windows": "blocks", "order": "own-generator", "tokens": 33})
    yield run({**blocks, "windows": "blocks", "last_block": "keep", "order": "own-generator", "tokens": 33})
    yield run({**blocks, "windows": "context-blocks", "order": "global-generator", "tokens": 43})
    yield run({**blocks, "windows": "context-blocks", "last_block": "keep", "order": "sequential", "tokens": 43})
    random = {"windows": "random", "context": 4, "batch": 4, "count": 2}
    yield run({**random, "starts": 10, "order": "sequential", "tokens": 1000, "seed": 9})
    yield run({**random, "starts": 10, "order": "own-generator", "tokens": 1000, "seed": 9})
    yield run({**random, "starts": 10, "order": "own-generator", "tokens": 1000, "seed": 9, "data_seed": 4})
    yield run({**random, "starts": 10, "order": "global-generator", "tokens": 1000, "seed": 9})


def below():
    for limit in [1, 7, 2**28 - 1, 2**28, 2**28 + 5, 10**9, 2**32 + 1, 2**40]:
        g = torch.Generator().manual_seed(42)
        yield {"limit": limit, "values": torch.randint(0, limit, (4,), generator=g).tolist()}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--write", action="store_true")
    text = json.dumps({"cases": list(cases()), "below": list(below())}, separators=(",", ":"))
    text = text.replace("},{", "},\n{") + "\n"
    if parser.parse_args().write:
        FILE.parent.mkdir(parents=True, exist_ok=True)
        FILE.write_text(text)
    elif FILE.read_text() != text:
        sys.exit(f"{FILE} differs from what PyTorch {torch.__version__} draws")


if __name__ == "__main__":
    main()
