"""Pillow, torchvision's transforms and PyTorch as a peer of bench/photo.py: from a JPEG file to the five best classes.

Arguments model=, weights=, photo=, threads=; the commands of DeepVision.BenchServer.
"""
import sys

import torch
from PIL import Image
from torchvision import transforms

import networks
from peer import serve

options = dict(argument.split("=", 1) for argument in sys.argv[1:])
torch.set_num_threads(int(options["threads"]))
model = networks.create(options["model"])
networks.load(model, options["weights"])
transform = transforms.Compose([
    transforms.Resize(256), transforms.CenterCrop(224), transforms.ToTensor(),
    transforms.Normalize([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])])


def prepare():
    return transform(Image.open(options["photo"]).convert("RGB")).unsqueeze(0)


def classify():
    return network(prepare()).softmax(1).topk(5)


def write(path):
    network(prepare()).numpy().tofile(path)
    return "written logits:1000"


with torch.no_grad():
    network = torch.jit.optimize_for_inference(torch.jit.freeze(torch.jit.trace(model, prepare())))
    classify()
    serve("Pillow, torchvision, optimize_for_inference", classify, write)
