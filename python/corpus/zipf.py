"""The synthetic ids of org.lilgatsby.corpus.ZipfTokens, written from its description without NumPy.

    python3 python/corpus/zipf.py LIVE LENGTH [COUNT]     prints the first COUNT ids and the sum of id x (position + 1)
"""

import bisect
import math
import sys

MASK = 2**64 - 1
PHRASE, MEMBER, WHETHER_ALONE, ALONE = range(4)


def bits(draw, number):
    z = (number * 4 + draw + 1) * 0x9E3779B97F4A7C15 & MASK
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 & MASK
    z = (z ^ z >> 27) * 0x94D049BB133111EB & MASK
    return z ^ z >> 31


def ids(live, length):
    sums, total = [], 0.0
    for rank in range(live):
        total += 1 / (rank + 1 + 1.7)
        sums.append(total)
    stride = max(1, 5 * live // 8)
    while math.gcd(stride, live) != 1:
        stride += 1

    def rank(draw, number):
        return min(bisect.bisect_right(sums, (bits(draw, number) >> 11) * 2.0**-53 * sums[-1]), live - 1)

    turns = {turn * length // live: turn for turn in range(live)}
    for position in range(length):
        if position in turns:
            yield turns[position]
        elif bits(WHETHER_ALONE, position) % 4 == 0:
            yield rank(ALONE, position) * stride % live
        else:
            yield rank(MEMBER, rank(PHRASE, position // 8) * 8 + position % 8) * stride % live


if __name__ == "__main__":
    sequence = list(ids(int(sys.argv[1]), int(sys.argv[2])))
    print(sequence[: int(sys.argv[3]) if len(sys.argv) > 3 else 24])
    print(sum(token * (position + 1) for position, token in enumerate(sequence)))
