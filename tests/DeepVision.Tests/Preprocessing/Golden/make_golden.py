"""Writes the golden files of the preprocessing tests.

Made with Debian 12's python3-pil 9.4.0, python3-torch 1.13.0, python3-torchvision 0.14.1, numpy 1.24.2 and
libopencv-imgproc406 4.6.0 (its C function cvResize, so that Python bindings are not needed):

    LD_LIBRARY_PATH=<folder of libopencv_core.so.406> /usr/bin/python3 make_golden.py

Source images come from an integer hash of position and channel that the tests compute as well, so the files hold only
results: SHA-256 of bytes, or float32 bits. There is no random seed.
"""
import ctypes
import hashlib
import numpy as np
import torch
from PIL import Image
from torchvision import transforms
from torchvision.models.detection.transform import GeneralizedRCNNTransform, resize_boxes

MEAN, STD = [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]
FILTERS = {
    "BilinearAntialias": Image.Resampling.BILINEAR,
    "BicubicAntialias": Image.Resampling.BICUBIC,
    "LanczosAntialias": Image.Resampling.LANCZOS,
    "Nearest": Image.Resampling.NEAREST,
}
SIZES = [  # source width, height, resized width, height
    (1, 1, 1, 1), (1, 1, 7, 5), (5, 7, 1, 1), (1, 9, 4, 3), (9, 1, 3, 4), (2, 2, 3, 3), (3, 2, 8, 9),
    (17, 13, 17, 13), (17, 13, 17, 40), (17, 13, 40, 13), (33, 31, 16, 15), (64, 48, 32, 24), (65, 49, 31, 24),
    (64, 48, 32, 25), (100, 75, 224, 168), (301, 200, 7, 3), (640, 3, 5, 3), (3, 640, 3, 5), (257, 129, 256, 128),
    (400, 301, 85, 64), (7, 5, 16, 8), (15, 16, 9, 17), (1000, 2, 1, 1), (23, 24, 24, 23), (50, 37, 333, 111),
]


def pixels(width, height):
    y, x, c = np.meshgrid(np.arange(height), np.arange(width), np.arange(3), indexing="ij")
    h = (x * 73856093 + y * 19349663 + c * 83492791 + 12345).astype(np.uint32)
    h ^= h >> np.uint32(13)
    h = (h.astype(np.uint64) * 0x5BD1E995 & 0xFFFFFFFF).astype(np.uint32)
    h ^= h >> np.uint32(15)
    return np.ascontiguousarray((h & np.uint32(255)).astype(np.uint8))


def sha(array):
    return hashlib.sha256(np.ascontiguousarray(array).tobytes()).hexdigest()


class CvMat(ctypes.Structure):
    _fields_ = [("type", ctypes.c_int), ("step", ctypes.c_int), ("refcount", ctypes.c_void_p), ("hdr_refcount", ctypes.c_int),
                ("data", ctypes.c_void_p), ("rows", ctypes.c_int), ("cols", ctypes.c_int)]


def opencv_linear(source, width, height):
    library = ctypes.CDLL("libopencv_imgproc.so.406")
    result = np.zeros((height, width, 3), np.uint8)
    header = lambda a: CvMat(0x42424000 | 16, a.shape[1] * 3, None, 0, a.ctypes.data, a.shape[0], a.shape[1])  # 8-bit, 3 channels
    library.cvResize(ctypes.byref(header(source)), ctypes.byref(header(result)), ctypes.c_int(1))  # INTER_LINEAR
    return result


def bits(tensor):
    return tensor.detach().contiguous().numpy().view(np.uint32)


def sampled(tensor):
    flat = bits(tensor).reshape(-1)
    step = max(1, len(flat) // 200)
    return str(step) + " " + " ".join("%08x" % v for v in flat[::step])


with open("resampling.txt", "w") as out:
    for w, h, rw, rh in SIZES:
        source = pixels(w, h)
        for name, kind in FILTERS.items():
            print(name, w, h, rw, rh, sha(np.asarray(Image.fromarray(source).resize((rw, rh), kind))), file=out)
        print("BilinearFixedPoint", w, h, rw, rh, sha(opencv_linear(source, rw, rh)), file=out)

with open("imagenet.txt", "w") as out:
    for w, h, resize, crop in [(500, 375, 256, 224), (375, 500, 256, 224), (256, 256, 256, 224), (300, 411, 232, 224), (31, 77, 256, 224),
                               (90, 60, 20, 33), (60, 91, 20, 33), (61, 90, 31, 30), (1, 1, 9, 8), (1, 40, 3, 7), (640, 427, 64, 57)]:
        prepare = transforms.Compose([transforms.Resize(resize), transforms.CenterCrop(crop), transforms.ToTensor(),
                                      transforms.Normalize(MEAN, STD)])
        print(w, h, resize, crop, sha(bits(prepare(Image.fromarray(pixels(w, h))))), file=out)

with open("gray.txt", "w") as out:
    for w, h in [(5, 3), (64, 33)]:
        print(w, h, sha(np.asarray(Image.fromarray(pixels(w, h)).convert("L"))), file=out)

with open("detection_sizes.txt", "w") as out:
    for low, high in [(800, 1333), (640, 640), (320, 320), (480, 853)]:
        for i in range(150):
            w, h = 1 + (i * 7919 + low) % 1500, 1 + (i * 104729 + high) % 1201
            scale = torch.min(low * 1.0 / torch.tensor(min(w, h)).to(torch.float32), high * 1.0 / torch.tensor(max(w, h)).to(torch.float32)).item()
            rw, rh = int(np.floor(float(w) * scale)), int(np.floor(float(h) * scale))
            print(low, high, w, h, rw, rh, file=out)

torch.set_num_threads(1)
with open("detection.txt", "w") as out:
    for w, h, low, high in [(64, 48, 96, 160), (48, 64, 96, 160), (100, 20, 96, 160), (333, 250, 96, 160), (33, 33, 64, 64), (640, 427, 64, 107),
                            (1, 1, 32, 32), (2, 3, 40, 60), (501, 375, 200, 333), (64, 64, 64, 64)]:
        transform = GeneralizedRCNNTransform(low, high, MEAN, STD).eval()
        tensor = transforms.ToTensor()(Image.fromarray(pixels(w, h)))
        images, _ = transform([tensor])
        rh, rw = images.image_sizes[0]
        boxes = torch.tensor([[0.0, 0.0, float(rw), float(rh)], [1.25, 2.5, 30.7, 31.9], [0.1, 0.3, 7.77, 9.99]])
        mapped = resize_boxes(boxes, (rh, rw), (h, w))
        print(w, h, low, high, rw, rh, images.tensors.shape[3], images.tensors.shape[2], file=out)
        print(" ".join("%08x" % v for v in bits(mapped).reshape(-1)), file=out)
        print(sampled(images.tensors), file=out)
        print(sha(bits(images.tensors)), file=out)
