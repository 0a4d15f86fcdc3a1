"""Writes the weight files beside it. Run with Python 3.11, torch 1.13.0 and numpy 1.24 (Debian 12's packages):

    python3 make_fixtures.py

There is no random number in it; only the legacy files differ from run to run, in their storage keys (memory addresses).
Element j of the tensor with seed s is ((7 j + s) mod 64 - 32) / 16 for floating types,
which every one of them holds exactly, (7 j + s) mod 64 - 32 for signed and (7 j + s) mod 64 for unsigned integers, and
(7 j + s) mod 3 == 0 for booleans; the tests compute the same.
"""
import argparse
import collections
import json
import os
import struct
import zipfile

import numpy
import torch

HERE = os.path.dirname(os.path.abspath(__file__))


def values(seed, *shape, dtype=torch.float32):
    count = 1
    for extent in shape:
        count *= extent
    raw = (7 * torch.arange(count) + seed) % 64
    if dtype == torch.bool:
        raw = (7 * torch.arange(count) + seed) % 3 == 0
    elif dtype.is_floating_point:
        raw = (raw - 32).double() / 16
    elif dtype != torch.uint8:
        raw = raw - 32
    return raw.to(dtype).reshape(shape)


def save(name, value):
    torch.save(value, os.path.join(HERE, name + "-zip.pth"))
    torch.save(value, os.path.join(HERE, name + "-legacy.pth"), _use_new_zipfile_serialization=False)


class Small(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = torch.nn.Conv2d(2, 3, 3, bias=False)
        self.bn = torch.nn.BatchNorm2d(3)
        state = self.state_dict()
        for seed, tensor in enumerate(state.values()):
            tensor.copy_(values(seed, *tensor.shape, dtype=tensor.dtype))


class Doubling(torch.nn.Module):
    def forward(self, x):
        return x * 2


# A state dict as a module gives it: with versions in _metadata.
save("module", Small().state_dict())
save("parallel", torch.nn.DataParallel(Small()).state_dict())

# Every type, a scalar, nothing, and a parameter.
types = collections.OrderedDict()
for seed, dtype in enumerate([torch.float32, torch.float64, torch.float16, torch.bfloat16, torch.int64, torch.int32,
                              torch.int16, torch.int8, torch.uint8, torch.bool]):
    types[str(dtype).replace("torch.", "")] = values(seed, 5, 7, dtype=dtype)
types["scalar"] = values(10, dtype=torch.float32)
types["empty"] = torch.empty(0, 3)
types["parameter"] = torch.nn.Parameter(values(11, 4))
save("types", types)

# Views: of one storage, shifted, transposed, strided, repeated, and a channels-last weight.
base = values(0, 6, 8)
views = {
    "base": base,
    "rows": base[2:5],
    "transposed": base.t(),
    "every_third": base.view(-1)[1::3],
    "expanded": base[0, :4].view(1, 4).expand(3, 4),
    "channels_last": values(1, 2, 3, 4, 5).contiguous(memory_format=torch.channels_last),
    "permuted": values(2, 2, 3, 4).permute(2, 0, 1),
    "sparse": values(3, 40, 50)[::13, 7],
}
save("views", views)

# A trainer's checkpoint: weights among other things.
small = Small()
optimizer = torch.optim.SGD(small.parameters(), lr=0.1, momentum=0.9)
(small.conv.weight.sum() + small.bn.weight.sum()).backward()
optimizer.step()
save("checkpoint", {
    "epoch": 3,
    "best_acc1": torch.tensor(76.5),
    "state_dict": torch.nn.DataParallel(Small()).state_dict(),
    "ema": {"shadow": values(5, 4)},
    "optimizer": optimizer.state_dict(),
    "args": argparse.Namespace(lr=0.1, names=["a", "b"]),
    "score": numpy.float64(0.5),
    "history": numpy.arange(3),
    "milestones": collections.Counter([30, 60]),
})
save("ambiguous", {"generator": {"weight": values(1, 3)}, "discriminator": {"weight": values(2, 3), "inner": {"bias": values(3, 2)}}})

# Files that must be refused.
torch.save(Small(), os.path.join(HERE, "whole-model-zip.pth"))
torch.jit.save(torch.jit.script(Doubling()), os.path.join(HERE, "torchscript.pt"))


def rezip(name, compression, extra=()):
    with zipfile.ZipFile(os.path.join(HERE, "module-zip.pth")) as old, \
            zipfile.ZipFile(os.path.join(HERE, name), "w", compression) as new:
        for entry in old.infolist():
            new.writestr(zipfile.ZipInfo(entry.filename), old.read(entry), compression)
        for path, text in extra:
            new.writestr(zipfile.ZipInfo(path), text)


rezip("module-deflated.pth", zipfile.ZIP_DEFLATED)
rezip("little-endian.pth", zipfile.ZIP_STORED, [("module-zip/byteorder", "little")])
rezip("big-endian.pth", zipfile.ZIP_STORED, [("module-zip/byteorder", "big")])

# safetensors, from its specification: 64-bit header length, JSON, data without gaps.
header, data = collections.OrderedDict(), b""
header["__metadata__"] = {"format": "pt", "note": "caf\u00e9"}
for seed, (name, dtype, numpy_type) in enumerate([("F64", torch.float64, "<f8"), ("I64", torch.int64, "<i8"),
                                                  ("F32", torch.float32, "<f4"), ("I32", torch.int32, "<i4"),
                                                  ("F16", torch.float16, "<f2"), ("BF16", torch.bfloat16, None),
                                                  ("I16", torch.int16, "<i2"), ("I8", torch.int8, "<i1"),
                                                  ("U8", torch.uint8, "<u1"), ("BOOL", torch.bool, "<u1")]):
    tensor = values(seed, 5, 7, dtype=dtype)
    raw = (tensor.view(torch.int16).numpy().astype("<i2") if numpy_type is None else tensor.numpy().astype(numpy_type)).tobytes()
    header[name] = {"dtype": name, "shape": [5, 7], "data_offsets": [len(data), len(data) + len(raw)]}
    data += raw
header["scalar"] = {"dtype": "U8", "shape": [], "data_offsets": [len(data), len(data) + 1]}
data += b"\x07"
header["empty"] = {"dtype": "F32", "shape": [0, 3], "data_offsets": [len(data), len(data)]}
text = json.dumps(header).encode()
text += b" " * (-len(text) % 8)
with open(os.path.join(HERE, "types.safetensors"), "wb") as file:
    file.write(struct.pack("<Q", len(text)) + text + data)
