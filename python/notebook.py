"""One of the five experiments as people train it in PyTorch, for comparison with Lil Gatsby's own run.

    python3 notebook.py EXPERIMENT CORPUS STEPS OUT

GPT2LMHeadModel and Trainer of the transformers library, on one core of a CPU, in bfloat16. CORPUS is a text that is
used byte for byte, as `lilgatsby corpus prepare` writes it. OUT is a new directory that receives

    compared.safetensors  W at some steps: steps int64 [n], embeddings bf16 [n, 128, 64]; losses float32 [STEPS]; as
                          metadata versions, seconds of all steps, and processor time of all and of the second half
    recording/            what the notebook of this experiment saves, at every step

Needs torch, transformers, accelerate, safetensors and numpy. `lilgatsby bench notebook` runs it and compares.
"""

import argparse
import time
from importlib.metadata import version
from pathlib import Path
from typing import Callable, NamedTuple

import torch
from safetensors.torch import save_file
from torch.utils.data import Dataset
from transformers import GPT2Config, GPT2LMHeadModel, Trainer, TrainerCallback, TrainingArguments

SEED = 42
VOCABULARY = 128
WIDTH = 64
CONTEXT = 128
SIGMA = 1e-5
LEARNING_RATE = 1e-3


# Where W starts. Each draws from PyTorch's generator for CPUs, after the model was made.


def singular():
    return torch.randn(WIDTH).expand(VOCABULARY, WIDTH)


def snowball():
    center = torch.randn(WIDTH)
    return center + torch.randn(VOCABULARY, WIDTH) * SIGMA


def unit_noise():
    center = torch.randn(WIDTH)
    center = center / center.norm()
    return center + torch.randn(VOCABULARY, WIDTH) * SIGMA


def bf16_native():
    torch.manual_seed(SEED)
    return (torch.randn(WIDTH) * 0.02).bfloat16().expand(VOCABULARY, WIDTH)


# What a notebook keeps of every step. `gradient` is that before clipping, `state` that of the optimizer.


class Step(NamedTuple):
    number: int
    weight: torch.Tensor
    gradient: torch.Tensor
    state: dict
    loss: torch.Tensor
    logits: torch.Tensor


class Snapshots:
    """One file per step."""

    def __init__(self, folder, steps, start):
        self.folder = folder
        self.save(0, start)

    def save(self, number, weight):
        save_file({"embeddings": weight.clone()}, self.folder / f"step_{number:07d}.safetensors")

    def add(self, step):
        self.save(step.number, step.weight)

    def finish(self):
        pass


class History:
    """W in one tensor, written at the end."""

    def __init__(self, folder, steps, start):
        self.file = folder / "embedding_evolution.safetensors"
        self.history = torch.zeros(steps + 1, VOCABULARY, WIDTH, dtype=torch.bfloat16)
        self.history[0] = start

    def add(self, step):
        self.history[step.number] = step.weight

    def finish(self):
        save_file({"embedding_history": self.history}, self.file)


class Forces:
    """Gradients and differences of W, in float32."""

    def __init__(self, folder, steps, start):
        self.file = folder / "gradient_delta_history.safetensors"
        self.before = start.float()
        self.grads = [torch.zeros_like(self.before)]
        self.deltas = [torch.zeros_like(self.before)]

    def add(self, step):
        after = step.weight.float()
        self.grads.append(step.gradient.float())
        self.deltas.append(after - self.before)
        self.before = after

    def finish(self):
        save_file({"grads": torch.stack(self.grads), "deltas": torch.stack(self.deltas)}, self.file)


class Everything:
    """W, its gradient and moments, the logits of the first sequence's last position, and the loss."""

    def __init__(self, folder, steps, start):
        self.file = folder / "training_data.safetensors"
        zero = torch.zeros_like(start)
        self.rows = {
            "embeddings": [start.clone()],
            "grads": [zero],
            "momentum": [zero],
            "variance": [zero],
            "logits": [torch.zeros(VOCABULARY, dtype=torch.bfloat16)],
            "losses": [torch.tensor(torch.nan, dtype=torch.bfloat16)],
        }

    def add(self, step):
        self.rows["embeddings"].append(step.weight.clone())
        self.rows["grads"].append(step.gradient)
        self.rows["momentum"].append(step.state["exp_avg"].clone())
        self.rows["variance"].append(step.state["exp_avg_sq"].clone())
        self.rows["logits"].append(step.logits.bfloat16())
        self.rows["losses"].append(step.loss.bfloat16())

    def finish(self):
        save_file({name: torch.stack(rows) for name, rows in self.rows.items()}, self.file)


class Experiment(NamedTuple):
    start: Callable
    batch: int
    recorder: Callable
    weight_decay: float = 0.01
    optimizer: str = "adamw_torch_fused"
    mean_loss: bool = False  # else the Trainer divides the sum over 127 positions by the count of 128 labels


EXPERIMENTS = {
    "embedding-evolution": Experiment(singular, 16, Snapshots),
    "primordial-snowball": Experiment(snowball, 32, History),
    "float32-edition": Experiment(unit_noise, 32, History),
    "instrumented": Experiment(unit_noise, 32, Forces),
    "supermassive-black-hole": Experiment(
        bf16_native, 1, Everything, weight_decay=0.0, optimizer="adamw_torch", mean_loss=True
    ),
}


class Windows(Dataset):
    """Windows that start at every byte. The labels are shifted by one here, and by one more in the model."""

    def __init__(self, text):
        self.ids = torch.tensor(list(text))

    def __len__(self):
        return len(self.ids) - CONTEXT

    def __getitem__(self, at):
        window = self.ids[at : at + CONTEXT + 1]
        return {"input_ids": window[:-1], "labels": window[1:]}


