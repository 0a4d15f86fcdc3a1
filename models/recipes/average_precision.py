"""A quick average precision for choosing between recipes; the figures that count come from DeepVision's own Metrics."""
import numpy as np


def iou(a, b):
    low = np.maximum(a[:, None, :2], b[None, :, :2])
    high = np.minimum(a[:, None, 2:], b[None, :, 2:])
    common = np.prod(np.clip(high - low, 0, None), axis=2)
    area = lambda x: (x[:, 2] - x[:, 0]) * (x[:, 3] - x[:, 1])
    return common / (area(a)[:, None] + area(b)[None] - common)


def of_class(found, truth, threshold):
    """found: per image (boxes, scores); truth: per image (boxes, ignored). COCO's matching, 101 points."""
    scores, right = [], []
    expected = sum(int((~ignored).sum()) for _, ignored in truth)
    for (boxes, confidence), (true_boxes, ignored) in zip(found, truth):
        order = np.argsort(-confidence, kind="stable")
        overlaps = iou(boxes, true_boxes) if len(true_boxes) else None
        taken = np.zeros(len(true_boxes), bool)
        for i in order:
            best, best_overlap = -1, threshold
            for wanted in (False, True):  # the articles that count come first, ignored ones after
                for j in np.flatnonzero((ignored == wanted) & (~taken | ignored)) if overlaps is not None else ():
                    if overlaps[i, j] >= best_overlap:
                        best, best_overlap = j, overlaps[i, j]
                if best >= 0:
                    break
            if best >= 0 and ignored[best]:
                continue
            if best >= 0:
                taken[best] = True
            scores.append(confidence[i])
            right.append(best >= 0)
    order = np.argsort(-np.asarray(scores), kind="stable")
    hits = np.cumsum(np.asarray(right, float)[order])
    recall, precision = hits / expected, hits / np.arange(1, len(hits) + 1)
    precision = np.maximum.accumulate(precision[::-1])[::-1]
    at = np.searchsorted(recall, np.linspace(0, 1, 101), side="left")
    return np.mean([precision[i] if i < len(precision) else 0.0 for i in at])


def average_precision(detections, targets, classes, thresholds):
    """The mean over classes, and each class's value, for each IoU threshold."""
    table = np.zeros((len(thresholds), classes))
    for c in range(classes):
        found, truth = [], []
        for d, t in zip(detections, targets):
            mine = d["labels"] == c
            found.append((d["boxes"][mine], d["scores"][mine]))
            mine = t["labels"] == c
            truth.append((t["boxes"][mine], t["ignored"][mine]))
        for k, threshold in enumerate(thresholds):
            table[k, c] = of_class(found, truth, threshold)
    return table
