"""Writes segmentations/NAME.json and NAME.classes: the class of every pixel by torchvision's segmentation models.

    /usr/bin/python3 make_segmentations.py [NAME ...]          (everything without arguments)

Images are generated, resized by Pillow and normalised as torchvision's preset does it; the model's output, which has the size
of its input, is resized bilinearly to the image's own size before the largest logit is taken. Where the image is not resized,
that is the model's own answer. All of it runs in float64 from float32 weights and 8-bit images; how many pixels torch's own
float32 run gives another class is measured and written down. NAME.classes holds the cases' bytes one after the other, each
compressed by zlib.
"""
import json
import pathlib
import sys
import warnings
import zlib

import numpy as np
import torch
import torchvision
from PIL import Image
from torch.nn import functional as F
from torchvision.transforms._presets import SemanticSegmentation

import parity_weights as weights
import reference_models
from families import segmentation

FOLDER = pathlib.Path(__file__).parent / "segmentations"
VERSIONS = {"torch": torch.__version__, "torchvision": torchvision.__version__, "numpy": np.__version__}
# Shortest side, image number, width, height: reduced, enlarged, as it is; and in full size.
SMALL = [(96, 0, 200, 150), (130, 1, 90, 110), (97, 2, 130, 97)]
CASES = {"fcn_resnet50": SMALL + [(520, 3, 640, 480)]}


def classes(model, kind, resize, number, width, height):
    image = Image.fromarray(weights.pixels(number, height, width))
    x = SemanticSegmentation(resize_size=resize)(image)[None].to(kind)
    out = model.to(kind)(x)["out"]
    return F.interpolate(out, size=(height, width), mode="bilinear", align_corners=False).argmax(1)[0].numpy().astype(np.uint8)


def write(name):
    model = reference_models.create(name)
    cases, data = [], b""
    for resize, number, width, height in CASES.get(name, SMALL):
        single = classes(model, torch.float32, resize, number, width, height)
        exact = classes(model, torch.float64, resize, number, width, height)
        counts = np.bincount(exact.reshape(-1), minlength=21)
        # Worth comparing: three classes are there, and all but the largest have a twentieth of the pixels.
        assert (counts > 0).sum() >= 3 and exact.size - counts.max() > exact.size / 20, counts
        packed = zlib.compress(exact.tobytes(), 9)
        cases.append({"resize": resize, "image": number, "width": width, "height": height, "offset": len(data), "length": len(packed),
                      "torchFloat32Differing": int((single != exact).sum()), "classes": int((counts > 0).sum())})
        data += packed
        print(name, cases[-1])
    text = ",\n    ".join(json.dumps(case) for case in cases)
    (FOLDER / f"{name}.json").write_text(f'{{\n  "versions": {json.dumps(VERSIONS)},\n  "cases": [\n    {text}\n  ]\n}}\n')
    (FOLDER / f"{name}.classes").write_bytes(data)


def main():
    torch.set_num_threads(1)
    warnings.filterwarnings("ignore")
    FOLDER.mkdir(exist_ok=True)
    with torch.no_grad():
        for name in sys.argv[1:] or segmentation.NAMES:
            write(name)


if __name__ == "__main__":
    main()
