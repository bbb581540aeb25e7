"""Writes random-vectors.csv: python3 random_vectors.py > random-vectors.csv

Knows nothing of the Java code but the definitions: SplitMix64's finaliser, and how the keys are folded in.
"""

M = (1 << 64) - 1
GAMMA = 0x9E3779B97F4A7C15
OPEN = 0xD1B54A32D192ED03


def mix(z):
    z &= M
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & M
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & M
    return z ^ (z >> 31)


def scenario(seed, key):
    return mix(mix(seed + GAMMA) ^ key)


def vu(stream, number):
    return mix(stream + (number + 1) * GAMMA)


def arrival(stream, number):
    return mix(mix(stream ^ OPEN) + (number + 1) * GAMMA)


def draw(stream, site, counter):
    return mix(mix(stream ^ site) + (counter + 1) * GAMMA)


def below(value, bound):
    return value * bound >> 64


SEEDS = [0, 1, 42, 0x7FFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF]
KEYS = [0, 0x123456789ABCDEF0, 0xFFFFFFFFFFFFFFFF]
NUMBERS = [0, 1, 999_999, 0x7FFFFFFFFFFFFFFE]
BOUNDS = [1, 2, 10, 1_000_003, 0x7FFFFFFFFFFFFFFF]

print("seed,key,number,vu_iteration,arrival,draw,second,unit53,bound,below")
i = 0
for seed in SEEDS:
    for key in KEYS:
        for number in NUMBERS:
            bound = BOUNDS[i % len(BOUNDS)]
            i += 1
            s = scenario(seed, key)
            iteration = vu(vu(s, number), number)
            a = arrival(s, number)
            d = draw(iteration, key, number)
            print(
                ",".join(
                    f"{v:016x}"
                    for v in [seed, key, number, iteration, a, d, mix(d + GAMMA), d >> 11, bound, below(d, bound)]
                )
            )
