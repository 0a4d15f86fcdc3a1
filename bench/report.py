"""What the yardstick says: pure functions from outputs and times to lines."""
import numpy as np


class Disagreement(Exception):
    """Two engines gave different outputs for the same weights and input."""


def split(values, answer):
    """The outputs of an engine by name, from the floats it wrote and its answer "written NAME:COUNT ..."."""
    counts = [word.rsplit(":", 1) for word in answer.split()[1:]]
    if sum(int(count) for _, count in counts) != len(values):
        raise Disagreement(f"{len(values)} values were written, but announced as: {answer}")
    outputs, at = {}, 0
    for name, count in counts:
        outputs[name] = values[at:at + int(count)]
        at += int(count)
    return outputs


def difference(found, expected):
    """The largest difference over the largest expected value; of several outputs, that of the one that differs most.

    found may hold more outputs than expected. Raises Disagreement where one is missing, or a value is not finite.
    """
    worst = 0.0
    for name, values in expected.items():
        if name not in found or len(found[name]) != len(values):
            raise Disagreement(f"{name} with {len(values)} values was expected, found "
                               + ", ".join(f"{other} with {len(found[other])}" for other in found))
        if not (np.isfinite(values).all() and np.isfinite(found[name]).all()):
            raise Disagreement(f"{name} holds values that are not finite")
        worst = max(worst, float(np.abs(found[name] - values).max() / np.abs(values).max()))
    return worst


def runs_in_a_round(medians, milliseconds=600, fewest=3, most=15):
    """How many runs the slowest engine does in about that time."""
    return max(fewest, min(most, round(milliseconds / max(medians))))


def ratio(of_rounds, peer, engine="deepvision"):
    """The median over all rounds of the peer's time over the engine's; of_rounds holds a dictionary of medians a round."""
    return float(np.median([medians[peer] / medians[engine] for medians in of_rounds]))


class Row:
    """One engine's figures for the table."""

    def __init__(self, name, times, peak_bytes, first_results, description):
        self.name, self.times, self.peak_bytes = name, times, peak_bytes
        self.first_results, self.description = first_results, description

    @property
    def median(self):
        return float(np.median(self.times))


def table(title, rows):
    lines = [title, f"  {'':16}{'median ms':>10}{'best':>10}{'90th pct':>10}{'peak MB':>9}{'first s':>9}"]
    for row in rows:
        lines.append(f"  {row.name:16}{row.median:10.2f}{min(row.times):10.2f}{np.percentile(row.times, 90):10.2f}"
                     f"{row.peak_bytes / 1e6:9.0f}{np.median(row.first_results):9.2f}  {row.description}")
    return lines


def throughput(images_a_second):
    """A line of images a second by the number of callers."""
    return "  deepvision, images a second with 1, 2 ... callers on one compiled model: " + ", ".join(
        f"{callers}: {images:.1f}" for callers, images in images_a_second.items())


class Lines:
    """The lines at the end, which other scripts read."""

    def __init__(self):
        self._agree, self._times = {}, []

    def agree(self, model, peer, found):
        """Kept once for a model and peer: the largest over all batches."""
        self._agree[model, peer] = max(found, self._agree.get((model, peer), 0.0))

    def group(self, model, batch, rows, of_rounds):
        self._times += [f"ms {model} b{batch} {row.name} {row.median:.3f}" for row in rows]
        self._times += [f"ratio {model} b{batch} {row.name} {ratio(of_rounds, row.name):.3f}"
                        for row in rows if row.name != "deepvision"]

    def all(self):
        return [f"agree {model} {peer} {found:.2e}" for (model, peer), found in self._agree.items()] + self._times
