"""Small matrices as NumPy and safetensors write them, for tests of W read from a file.

    python3 python/model/matrices.py            compares with the files in lab/src/test/resources/reference/model
    python3 python/model/matrices.py --write    writes them anew

Needs NumPy, PyTorch and safetensors. Each holds the matrix w[i][j] = (7i - 3j)/8 + 1/3 of 5 rows and 4 columns in its
type.
"""

import io
import sys
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save

FOLDER = Path(__file__).resolve().parents[2] / "lab/src/test/resources/reference/model"


def npy(array, version=None):
    out = io.BytesIO()
    np.lib.format.write_array(out, array, version=version)
    return out.getvalue()


def files():
    i, j = np.indices((5, 4))
    w = ((7 * i - 3 * j) / 8 + 1 / 3).astype(np.float32)
    bf16 = torch.from_numpy(w).bfloat16()
    return {
        "w-float32.npy": npy(w),
        "w-float16.npy": npy(w.astype(np.float16), version=(2, 0)),
        "w-bfloat16.npy": npy(bf16.view(torch.uint16).numpy()),
        "w-fortran.npy": npy(np.asfortranarray(w)),
        "w.safetensors": save(
            {
                "w": bf16,
                "w32": torch.from_numpy(w),
                "other": torch.ones(3, 3),
                "ids": torch.ones(5, 4, dtype=torch.int32),
            }
        ),
    }


def main():
    failed = False
    for name, data in files().items():
        if "--write" in sys.argv[1:]:
            FOLDER.mkdir(parents=True, exist_ok=True)
            (FOLDER / name).write_bytes(data)
        else:
            same = (FOLDER / name).read_bytes() == data
            failed |= not same
            print(f"{name}: {'the same' if same else 'differs'}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
