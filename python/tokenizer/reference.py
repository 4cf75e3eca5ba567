"""Reference data of tokenizers and of files of token ids, made by others' programs.

    python3 python/tokenizer/reference.py            compares with the files
    python3 python/tokenizer/reference.py --write    writes them anew

The files are in lab/src/test/resources/reference/tokenizer.

Needs Hugging Face's tokenizers 0.23, NumPy and safetensors. cases.json holds tokenizers, each with texts, the ids of
encode(text, add_special_tokens=False) and the text of decode(ids, skip_special_tokens=False); trained.json tokenizers
as tokenizers' trainers make them from training.txt, line by line. tokenfiles/ holds ids as NumPy, safetensors and the
scripts of nanoGPT and llm.c write them; ids.json says which.
"""

import argparse
import io
import json
import random
import sys
from pathlib import Path

import numpy as np
from safetensors.numpy import save
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, trainers

FOLDER = Path(__file__).resolve().parents[2] / "lab/src/test/resources/reference/tokenizer"
END = "<|endoftext|>"


def training_text():
    """Words of three scripts, common ones more often, with numbers, punctuation, runs of one letter and white space."""
    r = random.Random(25)
    latin = ["".join(r.choice("etaoinshrdlucm") for _ in range(r.randint(1, 8))) for _ in range(300)]
    thai = ["".join(chr(r.randrange(0xE01, 0xE3B)) for _ in range(r.randint(1, 5))) for _ in range(120)]
    rare = [
        "na\u00efve",
        "\u65e5\u672c\u8a9e",
        "\U0001f30a\U0001f30b",
        "don't",
        "we'll",
        "I'm",
        "12,345.67",
        "aaaaaaaa",
        "------",
        "x\u0301y",
    ]
    text = []
    for _ in range(3000):
        words = r.choices([latin, thai, rare], [75, 20, 5])[0]
        text.append(words[int(len(words) * r.random() ** 3)])
        text.append(r.choices([" ", "  ", "\n", ", ", ".\n\n", "\t", "\r\n"], [80, 2, 6, 6, 3, 1, 2])[0])
    return "".join(text)


def texts():
    r = random.Random(7)

    def character():
        while True:
            c = r.choice([r.randrange(0x20, 0x7F), r.randrange(0x250), r.randrange(0x3000), r.randrange(0x110000)])
            if not 0xD800 <= c < 0xE000:
                return chr(c)

    space = [
        " ",
        "  ",
        "   ",
        "\n",
        "\n\n",
        " \n",
        "\t",
        "\u00a0",
        "\u2003",
        "\r\n",
        "\u3000",
        "\x85",
        "\u200b",
        "\x1c",
    ]
    odd = [
        "'s",
        "'S",
        "'re",
        "'ll",
        "'d'",
        END,
        "<|pad|>",
        " <mask> ",
        "word",
        "words",
        "\u2581",
        "\u0120",
        "<0x41>",
        "e\u0301",
        "\u00bd7",
        "_a_",
    ]
    random_text = "".join(
        r.choice([character, lambda: r.choice(space), lambda: r.choice(odd), lambda: "the " + str(r.randrange(2000))])()
        for _ in range(400)
    )
    return [
        "",
        " ",
        "a",
        "Hello world, it's 12 o'clock.\n\nHe'll say: na\u00efve  \u65e5\u672c\u8a9e\u3000\U0001f30a!",
        "  two leading, trailing  \n",
        "caf\u00e9 cafe\u0301 \ufb01ne\u2460",
        END + "a" + END + END + " b<|pad|>",
        random_text,
    ]


def trained():
    made = {}

    def train(name, pre_tokenizer, decoder, **options):
        tokenizer = Tokenizer(models.BPE())
        tokenizer.pre_tokenizer = pre_tokenizer
        if decoder is not None:
            tokenizer.decoder = decoder
        options = {"special_tokens": [END], "show_progress": False, **options}
        path = FOLDER / "training.txt"
        tokenizer.train([str(path)], trainers.BpeTrainer(**options))
        made[name] = (options, tokenizer)

    alphabet = pre_tokenizers.ByteLevel.alphabet()
    byte_level = pre_tokenizers.ByteLevel(add_prefix_space=False)
    train("byte-level", byte_level, decoders.ByteLevel(), vocab_size=600, min_frequency=2, initial_alphabet=alphabet)
    train(
        "byte-level short",
        byte_level,
        decoders.ByteLevel(),
        vocab_size=420,
        min_frequency=0,
        max_token_length=4,
        initial_alphabet=alphabet,
    )
    train("whitespace", pre_tokenizers.Whitespace(), None, vocab_size=500, min_frequency=2)
    train(
        "whitespace all",
        pre_tokenizers.Whitespace(),
        None,
        vocab_size=100000,
        min_frequency=3,
        special_tokens=[END, "<|pad|>", "a"],
    )
    train("metaspace", pre_tokenizers.Metaspace(), decoders.Metaspace(), vocab_size=500, min_frequency=2)
    train(
        "metaspace limited",
        pre_tokenizers.Metaspace(),
        decoders.Metaspace(),
        vocab_size=300,
        min_frequency=0,
        limit_alphabet=60,
        max_token_length=6,
    )
    return made


