"""Draws the files of a review again: python docs/file-review-draw.py population.txt ID ROOT (PERCENT% | FILES)

`population.txt` is the campaign's list of cases; ID, the root of the checkpoint (hexadecimal) and how many stand on its public page.
Prints the digest of the list and the seed, which must be those of the page, and then the drawn cases: body, place in the draw, number.
"""
import hashlib
import hmac
import sys

PER_BODY_MAX = 30


def size(count, sample):
    """How many of so many: a part of a file is a file, at least one, at most thirty."""
    wanted = -(-count * int(sample[:-1]) // 100) if sample.endswith("%") else int(sample)
    return min(count, max(1, min(wanted, PER_BODY_MAX)))


def draw(text, campaign, root, sample):
    digest = hashlib.sha256(text).hexdigest()
    seed = hashlib.sha256(f"onewindow file review 1\n{campaign}\n{digest}\n{root}\n".encode()).digest()
    bodies = {}
    for line in text.decode().splitlines():
        number, body = line.split(" ")
        bodies.setdefault(body, []).append((hmac.new(seed, number.encode(), "sha256").hexdigest(), number))
    drawn = [(body, rank, number) for body in sorted(bodies)
             for rank, (_, number) in enumerate(sorted(bodies[body])[:size(len(bodies[body]), sample)], 1)]
    return digest, seed.hex(), drawn


if __name__ == "__main__":
    path, campaign, root, sample = sys.argv[1:5]
    with open(path, "rb") as file:
        digest, seed, drawn = draw(file.read(), campaign, root, sample)
    print(f"digest {digest}\nseed {seed}")
    for body, rank, number in drawn:
        print(body, rank, number)
