"""Writes coco.txt: random annotations and detections, and COCO's twelve figures computed from the metric's definition.

    /usr/bin/python3 make_golden.py     (numpy 1.24.2; random.Random(20261122))

The computation here shares no structure with the library's: every setting is evaluated from scratch, object by object.
Coordinates are multiples of 1/4 and scores of 1/64, so that ties occur and every sum is exact in float32.
Lines: "gt image class x1 y1 x2 y2 crowd ignore area", "dt image class x1 y1 x2 y2 score", "ap v0 ... v11" in COCO's order.
"""
import random
import numpy as np

IOUS = np.linspace(0.5, 0.95, 10)
RECALLS = np.linspace(0.0, 1.0, 101)
RANGES = {"all": (0, 1e10), "small": (0, 32 ** 2), "medium": (32 ** 2, 96 ** 2), "large": (96 ** 2, 1e10)}


def box(rng):
    side = [round(4 * 2 ** rng.uniform(2, 7.6)) / 4 for _ in range(2)]
    x, y = rng.randrange(0, 1200) / 4, rng.randrange(0, 1200) / 4
    return x, y, x + side[0], y + side[1]


def make(rng):
    objects, found = [], []
    for image in range(40):
        for _ in range(rng.randrange(0, 9)):
            b, c = box(rng), rng.randrange(0, 5)
            crowd, ignore = int(rng.random() < 0.08), int(rng.random() < 0.1)
            area = (b[2] - b[0]) * (b[3] - b[1]) * (0.5 if rng.random() < 0.5 else 1)
            objects.append((image, c, *b, crowd, ignore, area))
            for _ in range(rng.choice([0, 1, 1, 1, 2, 3])):
                d = [v + rng.randrange(-24, 25) / 4 * rng.random() // 0.25 * 0.25 for v in b]
                if d[2] >= d[0] and d[3] >= d[1]:
                    found.append((image, c if rng.random() < 0.9 else rng.randrange(0, 6), *d, rng.randrange(1, 65) / 64))
        for _ in range(rng.randrange(0, 4)):
            found.append((image, rng.randrange(0, 6), *box(rng), rng.randrange(1, 65) / 64))
    for _ in range(130):  # more than 100 detections of one class in one image
        found.append((3, 1, *box(rng), rng.randrange(1, 65) / 64))
    return objects, found


def area_of(b):
    return (b[2] - b[0]) * (b[3] - b[1])


def overlap(d, g, crowd):
    w, h = min(d[2], g[2]) - max(d[0], g[0]), min(d[3], g[3]) - max(d[1], g[1])
    if w <= 0 or h <= 0:
        return 0.0
    return w * h / (area_of(d) if crowd else area_of(d) + area_of(g) - w * h)


def one(objects, found, cls, low, high, most, threshold):
    """Precision on the recall grid and the last recall of one class at one threshold; None without objects."""
    judged, total = [], 0
    for image in sorted({o[0] for o in objects} | {f[0] for f in found}):
        real, spare = [], []
        for o in objects:
            if o[0] == image and o[1] == cls:
                out = o[6] or o[7] or not low <= o[8] <= high
                (spare if out else real).append({"box": o[2:6], "crowd": o[6], "used": False})
        total += len(real)
        mine = sorted((f for f in found if f[0] == image and f[1] == cls), key=lambda f: -f[6])[:100]
        for rank, f in enumerate(mine):
            verdict = "miss"
            for group, name in ((real, "hit"), (spare, "skip")):
                able = [(overlap(f[2:6], g["box"], g["crowd"]), i) for i, g in enumerate(group) if g["crowd"] or not g["used"]]
                able = [a for a in able if a[0] >= threshold]
                if able:
                    group[max(able)[1]]["used"] = True  # of equal overlaps the last
                    verdict = name
                    break
            if verdict == "miss" and not low <= area_of(f[2:6]) <= high:
                verdict = "skip"
            if rank < most:
                judged.append((f[6], verdict))
    if total == 0:
        return None
    judged = [v for _, v in sorted(judged, key=lambda j: -j[0]) if v != "skip"]
    points = [(judged[:i + 1].count("hit") / total, judged[:i + 1].count("hit") / (i + 1)) for i in range(len(judged))]
    grid = [max((p for r, p in points if r >= wanted), default=0.0) for wanted in RECALLS]
    return float(np.mean(grid)), points[-1][0] if points else 0.0


def mean(objects, found, index, size="all", most=100, ious=IOUS):
    low, high = RANGES[size]
    values = [one(objects, found, c, low, high, most, t) for c in range(6) for t in ious]
    values = [v[index] for v in values if v is not None]
    return float(np.mean(values)) if values else -1.0


def main():
    objects, found = make(random.Random(20261122))
    figures = [mean(objects, found, 0), mean(objects, found, 0, ious=[0.5]), mean(objects, found, 0, ious=[0.75])]
    figures += [mean(objects, found, 0, size=s) for s in ("small", "medium", "large")]
    figures += [mean(objects, found, 1, most=m) for m in (1, 10, 100)]
    figures += [mean(objects, found, 1, size=s) for s in ("small", "medium", "large")]
    with open("coco.txt", "w") as out:
        for o in objects:
            print("gt", *o, file=out)
        for f in found:
            print("dt", *f, file=out)
        print("ap", *("%.17g" % v for v in figures), file=out)


if __name__ == "__main__":
    main()
