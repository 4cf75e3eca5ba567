"""Reads runs with safetensors.torch and transformers, and compares the results with those of python/lilgatsby.py."""

import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import torch
from safetensors import safe_open
from safetensors.torch import load_file
from transformers import AutoModelForCausalLM, AutoTokenizer

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "python"))
import lilgatsby

work, corpus = Path(sys.argv[1]), Path(sys.argv[2])
checks = 0


def check(what, holds):
    global checks
    checks += 1
    if not holds:
        sys.exit(f"clients: {what}: does not hold")


def raw(tensor):
    """The bits of a PyTorch tensor."""
    return tensor.view(torch.uint16).numpy() if tensor.dtype == torch.bfloat16 else tensor.numpy()


def same_tensors(path):
    ours = lilgatsby.Safetensors(path)
    theirs = load_file(path)
    check(f"{path}: names", sorted(theirs) == sorted(ours.tensors))
    for name, tensor in theirs.items():
        check(f"{path}: {name}: {list(tensor.shape)}", tuple(tensor.shape) == ours.tensors[name][1])
        check(f"{path}: {name}, bit for bit", raw(tensor).tobytes() == ours.raw(name).tobytes())
    with safe_open(path, "pt") as file:
        check(f"{path}: metadata", file.metadata() == ours.metadata)


kinds = ["recording", "steps/*", "model/model"]
files = [path for kind in kinds for path in sorted(work.glob(f"*/{kind}.safetensors"))]
check("a file of every kind", len(files) == 4 + 3 + 5)
for path in files:
    same_tensors(path)

run = lilgatsby.Run(work / "massive")
embeddings = load_file(work / "massive" / "recording.safetensors")["embeddings"]
check("float32 is PyTorch's", np.array_equal(run.float32("embeddings"), embeddings.float().numpy()))
check("bfloat16 is PyTorch's", run.bfloat16("embeddings").tobytes() == run.raw("embeddings").tobytes())

ascii_text = "".join(map(chr, range(128)))
book = corpus.read_text("ascii")
texts = [ascii_text, "", " ", "So we beat on ,  don 't .\r\n\tIt 's I 'm", "<|endoftext|>[CLS]</s>", book]
for name in ["float32", "wide", "massive"]:
    tokenizer = AutoTokenizer.from_pretrained(work / name / "model")
    for text in texts:
        ids = tokenizer(text)["input_ids"]
        check(f"{name}: ids of {text[:20]!r} are its bytes", ids == list(text.encode("ascii")))
        check(f"{name}: {text[:20]!r} comes back", tokenizer.decode(ids) == text)
vocabulary = AutoTokenizer.from_pretrained(work / "float32" / "model")
check("128 tokens", len(vocabulary) == 128)
check("what is no token is left out", vocabulary("Daisy\u2019s")["input_ids"] == list(b"Daisys"))
wide = AutoTokenizer.from_pretrained(work / "wide" / "model")
quote = [0xE2, 0x80, 0x99]
check("300 tokens", len(wide) == 300)
check("UTF-8", wide("\u2019")["input_ids"] == quote and wide.decode(quote) == "\u2019")

for name in ["float32", "massive", "evolution", "instrumented", "wide"]:
    stored = load_file(work / name / "model" / "model.safetensors")
    model = AutoModelForCausalLM.from_pretrained(work / name / "model", dtype="auto")
    parameters = dict(model.named_parameters())
    check(f"{name}: every parameter is loaded", set(stored) == set(parameters))
    for key, tensor in stored.items():
        check(f"{name}: {key} is loaded bit for bit", raw(parameters[key].detach()).tobytes() == raw(tensor).tobytes())

model = AutoModelForCausalLM.from_pretrained(work / "float32" / "model", dtype="auto")
ids = torch.tensor(vocabulary(book)["input_ids"])
windows = ids.unfold(0, 129, 64)


def loss(lag):
    """As in training: T+1 ids a window, position t predicts the byte lag further, the sum by T labels a window."""
    with torch.no_grad():
        logits = model(windows[:, :128]).logits.float()
    ahead = torch.nn.functional.cross_entropy(
        logits[:, :129 - lag].flatten(0, 1), windows[:, lag:].flatten(), reduction="sum")
    return ahead.item() / windows[:, :128].numel()


steps, losses = lilgatsby.Run(work / "float32").loss
trained, next_byte = loss(2), loss(1)
print(f"loss of the model in transformers over the corpus {trained:.4f}, recorded for the last "
      f"{steps[-1] - steps[-2]} steps {losses[-1]:.4f}; taken for the next byte {next_byte:.4f}")
check("the loss is the recorded one within 0.3 %", abs(trained / losses[-1] - 1) < 0.003)
check("it predicts two ahead, as its card says", next_byte > trained + 0.015)

# A run of 40 steps ends where the last step of a run of 41 begins: transformers computes that step's logits and loss.
shorter, longer = (lilgatsby.Run(work / "next" / name) for name in ("shorter", "longer"))
check("the same 40 steps", np.array_equal(shorter.raw("embeddings"), longer.raw("embeddings")[:41]))
model41 = AutoModelForCausalLM.from_pretrained(shorter.path / "model", dtype=torch.float32)
order = torch.randperm(len(ids) - 128, generator=torch.Generator().manual_seed(42))
batch = torch.stack([ids[start:start + 129] for start in order[80:82].tolist()])  # two windows per step
with torch.no_grad():
    logits = model41(batch[:, :128]).logits
