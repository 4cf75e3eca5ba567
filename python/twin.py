"""Trains a run's configuration with PyTorch's own parts, and compares.

    python3 python/twin.py IDS RUN...

IDS is a .npy file of the token ids that the runs trained on. GPT2LMHeadModel or TransformerEncoderLayers, AdamW or SGD,
autocast, DataLoader and the schedules of transformers repeat the first steps of each run, on one core. A run
records W, under any name, and `losses`, of every token and step; its recording.checkpoints may include step 0. Compared
are the start of every parameter, bit for bit; the loss of each step; and the steps of W: the root mean square of their
differences, relative to that of the first step. A run that agrees less than its precision allows ends the program with
1. Stochastic and compensated updates, and starts of W other than `normal`, are not supported.
Needs torch, transformers and NumPy.
"""

import fnmatch
import sys
from functools import partial

import lilgatsby
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn
from torch.utils.data import DataLoader
from transformers import GPT2Config, GPT2LMHeadModel, optimization

STEPS = 10
NO_LABEL = -100  # as in cross_entropy: beyond the end of a window that is shorter than others
LARGEST = {"f32": (1e-6, 1e-4), "bf16": (1e-4, 0.1), "autocast": (1e-4, 0.1)}  # of losses, of the first step of W
OF_BF16_LOSSES = 3e-4  # instead: where a logit differs by an ulp, so does the loss of its position


class Encoder(nn.Module):
    """Pre-norm encoder layers as a causal model."""

    def __init__(self, model, start):
        super().__init__()
        width, vocabulary = model["width"], model["vocabulary"]
        biases, gelu = model.get("biases", True), model.get("activation") == "gelu"

        def layer():
            return nn.TransformerEncoderLayer(
                width, model["heads"], hidden(model), dropout=0.0, batch_first=True, norm_first=True, bias=biases,
                activation="gelu" if gelu else nn.GELU(approximate="tanh"),
            )  # fmt: skip

        self.wte, self.wpe = nn.Embedding(vocabulary, width), nn.Embedding(model["context"], width)
        if start["blocks"] == "cloned-encoder-layers":
            self.layers = nn.TransformerEncoder(layer(), model["layers"], enable_nested_tensor=False).layers
        else:
            self.layers = nn.ModuleList(layer() for _ in range(model["layers"]))
        self.ln_f = nn.LayerNorm(width, bias=biases)
        nn.init.normal_(self.wte.weight, 0.0, float(start["scale"]))
        nn.init.normal_(self.wpe.weight, 0.0, float(start.get("positions", 0.02)))
        self.head = self.wte.weight if model["tied"] else nn.Parameter(torch.empty(vocabulary, width).normal_(0, 0.02))

    def forward(self, ids):
        length = ids.shape[1]
        x = self.wte(ids) + self.wpe.weight[:length]
        mask = nn.Transformer.generate_square_subsequent_mask(length, dtype=x.dtype)
        for layer in self.layers:
            x = layer(x, src_mask=mask, is_causal=True)
        return F.linear(self.ln_f(x), self.head)

    def named(self):
        """Parameters under the names and in the order that they have in a run."""
        yield "transformer.wte.weight", self.wte.weight
        yield "transformer.wpe.weight", self.wpe.weight
        for i, layer in enumerate(self.layers):
            attention = layer.self_attn
            parts = {
                "ln_1": (layer.norm1.weight, layer.norm1.bias),
                "attn.c_attn": (attention.in_proj_weight, attention.in_proj_bias),
                "attn.c_proj": (attention.out_proj.weight, attention.out_proj.bias),
                "ln_2": (layer.norm2.weight, layer.norm2.bias),
                "mlp.c_fc": (layer.linear1.weight, layer.linear1.bias),
                "mlp.c_proj": (layer.linear2.weight, layer.linear2.bias),
            }
            for name, tensors in parts.items():
                yield from zip((f"transformer.h.{i}.{name}.weight", f"transformer.h.{i}.{name}.bias"), tensors)
        yield "transformer.ln_f.weight", self.ln_f.weight
        yield "transformer.ln_f.bias", self.ln_f.bias
        if self.head is not self.wte.weight:
            yield "lm_head.weight", self.head


def hidden(model):
    ffn = str(model.get("ffn", "4x"))
    return int(float(ffn[:-1]) * model["width"]) if ffn.endswith("x") else int(ffn)


