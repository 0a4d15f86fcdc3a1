"""Writes the files with Python objects in them: whole modules, NumPy arrays, and what trainers save beside the weights.

Run with Python 3.11, torch 1.13.1 and numpy 1.24 (Debian 12's packages):

    python3 make_object_fixtures.py

The values are those of make_fixtures.py. Classes of other packages are stand-ins under the packages' names.
"""
import argparse
import collections
import datetime
import enum
import os
import pathlib
import pickle
import sys
import types
import zipfile

import numpy
import torch

HERE = os.path.dirname(os.path.abspath(__file__))


def values(seed, *shape, dtype=torch.float32):
    count = 1
    for extent in shape:
        count *= extent
    raw = (7 * torch.arange(count) + seed) % 64 - 32
    raw = raw.double() / 16 if dtype.is_floating_point else raw
    return raw.to(dtype).reshape(shape)


def under(name, made):
    """Has a class pickled as one of another package."""
    parts = name.split(".")
    for i in range(1, len(parts)):
        sys.modules.setdefault(".".join(parts[:i]), types.ModuleType(".".join(parts[:i])))
    made.__module__, made.__qualname__, made.__name__ = ".".join(parts[:-1]), parts[-1], parts[-1]
    setattr(sys.modules[made.__module__], parts[-1], made)
    return made


class Small(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = torch.nn.Conv2d(2, 3, 3, bias=False)
        self.bn = torch.nn.BatchNorm2d(3)
        self.register_buffer("scratch", torch.ones(2), persistent=False)
        for seed, tensor in enumerate(self.state_dict().values()):
            tensor.copy_(values(seed, *tensor.shape, dtype=tensor.dtype))
        self.anchors = torch.ones(3)
        self.again = self.bn


class Precision(enum.Enum):
    HALF = 16


class AttributeDict(dict):
    pass


class HistoryBuffer:
    def __init__(self):
        self._log_history, self._count_history = numpy.arange(4.0), numpy.ones(4)


DetectionModel = under("ultralytics.nn.tasks.DetectionModel", Small)
AttributeDict = under("pytorch_lightning.utilities.parsing.AttributeDict", AttributeDict)
HistoryBuffer = under("mmengine.logging.history_buffer.HistoryBuffer", HistoryBuffer)
Precision = under("trainer.Precision", Precision)


def path(name):
    return os.path.join(HERE, name)


def save(name, value, legacy=False):
    torch.save(value, path(name), _use_new_zipfile_serialization=not legacy)


def no_source(made):
    raise OSError("the sources of modules stay out of the files")


torch.serialization.get_source_lines_and_file = no_source
model = DetectionModel()
state = model.state_dict()
save("module-object-legacy.pth", model, legacy=True)
save("module-object-parallel.pth", torch.nn.DataParallel(model))
save("module-object-ema.pth", {"epoch": -1, "model": None, "ema": model, "train_args": {"project": pathlib.PosixPath("runs")}, "date": "x"})
scripted = torch.nn.Sequential(collections.OrderedDict(conv=torch.nn.Conv2d(2, 3, 3, bias=False), bn=torch.nn.BatchNorm2d(3)))
scripted.load_state_dict({k: v for k, v in state.items() if not k.startswith("again")})
torch.jit.script(scripted).save(path("scripted.tmp"))
with zipfile.ZipFile(path("scripted.tmp")) as old, zipfile.ZipFile(path("scripted-module.pt"), "w") as new:
    for entry in old.infolist():
        if not entry.filename.endswith(".debug_pkl"):
            new.writestr(zipfile.ZipInfo(entry.filename), old.read(entry))
os.remove(path("scripted.tmp"))

sgd = torch.optim.SGD(model.parameters(), lr=0.1)
objects = {
    "config": pathlib.PosixPath("a/b"),
    "windows": pathlib.PureWindowsPath("c:/x"),
    "started": datetime.datetime(2026, 1, 2, 3, 4, 5),
    "took": datetime.timedelta(seconds=3),
    "hyper_parameters": AttributeDict(lr=0.1, where=pathlib.PosixPath("x"), precision=Precision.HALF),
    "message_hub": {"log_scalars": collections.OrderedDict(loss=HistoryBuffer())},
    "lists": collections.defaultdict(list, {"a": [1]}),
    "args": argparse.Namespace(lr=0.1),
    "complex": 1 + 2j,
    "scalar": numpy.float64(0.5),
    "history": numpy.arange(3),
    "sets": [{1, 2}, frozenset([3])],
    "queue": collections.deque([1, 2], 3),
    "function": torch.nn.functional.relu,
    "dtype": torch.float16,
    "device": torch.device("cpu"),
    "scheduler": torch.optim.lr_scheduler.StepLR(sgd, 3),
    "optimizer": sgd,
    "sparse": torch.eye(2).to_sparse(),
    "quantized": torch.quantize_per_tensor(torch.ones(2), 0.1, 0, torch.qint8),
    "spectrum": torch.ones(2, dtype=torch.complex64),
    "rng_state": torch.zeros(8, dtype=torch.uint8),
    "net": collections.defaultdict(int, torch.optim.swa_utils.AveragedModel(model).state_dict()),
}
save("objects-zip.pth", objects)
save("objects-legacy.pth", objects, legacy=True)
save("unreadable-zip.pth", dict(
    state, sparse=torch.eye(2).to_sparse(), quantized=torch.quantize_per_tensor(torch.ones(2), 0.1, 0, torch.qint8),
    spectrum=torch.ones(2, dtype=torch.complex64), seven=torch.ones(1, 1, 1, 1, 1, 1, 2)))

arrays = {key: tensor.numpy() for key, tensor in state.items() if not key.startswith("again")}
save("arrays-zip.pth", arrays)
turned = {key: numpy.asfortranarray(array).astype(array.dtype.newbyteorder(">"), order="K") for key, array in arrays.items()}
for protocol in (2, 3, 4, 5):
    with open(path("arrays-%d.pkl" % protocol), "wb") as file:
        pickle.dump({"model": turned if protocol in (2, 4) else arrays, "large": {"x": values(6, 2000).numpy()}}, file, protocol=protocol)
