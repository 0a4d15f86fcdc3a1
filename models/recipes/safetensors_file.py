"""Writes a .safetensors file: an 8-byte length, a JSON header, then the tensors' bytes."""
import json
import struct

import torch

NAMES = {torch.float32: "F32", torch.float16: "F16", torch.int64: "I64"}


def save(path, tensors, metadata):
    header, blocks, offset = {"__metadata__": metadata}, [], 0
    for name, tensor in tensors.items():
        block = tensor.detach().cpu().contiguous().numpy().tobytes()
        header[name] = {"dtype": NAMES[tensor.dtype], "shape": list(tensor.shape),
                        "data_offsets": [offset, offset + len(block)]}
        blocks.append(block)
        offset += len(block)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as stream:
        stream.write(struct.pack("<Q", len(text)) + text + b"".join(blocks))