recorded = torch.from_numpy(longer.float32("logits", step=41))
error = ((logits[0, -1] - recorded).norm() / (recorded - recorded.mean()).norm()).item()
check(f"the recorded logits within 2 %: {error:.4f}", error < 0.02)
entropies = [
    torch.nn.functional.cross_entropy(logits[:, :129 - lag].flatten(0, 1), batch[:, lag:].flatten()).item()
    for lag in (1, 2)
]
step_loss = float(longer.float32("losses", step=41))
check(f"the recorded loss {step_loss:.5f} two ahead within 0.002: {entropies[1]:.5f}",
      abs(entropies[1] - step_loss) < 0.002)
check(f"and not one ahead: {entropies[0]:.5f}", abs(entropies[0] - step_loss) > 0.005)

# The same of a model with gelu by erf, an MLP of its own width and no biases, in float32: nearly every digit.
before, after = (lilgatsby.Run(work / "other" / name) for name in ("shorter", "longer"))
other = AutoModelForCausalLM.from_pretrained(before.path / "model", dtype=torch.float32)
check("gelu by erf, 100 hidden units", (other.config.activation_function, other.config.n_inner) == ("gelu", 100))
check("no biases", not any(p.any() for name, p in other.named_parameters() if name.endswith("bias")))
batch = torch.stack([ids[start:start + 129] for start in order[6:8].tolist()])
with torch.no_grad():
    logits = other(batch[:, :128]).logits
recorded = torch.from_numpy(after.float32("logits", step=4))
check("the recorded logits", torch.allclose(logits[0, -1], recorded, atol=2e-5))
entropy = torch.nn.functional.cross_entropy(logits.flatten(0, 1), batch[:, 1:].flatten()).item()
check("the recorded loss", abs(entropy - float(after.float32("losses", step=4))) < 1e-5)

# Models of trained tokenizers: the ids of the run, and its logits and loss, from the exported folder alone.
for recipe in ("byte-level", "whitespace", "metaspace"):
    folder = work / "trained" / recipe
    before, after = (lilgatsby.Run(folder / name) for name in ("shorter", "longer"))
    tokenizer = AutoTokenizer.from_pretrained(before.path / "model")
    check(f"{recipe}: 400 tokens", len(tokenizer) == 400)
    tokens = np.load(folder / "ids.npy")
    check(f"{recipe}: the ids of the text", tokenizer(book, add_special_tokens=False)["input_ids"] == tokens.tolist())
    absent = sorted(set(range(500)) - set(tokens.tolist()))
    check(f"{recipe}: ids that do not occur are dead", before.dead.tolist() == absent)
    there_and_back = tokenizer.decode(tokens) == book
    check(f"{recipe}: the text comes back, unless white space is left out", there_and_back == (recipe != "whitespace"))
    model = AutoModelForCausalLM.from_pretrained(before.path / "model", dtype=torch.float32)
    check(f"{recipe}: 500 rows", model.get_input_embeddings().weight.shape[0] == 500)
    places = torch.randperm(len(tokens) - 128, generator=torch.Generator().manual_seed(42))[6:8]
    batch = torch.stack([torch.from_numpy(tokens[place:place + 129].astype(np.int64)) for place in places.tolist()])
    with torch.no_grad():
        logits = model(batch[:, :128]).logits
    recorded = torch.from_numpy(after.float32("logits", step=4))
    check(f"{recipe}: the recorded logits", torch.allclose(logits[0, -1], recorded, atol=2e-5))
    entropy = torch.nn.functional.cross_entropy(logits.flatten(0, 1), batch[:, 1:].flatten()).item()
    check(f"{recipe}: the recorded loss", abs(entropy - float(after.float32("losses", step=4))) < 1e-5)
    prompt = tokenizer("The License", return_tensors="pt")
    made = model.generate(**prompt, max_length=20, do_sample=False, pad_token_id=0)
    check(f"{recipe}: it writes", made.shape == (1, 20) and int(made.max()) < 500)

settings = json.loads(shorter.metadata["configuration"])
check("the header's settings", (settings["training"]["steps"], settings["training"]["schedule"]) == (40, "constant"))
check("the header's live ids", shorter.live.tolist() == sorted(set(corpus.read_bytes())))
check("the header's dead ids", shorter.dead.tolist() == sorted(set(range(128)) - set(corpus.read_bytes())))
check("the header's corpus", shorter.corpus["sha256"] == hashlib.sha256(corpus.read_bytes()).hexdigest())

# The card's program runs as it stands, in the model's folder.
for name, position in (("float32", "logits[0, -2]"), ("wide", "logits[0, -1]")):
    folder = work / name / "model"
    program = re.search(r"```python\n(.*?)```", (folder / "README.md").read_text("utf-8"), re.DOTALL).group(1)
    check(f"{name}: the card draws from {position}", position in program)
    made = subprocess.run([sys.executable, "-c", program], cwd=folder, capture_output=True, text=True)
    wrote = made.returncode == 0 and len(made.stdout) > 80
    check(f"{name}: the card's program writes a text: {made.stderr[-300:]}", wrote)

text = vocabulary("The License", return_tensors="pt")
check("generate goes to the last position", model.generate(**text, pad_token_id=0).shape == (1, 128))
print(f"{checks} passed, 0 failed")