def model_of(config):
    """(the logits of ids, parameters by name): drawn in float32, then stored as the run stores them."""
    model, start = config["model"], config["initialization"]
    if start.get("blocks", "gpt2") == "gpt2":
        gpt2 = GPT2LMHeadModel(GPT2Config(
            vocab_size=model["vocabulary"], n_positions=model["context"], n_embd=model["width"],
            n_layer=model["layers"], n_head=model["heads"], n_inner=hidden(model),
            activation_function=model.get("activation", "gelu_new"), tie_word_embeddings=model["tied"],
            resid_pdrop=0.0, embd_pdrop=0.0, attn_pdrop=0.0, bos_token_id=None, eos_token_id=None,
        ))  # fmt: skip
        net, logits, named = gpt2, lambda ids: gpt2(ids).logits, gpt2.named_parameters()
    else:
        net = logits = Encoder(model, start)
        named = net.named()
    parameters = {name: parameter for name, parameter in named if parameter is not None}
    if config["precision"]["parameters"] == "bf16":
        net.bfloat16()
    net.train()
    return logits, parameters


def stored(config, parameters):
    """Parameters as a run stores them: float32, weights of linear layers as [in, out]."""
    turned = config["initialization"].get("blocks", "gpt2") != "gpt2"
    for name, parameter in parameters.items():
        linear = parameter.dim() == 2 and ".h." in name
        value = parameter.detach().float()
        yield (value.t() if turned and linear else value).numpy().ravel()


def windows(config, ids):
    """(windows, the generator of their order where it has its own), drawn before the model."""
    corpus, context = config["corpus"], config["model"]["context"]
    kind, seed = corpus.get("windows", "every"), corpus.get("data_seed")
    own = torch.Generator().manual_seed(config["seed"] if seed is None else seed)
    size = context if kind == "context-blocks" else context + 1
    kept = size - 3 if corpus.get("last_block") == "keep" and kind != "every" else 0
    starts = range(0, len(ids) - size + 1 + kept, 1 if kind == "every" else size)
    if kind == "random":
        drawn_by = None if seed is None else own
        starts = torch.randint(0, len(ids) - context, (corpus["starts"],), generator=drawn_by).tolist()
    return [ids[start:start + size] for start in starts], own


def batches(config, data, own):
    order, size = config["corpus"].get("order", "reseeded"), config["training"]["batch"]
    joined = partial(nn.utils.rnn.pad_sequence, batch_first=True, padding_value=NO_LABEL)
    if order == "reseeded":
        for epoch in range(STEPS):
            seeded = torch.Generator().manual_seed(config["seed"] + epoch)
            sampler = torch.randperm(len(data), generator=seeded).tolist()
            yield from DataLoader(data, size, sampler=sampler, collate_fn=joined)
    generator = own if order == "own-generator" else None
    loader = DataLoader(data, size, shuffle=order != "sequential", generator=generator, collate_fn=joined)
    while True:
        yield from loader


def optimizer_of(config, parameters):
    training = config["training"]
    decayed = training.get("decayed", "matrices")

    def decays(name, parameter):
        if isinstance(decayed, str):
            return decayed == "all" or parameter.dim() == 2
        return any(fnmatch.fnmatchcase(name, pattern) for pattern in decayed)

    groups = [
        {"params": [p for name, p in parameters.items() if decays(name, p) == decay],
         "weight_decay": float(training["weight_decay"]) if decay else 0.0}
        for decay in (True, False)
    ]  # fmt: skip
    groups = [group for group in groups if group["params"]]
    rate, update = float(training["learning_rate"]), config["precision"]["update"]
    if training["optimizer"] == "sgd":
        optimizer = torch.optim.SGD(groups, lr=rate)
    else:
        betas = float(training["beta1"]), float(training["beta2"])
        fused = {"fused": True} if update == "fused" else {"foreach": False}
        optimizer = torch.optim.AdamW(groups, lr=rate, betas=betas, eps=float(training["epsilon"]), **fused)
    steps, warmup = training.get("horizon", training["steps"]), training.get("warmup", 0)
    if training["schedule"] == "constant":
        return optimizer, optimization.get_constant_schedule_with_warmup(optimizer, warmup)
    if training["schedule"] == "linear":
        return optimizer, optimization.get_linear_schedule_with_warmup(optimizer, warmup, steps)
    floor = float(training.get("floor", 0))
    schedule = optimization.get_cosine_with_min_lr_schedule_with_warmup
    return optimizer, schedule(optimizer, warmup, steps, min_lr_rate=floor)


