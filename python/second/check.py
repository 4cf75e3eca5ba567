"""Checks the two roundings of step.py against exact arithmetic: fma against fractions, bf16 against its neighbours."""

import random
import sys
from fractions import Fraction

import numpy as np

import step


def nearest_float32(x):
    """The float32 nearest to a fraction, ties to even; None where the magnitude overflows."""
    if x == 0:
        return 0.0
    exponent = max(abs(x.numerator).bit_length() - x.denominator.bit_length() - 1, -126)
    while abs(x) >= Fraction(2) ** (exponent + 1):
        exponent += 1
    unit = Fraction(2) ** (exponent - 23)
    value = round(x / unit) * unit  # round() of a fraction takes ties to even
    return float(value) if abs(value) < Fraction(2) ** 128 else None


def fma_arguments(generator, count):
    """Ordinary ones; products halfway between two float32, with a third too small for a double sum; subnormals."""

    def value(low, high):
        return (generator.getrandbits(24) | 1) * 2.0 ** generator.randint(low, high) * generator.choice((-1, 1))

    for i in range(count):
        if i % 3 == 0:
            yield value(-30, 10), value(-30, 10), value(-40, 10)
        elif i % 3 == 1:
            a, b = generator.getrandbits(12) | 0x801, generator.getrandbits(13) | 0x1001
            yield float(a), float(b), value(-120, -30)
        else:
            yield value(-100, -70), value(-90, -70), value(-149, -140)


def wrong_fmas(count=30_000):
    arguments = list(fma_arguments(random.Random(1), count))
    found = step.fma(*(np.array(column, np.float32) for column in zip(*arguments)))
    double = np.array([float(np.float32(a)) * float(np.float32(b)) + float(np.float32(c)) for a, b, c in arguments])
    wrong = twice = 0
    for (a, b, c), x, naive in zip(arguments, found, double.astype(np.float32)):
        a, b, c = (Fraction(float(np.float32(value))) for value in (a, b, c))
        exact = nearest_float32(a * b + c)
        wrong += exact is not None and float(x) != exact
        twice += exact is not None and float(naive) != exact
    if twice == 0:
        raise ArithmeticError("no case tells one rounding from two; the check is worth nothing")
    return wrong


def wrong_roundings():
    """Over every finite bf16 but the largest: itself, the midpoint to the next larger magnitude, its neighbours."""
    wrong = 0
    bits = np.concatenate([np.arange(0x7F7F), 0x8000 + np.arange(0x7F7F)]).astype(np.uint32) << np.uint32(16)
    even = bits + (bits & np.uint32(0x10000))  # the end of each cell whose last bit is 0
    for offset, expected in (
        (0, bits), (0x7FFF, bits), (0x8000, even), (0x8001, bits + np.uint32(0x10000)),
        (0xFFFF, bits + np.uint32(0x10000)),
    ):  # fmt: skip
        rounded = step.bf16((bits + np.uint32(offset)).view(np.float32)).view(np.uint32)
        wrong += int(np.sum(rounded != expected))
    return wrong


def main():
    failures = {"fma": wrong_fmas(), "bf16": wrong_roundings()}
    print(", ".join(f"{name}: {wrong} wrong" for name, wrong in failures.items()))
    return 1 if any(failures.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