def cases(made):
    plain = {END: 0}
    letters = (
        "\n !'\",.-0123456789<>|_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ\u2581\u00e9\u0e01\u0301\u0120"
    )

    def model(extra=(), merges=(), characters=letters, **options):
        vocab = dict(plain)
        for token in [*characters, *extra, *("".join(m) for m in merges)]:
            vocab.setdefault(token, len(vocab))
        return models.BPE(vocab=vocab, merges=list(merges), **options)

    merges = [
        ("t", "h"),
        ("th", "e"),
        ("h", "e"),
        ("\u2581", "the"),
        ("w", "o"),
        ("r", "d"),
        ("wo", "rd"),
        ("1", "2"),
        ("a", "a"),
        ("aa", "a"),
        ("l", "l"),
    ]
    result = {}

    def add(name, tokenizer):
        result[name] = tokenizer

    for name, (_, tokenizer) in made.items():
        add("trained " + name, tokenizer)

    def tokenizer(model, pre=None, decoder=None, normalizer=None, added=()):
        data = json.loads(Tokenizer(model).to_str())
        data["pre_tokenizer"] = pre
        data["decoder"] = decoder
        data["normalizer"] = normalizer
        made = Tokenizer.from_str(json.dumps(data))
        for token in added:
            made.add_tokens([token])
        return made

    def metaspace(scheme, split=True):
        return {"type": "Metaspace", "replacement": "\u2581", "prepend_scheme": scheme, "split": split}

    bytes_ = [f"<0x{b:02X}>" for b in range(256)]
    llama = {
        "normalizer": {
            "type": "Sequence",
            "normalizers": [
                {"type": "Prepend", "prepend": "\u2581"},
                {"type": "Replace", "pattern": {"String": " "}, "content": "\u2581"},
            ],
        },
        "decoder": {
            "type": "Sequence",
            "decoders": [
                {"type": "Replace", "pattern": {"String": "\u2581"}, "content": " "},
                {"type": "ByteFallback"},
                {"type": "Fuse"},
                {"type": "Strip", "content": " ", "start": 1, "stop": 0},
            ],
        },
    }
    add("nothing around", tokenizer(model(merges=merges)))
    add(
        "byte fallback",
        tokenizer(
            model(["<unk>", *bytes_], merges, byte_fallback=True, unk_token="<unk>", fuse_unk=True),
            **llama,
            added=[AddedToken(END, special=True, normalized=False)],
        ),
    )
    add(
        "some bytes",
        tokenizer(model(["<unk>", *bytes_[:0xE5]], merges, byte_fallback=True, unk_token="<unk>"), **llama),
    )
    add(
        "some bytes fused",
        tokenizer(
            model(["<unk>", *bytes_[:0xE5]], merges, byte_fallback=True, unk_token="<unk>", fuse_unk=True),
            pre=metaspace("first"),
        ),
    )
    add("unknown", tokenizer(model(["<unk>"], merges, unk_token="<unk>"), metaspace("never"), metaspace("never")))
    add(
        "unknown fused",
        tokenizer(model(["<unk>"], merges, unk_token="<unk>", fuse_unk=True), {"type": "WhitespaceSplit"}),
    )
    add(
        "metaspace first",
        tokenizer(
            model(merges=merges),
            metaspace("first"),
            metaspace("first"),
            added=[AddedToken(END, special=True), AddedToken("<|pad|>", normalized=False)],
        ),
    )
    add(
        "metaspace whole",
        tokenizer(
            model(merges=merges),
            metaspace("always", False),
            metaspace("always", False),
            added=[AddedToken(END, special=True)],
        ),
    )
    add(
        "affixes",
        tokenizer(
            model(
                ["##" + c for c in letters]
                + [c + "</w>" for c in letters]
                + ["##" + c + "</w>" for c in letters]
                + ["th", "the</w>"],
                [("t", "##h"), ("th", "##e</w>")],
                continuing_subword_prefix="##",
                end_of_word_suffix="</w>",
            ),
            {"type": "Whitespace"},
            {"type": "BPEDecoder", "suffix": "</w>"},
        ),
    )
    add("ignored merges", tokenizer(model(["words", "oclock"], merges, ignore_merges=True), {"type": "Whitespace"}))
    add(
        "digits",
        tokenizer(
            model(merges=merges),
            {"type": "Sequence", "pretokenizers": [{"type": "Digits", "individual_digits": True}, metaspace("first")]},
        ),
    )
    add(
        "digits together",
        tokenizer(
            model(merges=merges),
            {
                "type": "Sequence",
                "pretokenizers": [
                    {"type": "Whitespace"},
                    {"type": "Digits", "individual_digits": False},
                    metaspace("first"),
                ],
            },
        ),
    )
    byte_model = json.loads(made["byte-level"][1].to_str())["model"]
    prefix_space = {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": True, "use_regex": True}
    whole = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": False, "use_regex": False}
    byte_level = models.BPE(vocab=byte_model["vocab"], merges=[tuple(m) for m in byte_model["merges"]])
    for form in ["NFC", "NFD", "NFKC", "NFKD"]:
        add(form, tokenizer(byte_level, prefix_space, whole, {"type": form}, [AddedToken(END, special=True)]))
    add(
        "bytes whole",
        tokenizer(byte_level, {"type": "Sequence", "pretokenizers": [{"type": "WhitespaceSplit"}, whole]}, whole),
    )
    no_bytes = models.BPE(vocab={"a": 0, "b": 1, "ab": 2, "\u0120": 3}, merges=[("a", "b")])
    add("few bytes", tokenizer(no_bytes, prefix_space, prefix_space))
    lower = {"type": "Lowercase"}
    greetings = [AddedToken("HELLO"), AddedToken("He", normalized=False)]
    add("lower case", tokenizer(model(merges=merges), {"type": "Whitespace"}, None, lower, greetings))
    forms = {"type": "Sequence", "normalizers": [{"type": "NFKD"}, lower]}
    add("lower case after NFKD", tokenizer(byte_level, prefix_space, whole, forms))

    def split(pattern, behavior="Isolated", invert=False, kind="Regex"):
        return {"type": "Split", "pattern": {kind: pattern}, "behavior": behavior, "invert": invert}

    def sequence(*stages):
        return {"type": "Sequence", "pretokenizers": list(stages)}

    for behavior in ["Removed", "Isolated", "MergedWithPrevious", "MergedWithNext", "Contiguous"]:
        for invert in [False, True]:
            add(f"split {behavior} {invert}", tokenizer(model(merges=merges), split(r"[^\p{L}]", behavior, invert)))
    add("split at a text", tokenizer(model(merges=merges), split("..", "MergedWithPrevious", kind="String")))
    spaces = sequence(split(" ", "Isolated", kind="String"), split(r"\d", "Contiguous"), metaspace("first"))
    add("split at spaces", tokenizer(model(merges=merges), spaces))
    front = r"[^\r\n\p{L}\p{N}]?"
    upper, lower_letters = r"[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]", r"[\p{Ll}\p{Lm}\p{Lo}\p{M}]"
    ends, rest = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)", r"\s*[\r\n]+|\s+(?!\S)|\s+"
    patterns = {
        "GPT-4": ends + "|" + front + r"\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|" + rest,
        "GPT-4o": f"{front}{upper}*{lower_letters}+{ends}?|{front}{upper}+{lower_letters}*{ends}?"
        + r"|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|" + rest,
        "possessive": r"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}"
        r"| ?[^\s\p{L}\p{N}]++[\r\n]*+|\s++",
        "others": r"[!-/:-@\[-`{-~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+[\r\n]*"
        r"|(?=\w)\w{2,3}|" "[\u0e00-\u0e7f\u4e00-\u9fff]+" r"|.\W|\S\D",
    }
    for name, pattern in patterns.items():
        add("split as " + name, tokenizer(byte_level, sequence(split(pattern), whole), whole))
    add(
        "added",
        tokenizer(
            byte_level,
            whole | {"use_regex": True},
            whole,
            added=[
                AddedToken("word", single_word=True),
                AddedToken("words"),
                AddedToken(" <mask> ", normalized=False),
                AddedToken("<mask>", lstrip=True, rstrip=True),
                AddedToken("<|pad|>", rstrip=True, normalized=False),
                AddedToken("\u0120", lstrip=True),
                AddedToken("'s", single_word=True, normalized=False),
                AddedToken("\n\n"),
            ],
        ),
    )
    add(
        "added and normalized",
        tokenizer(
            model(["<unk>"], merges, unk_token="<unk>"),
            metaspace("always"),
            metaspace("always"),
            {
                "type": "Sequence",
                "normalizers": [{"type": "NFD"}, {"type": "Replace", "pattern": {"String": "word"}, "content": "the"}],
            },
            [
                AddedToken("caf\u00e9"),
                AddedToken("word"),
                AddedToken("Hello world", normalized=False),
                AddedToken("the 1", single_word=True),
            ],
        ),
    )

    samples = texts()
    out = []
    for name, made_tokenizer in result.items():
        encoded = []
        for text in samples:
            ids = made_tokenizer.encode(text, add_special_tokens=False).ids
            encoded.append(
                {"ids": ids, "decoded": made_tokenizer.decode(ids, skip_special_tokens=False) if ids else ""}
            )
        out.append({"name": name, "tokenizer": json.loads(made_tokenizer.to_str()), "texts": encoded})
    return {"texts": samples, "cases": out}


