"""Reference values of a sweep's statistics, computed by NumPy and SciPy.

    python3 python/sweep/reference.py            compares with lab/src/test/resources/reference/statistics.json
    python3 python/sweep/reference.py --write    writes it anew

Needs NumPy and SciPy (the committed values are those of NumPy 2.4.6 and SciPy 1.17.1). The bootstrap is written out
here from its definition in docs/sweeps.md, since SciPy's draws other resamples.
"""

import argparse
import json
import math
from pathlib import Path

import numpy as np
from scipy import stats

FILE = Path(__file__).resolve().parents[2] / "lab/src/test/resources/reference/statistics.json"
RESAMPLES = 10_000
FIRST, SECOND = 42, 43  # seeds of the resamples of the first group, and of the second


def resampled_means(values, seed):
    n = len(values)
    words = np.random.RandomState(seed).randint(0, 2**32, size=(RESAMPLES, n), dtype=np.uint32)
    index = (words.astype(np.uint64) * np.uint64(n)) >> np.uint64(32)
    return np.asarray(values)[index.astype(np.int64)].mean(axis=1)


def interval(means):
    return [float(q) for q in np.quantile(means, [0.025, 0.975])]


def description(values):
    return {
        "n": len(values),
        "mean": float(np.mean(values)),
        "deviation": float(np.std(values, ddof=1)),
        "least": float(np.min(values)),
        "quartiles": [float(q) for q in np.quantile(values, [0.25, 0.5, 0.75])],
        "greatest": float(np.max(values)),
        "mean_interval": interval(resampled_means(values, FIRST)),
    }


def ratio(a, b):
    return a / b if b else None


def comparison(a, b):
    difference = float(np.mean(b) - np.mean(a))
    pooled = math.sqrt(
        ((len(a) - 1) * np.var(a, ddof=1) + (len(b) - 1) * np.var(b, ddof=1)) / (len(a) + len(b) - 2)
    )
    population = math.sqrt((np.var(a) + np.var(b)) / 2)
    tied = len(set(a) | set(b)) < len(a) + len(b)
    exact_ks = max(len(a), len(b)) < 500
    exact_u = not tied and max(len(a), len(b)) < 50
    ks = stats.ks_2samp(a, b, method="exact" if exact_ks else "asymp")
    u = stats.mannwhitneyu(a, b, alternative="two-sided", method="exact" if exact_u else "asymptotic")
    return {
        "difference": difference,
        "difference_interval": interval(resampled_means(b, SECOND) - resampled_means(a, FIRST)),
        "cohens_d": ratio(difference, pooled),
        "cohens_d_population": ratio(difference, population),
        "kolmogorov_smirnov": {"statistic": float(ks.statistic), "p": float(ks.pvalue), "exact": exact_ks},
        "mann_whitney": {
            "statistic": float(u.statistic),
            "p": None if math.isnan(u.pvalue) or len(set(a) | set(b)) == 1 else float(u.pvalue),
            "exact": exact_u,
        },
    }


def paired(a, b):
    differences = np.subtract(b, a)
    sizes = np.abs(differences)
    exact = len(set(sizes)) == len(sizes) and 0 not in sizes and len(sizes) < 50
    w = stats.wilcoxon(
        differences, zero_method="pratt", correction=True, method="exact" if exact else "asymptotic"
    )
    ranks = stats.rankdata(sizes)
    return {
        "mean_difference": float(np.mean(differences)),
        "difference_interval": interval(resampled_means(differences, FIRST)),
        "wilcoxon": {"statistic": float(ranks[differences > 0].sum()), "p": float(w.pvalue), "exact": exact},
    }


def samples():
    """Names and pairs of groups; all values from one seed, rounded to keep the file short."""
    draw = np.random.RandomState(20260101)

    def normal(n, mean, deviation):
        return [float(round(x, 4)) for x in draw.normal(mean, deviation, n)]

    def counts(n, mean):
        return [float(x) for x in draw.poisson(mean, n)]

    return {
        "few": (normal(7, 0.0, 1.0), normal(7, 1.2, 0.5)),
        "unequal": (normal(12, 3.0, 2.0), normal(31, 3.5, 1.0)),
        "counts": (counts(16, 6), counts(16, 9)),
        "many": (normal(75, 0.0, 1.0), normal(60, 0.3, 1.5)),
        "large": (normal(600, 0.0, 1.0), normal(520, 0.1, 1.0)),
        "two": ([1.0, 2.0], [3.5, 2.5]),
        "constant": ([4.0] * 5, [4.0] * 6),
        "ties": ([2.0, 3.0, 3.0, 1.0, 5.0, 4.0, 2.0, 6.0], [2.0, 3.0, 4.0, 1.0, 5.0, 5.0, 4.0, 5.0]),
        "rare": ([51.0] * 6, [51.0, 51.0, 51.0, 51.0, 50.0, 50.0]),
        "tiny": ([1e-6, 3e-6, 2e-6, 5e-6], [4e-6, 1.5e-6, 2.5e-6, 9e-6]),
    }


def reference():
    cases = {}
    for name, (a, b) in samples().items():
        case = {"a": a, "b": b, "describe_a": description(a), **comparison(a, b)}
        if len(a) == len(b) and a != b:
            case["paired"] = paired(a, b)
        cases[name] = case
    return cases


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    text = json.dumps(reference(), indent=1) + "\n"
    if arguments.write:
        FILE.write_text(text)
    elif json.loads(text) != json.loads(FILE.read_text()):
        raise SystemExit(f"{FILE} holds other values")


if __name__ == "__main__":
    main()