def loss_of(config, logits, labels, divisor):
    """A micro-batch's part of the loss, and its value: of bf16 losses not as PyTorch adds them, in bf16, but exact."""
    if config["precision"].get("loss") != "bf16":
        loss = F.cross_entropy(logits.float(), labels, reduction="sum") / divisor
        return loss, loss.item()
    exact = F.cross_entropy(logits.detach(), labels, reduction="none").double().sum().item() / divisor
    if config["training"]["loss_scale"] == "mean":
        return F.cross_entropy(logits, labels) * (int((labels != NO_LABEL).sum()) / divisor), exact
    return F.cross_entropy(logits, labels, reduction="sum") / divisor, exact


def trained(config, ids):
    """First the start of all parameters, flat; then (loss, W) of each step."""
    training, context = config["training"], config["model"]["context"]
    torch.manual_seed(config["seed"])
    data, own = windows(config, ids)
    logits_of, parameters = model_of(config)
    if "data_seed" not in config["corpus"]:
        own.manual_seed(config["seed"])
    yield np.concatenate(list(stored(config, parameters)))
    optimizer, schedule = optimizer_of(config, parameters)
    order = batches(config, data, own)
    lag = 2 if training["targets"] == "double-shift" else 1
    within = training["targets"] == "next-within"
    clip = float(training["clip"])
    for _ in range(min(training["steps"], STEPS)):
        micro_batches = [next(order) for _ in range(training.get("accumulation", 1))]
        labels = [batch[:, lag:context] if within else batch[:, lag:] for batch in micro_batches]
        mean = training["loss_scale"] == "mean"
        counted = labels if mean else [batch[:, :context] for batch in micro_batches]
        divisor = sum(int((positions != NO_LABEL).sum()) for positions in counted)
        optimizer.zero_grad()
        total = 0.0
        for batch, y in zip(micro_batches, labels):
            with torch.autocast("cpu", torch.bfloat16, enabled=config["precision"]["compute"] == "autocast"):
                logits = logits_of(batch[:, :context].clamp(min=0))[:, : y.shape[1]]
                loss, exact = loss_of(config, logits.flatten(0, 1), y.flatten(), divisor)
            loss.backward()
            total += exact
        if clip:
            nn.utils.clip_grad_norm_(parameters.values(), clip)
        optimizer.step()
        schedule.step()
        yield total, parameters["transformer.wte.weight"].detach().float().numpy().copy()


def root_mean_square(values):
    return float(np.sqrt(np.mean(np.square(values, dtype=np.float64))))


def compare(path, ids):
    """Prints how far a run and its twin are apart; returns whether that is as near as its precision allows."""
    run = lilgatsby.Run(path)
    config = run.config
    observed = {tensor["observe"]: name for name, tensor in config["recording"]["tensors"].items()}
    w, losses = run.float32(observed["embeddings"]), run.float32(observed["losses"])
    twin = trained(config, ids)
    start = next(twin)
    kept = 0 in config["recording"].get("checkpoints", [])
    recorded = run.checkpoint(0).raw("parameters") if kept else w[0].ravel()
    same = start[: len(recorded)].tobytes() == np.asarray(recorded, np.float32).tobytes()
    steps = list(twin)
    loss = max(abs(there / float(here) - 1) for (there, _), here in zip(steps, losses[1:]))
    moving = next(t for t in range(1, len(w)) if np.any(w[t] != w[t - 1]))
    length = root_mean_square(w[moving] - w[moving - 1])
    apart = [root_mean_square(there - here) / length for (_, there), here in zip(steps, w[1:])]
    equal = np.mean(steps[moving - 1][1] == w[moving])
    print(
        f"{run.path.name}: start of {'all parameters' if kept else 'W'} {'the same' if same else 'DIFFERS'}; "
        f"losses of {len(steps)} steps within {loss:.1e}; after update {moving} {equal:.2%} of W equal, "
        f"apart by {apart[moving - 1]:.1e} of a step, at the end {apart[-1]:.1e}"
    )
    of_losses, of_step = LARGEST[config["precision"]["compute"]]
    of_losses = OF_BF16_LOSSES if config["precision"].get("loss") == "bf16" else of_losses
    return same and loss <= of_losses and apart[moving - 1] <= of_step


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    torch.set_num_threads(1)
    ids = torch.from_numpy(np.load(sys.argv[1]).astype(np.int64))
    apart = [path for path in sys.argv[2:] if not compare(path, ids)]
    if apart:
        sys.exit(f"further apart than allowed: {', '.join(apart)}")


if __name__ == "__main__":
    main()