def token_files():
    r = np.random.default_rng(11)
    ids = r.integers(0, 50257, 40)
    files = {}

    def npy(name, array, version=None):
        out = io.BytesIO()
        np.lib.format.write_array(out, array, version)
        files[name] = (out.getvalue(), [int(i) for i in np.ravel(array)])

    for dtype in ["<u2", "<i4", "<u4", "<i8", "<u8"]:
        npy(f"{dtype[1:]}.npy", ids.astype(dtype))
    npy("u1.npy", (ids % 256).astype("u1"))
    npy("i1.npy", (ids % 128).astype("i1"))
    npy("i2.npy", (ids % 32768).astype("<i2"))
    npy("version2.npy", ids.astype("<i4"), (2, 0))
    npy("version3.npy", ids.astype("<i4"), (3, 0))
    npy("blocks.npy", ids.astype("<i4").reshape(4, 10))
    out = io.BytesIO()
    np.save(out, ids.astype("<u2"))
    files["saved.npy"] = (out.getvalue(), ids.tolist())
    for dtype in ["int32", "int64", "uint16", "uint32"]:
        files[f"{dtype}.safetensors"] = (save({"tokens": ids.astype(dtype)}, {"format": "np"}), ids.tolist())
    files["two.safetensors"] = (
        save({"other": ids.astype("float32"), "train": ids.astype("int64").reshape(8, 5)}),
        ids.tolist(),
    )
    # nanoGPT, data/openwebtext/prepare.py: a memory map of uint16, filled and flushed.
    files["nanogpt.bin"] = (ids.astype(np.uint16).tobytes(), ids.tolist())
    # llm.c, dev/data/data_common.py, write_datafile: header[0] magic, [1] version, [2] number of tokens.
    for name, magic, version, dtype in [
        ("llmc-gpt2.bin", 20240520, 1, np.uint16),
        ("llmc-llama3.bin", 20240801, 7, np.uint32),
    ]:
        header = np.zeros(256, dtype=np.int32)
        header[:3] = magic, version, len(ids)
        files[name] = (header.tobytes() + ids.astype(dtype).tobytes(), ids.tolist())
    return files