def is_compared(step):
    """Whether W of this step is kept: 0, 1, 3, and powers of ten."""
    return step in (0, 3) or 10 ** (len(str(step)) - 1) == step


class Watched(Trainer):
    """A Trainer that keeps loss, logits and gradient of the current step."""

    def __init__(self, mean_loss, **arguments):
        super().__init__(**arguments)
        self.mean_loss = mean_loss

    def compute_loss(self, model, inputs, return_outputs=False, num_items_in_batch=None):
        if self.mean_loss:
            num_items_in_batch = None
        loss, outputs = super().compute_loss(
            model, inputs, return_outputs=True, num_items_in_batch=num_items_in_batch
        )
        self.logits = outputs.logits[0, -1].detach()
        return (loss, outputs) if return_outputs else loss

    def training_step(self, model, inputs, num_items_in_batch=None):
        self.loss = super().training_step(model, inputs, num_items_in_batch)
        self.gradient = self.model.transformer.wte.weight.grad.clone()
        return self.loss


class Recording(TrainerCallback):
    """Records and times every step."""

    def __init__(self, recorder, weight):
        self.trainer = None
        self.recorder = recorder
        self.compared = {0: weight.clone()}
        self.losses = []
        self.times = {}

    def now(self, name):
        self.times[name] = (time.perf_counter(), time.process_time())

    def on_step_begin(self, args, state, control, **_):
        if state.global_step == 0:
            self.now("begin")

    def on_step_end(self, args, state, control, model=None, optimizer=None, **_):
        parameter = model.transformer.wte.weight
        weight = parameter.detach()
        trainer = self.trainer
        number = state.global_step
        self.recorder.add(
            Step(number, weight, trainer.gradient, optimizer.state[parameter], trainer.loss, trainer.logits)
        )
        self.losses.append(trainer.loss.float())
        if is_compared(number):
            self.compared[number] = weight.clone()
        if number == state.max_steps // 2:
            self.now("half")
        if number == state.max_steps:
            self.now("end")

    def seconds(self, begin, end):
        return [later - earlier for earlier, later in zip(self.times[begin], self.times[end])]


def start(experiment):
    """The model before the first step."""
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    config = GPT2Config(
        vocab_size=VOCABULARY, n_positions=CONTEXT, n_embd=WIDTH, n_layer=2, n_head=2,
        resid_pdrop=0.0, embd_pdrop=0.0, attn_pdrop=0.0, tie_word_embeddings=True,
    )  # fmt: skip
    model = GPT2LMHeadModel(config).to(torch.bfloat16)
    with torch.no_grad():
        model.transformer.wte.weight[:] = experiment.start()
    return model


def train(experiment, text, steps, out):
    model = start(experiment)
    weight = model.transformer.wte.weight
    folder = out / "recording"
    folder.mkdir()
    recording = Recording(experiment.recorder(folder, steps, weight.detach()), weight.detach())
    arguments = TrainingArguments(
        output_dir=str(out / "trainer"),
        max_steps=steps,
        per_device_train_batch_size=experiment.batch,
        learning_rate=LEARNING_RATE,
        weight_decay=experiment.weight_decay,
        optim=experiment.optimizer,
        bf16=True,
        use_cpu=True,
        seed=SEED,
        save_strategy="no",
        logging_steps=100,
        report_to="none",
        disable_tqdm=True,
        dataloader_num_workers=0,
        dataloader_pin_memory=False,
    )
    recording.trainer = Watched(
        experiment.mean_loss, model=model, args=arguments, train_dataset=Windows(text), callbacks=[recording]
    )
    recording.trainer.train()
    recording.recorder.finish()
    return recording


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("experiment", choices=EXPERIMENTS)
    parser.add_argument("corpus", type=Path, help="a text of ids below 128, one byte each")
    parser.add_argument("steps", type=int, help="number of updates, at least 2")
    parser.add_argument("out", type=Path, help="a new directory")
    given = parser.parse_args()
    if given.steps < 2:
        parser.error(f"steps is {given.steps}; at least 2 are needed")
    try:
        text = given.corpus.read_bytes()
    except OSError as e:
        parser.error(f"corpus {given.corpus} cannot be read: {e.strerror}")
    if len(text) <= CONTEXT:
        parser.error(f"corpus {given.corpus} has {len(text)} bytes; at least {CONTEXT + 1} are needed")
    if max(text) >= VOCABULARY:
        parser.error(f"corpus {given.corpus} has byte {max(text)}; ids go to {VOCABULARY - 1}")
    if given.out.exists():
        parser.error(f"out {given.out} exists already; name a new directory")
    return given, text


def main():
    given, text = arguments()
    given.out.mkdir(parents=True)
    recording = train(EXPERIMENTS[given.experiment], text, given.steps, given.out)
    seconds, processor_seconds = recording.seconds("begin", "end")
    _, of_second_half = recording.seconds("half", "end")
    compared = {
        "steps": torch.tensor(list(recording.compared)),
        "embeddings": torch.stack(list(recording.compared.values())),
        "losses": torch.stack(recording.losses),
    }
    metadata = {
        "experiment": given.experiment,
        "torch": version("torch"),
        "transformers": version("transformers"),
        "steps": str(given.steps),
        "seconds": str(seconds),
        "processor_seconds": str(processor_seconds),
        "processor_seconds_of_second_half": str(of_second_half),
    }
    save_file(compared, given.out / "compared.safetensors", metadata)
    print(
        f"{given.experiment}: {given.steps / seconds:.1f} steps/s;"
        f" {given.steps / processor_seconds:.1f} per second of processor time"
    )


if __name__ == "__main__":
    main()
