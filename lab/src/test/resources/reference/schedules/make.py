"""Learning rates as PyTorch's LambdaLR and LinearLR compute them, with Hugging Face's functions of the step.

    python3 make.py > rates.json

Needs torch and transformers. Each case has the settings of a run, and the rate of each of its steps in double.
"""

import json

import torch
import transformers
from torch.optim.lr_scheduler import LambdaLR, LinearLR, SequentialLR
from transformers import optimization


def rates(scheduler, optimizer, steps):
    found = []
    for _ in range(steps):
        found.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
    return found


def case(settings, scheduler, steps):
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=settings["learning_rate"])
    return {**settings, "steps": steps, "rates": rates(scheduler(optimizer), optimizer, steps)}


def main():
    torch.set_default_dtype(torch.float64)
    hf = optimization
    cases = [
        case(
            {"learning_rate": 6e-4, "schedule": "linear", "warmup": 10, "warmup_from": 0, "floor": 0},
            lambda o: hf.get_linear_schedule_with_warmup(o, 10, 57), 57,
        ),
        case(
            {"learning_rate": 1e-3, "schedule": "linear", "warmup": 0, "warmup_from": 0, "floor": 0},
            lambda o: hf.get_linear_schedule_with_warmup(o, 0, 100), 100,
        ),
        case(
            {"learning_rate": 3e-4, "schedule": "constant", "warmup": 7, "warmup_from": 0, "floor": 0},
            lambda o: hf.get_constant_schedule_with_warmup(o, 7), 30,
        ),
        case(
            {"learning_rate": 6e-4, "schedule": "cosine", "warmup": 10, "warmup_from": 0, "floor": 0},
            lambda o: hf.get_cosine_schedule_with_warmup(o, 10, 57), 57,
        ),
        case(
            {"learning_rate": 1e-3, "schedule": "cosine", "warmup": 0, "warmup_from": 0, "floor": 0.1},
            lambda o: hf.get_cosine_with_min_lr_schedule_with_warmup(o, 0, 100, min_lr_rate=0.1), 100,
        ),
        case(
            {"learning_rate": 6e-4, "schedule": "cosine", "warmup": 13, "warmup_from": 0, "floor": 0.05},
            lambda o: hf.get_cosine_with_min_lr_schedule_with_warmup(o, 13, 200, min_lr_rate=0.05), 200,
        ),
        case(
            {"learning_rate": 2e-3, "schedule": "linear", "warmup": 0, "warmup_from": 0, "floor": 0.25},
            lambda o: LinearLR(o, start_factor=1.0, end_factor=0.25, total_iters=40), 40,
        ),
        case(
            {"learning_rate": 2e-3, "schedule": "constant", "warmup": 20, "warmup_from": 0.125, "floor": 0},
            lambda o: LinearLR(o, start_factor=0.125, total_iters=20), 30,
        ),
        case(
            {"learning_rate": 2e-3, "schedule": "cosine", "warmup": 16, "warmup_from": 0.25, "floor": 0},
            lambda o: SequentialLR(
                o,
                [LinearLR(o, start_factor=0.25, total_iters=16), hf.get_cosine_schedule_with_warmup(o, 0, 48)],
                milestones=[16],
            ), 64,
        ),
    ]  # fmt: skip
    versions = {"torch": torch.__version__, "transformers": transformers.__version__}
    print(json.dumps(versions | {"cases": cases}))


if __name__ == "__main__":
    main()