def dump(value):
    return (json.dumps(value, ensure_ascii=True, separators=(",", ":")) + "\n").encode()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    write = parser.parse_args().write
    training = training_text().encode()
    FOLDER.mkdir(parents=True, exist_ok=True)
    if write:
        (FOLDER / "training.txt").write_bytes(training)
    made = trained()
    options = {
        name: {
            key: sorted(value) if isinstance(value, (set, list)) and key == "initial_alphabet" else value
            for key, value in options.items()
        }
        for name, (options, _) in made.items()
    }
    recipes = [
        {"name": name, "options": options[name], "tokenizer": json.loads(tokenizer.to_str())}
        for name, (_, tokenizer) in made.items()
    ]
    files = token_files()
    expected = {
        "training.txt": training,
        "trained.json": dump(recipes),
        "cases.json": dump(cases(made)),
        "tokenfiles/ids.json": dump({name: ids for name, (_, ids) in files.items()}),
        **{"tokenfiles/" + name: data for name, (data, _) in files.items()},
    }
    different = []
    for name, data in expected.items():
        path = FOLDER / name
        if write:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        elif not path.exists() or path.read_bytes() != data:
            different.append(name)
    if different:
        sys.exit("different: " + ", ".join(different))
    print(f"{len(expected)} files {'written' if write else 'are as they should be'}")


if __name__ == "__main__":
    main()
