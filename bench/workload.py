"""The weights and the input that the engines of a benchmark get."""
import os

import torch


def prepare(folder, name, create, batch, size):
    """Weights by PyTorch's initialisation with batch-norm statistics that vary, and an image-like input: two files, and how
    many floats are learnt."""
    torch.manual_seed(1)
    model = create()
    for key, value in model.state_dict().items():
        if key.endswith("running_mean"):
            value.uniform_(-0.1, 0.1)
        elif key.endswith("running_var"):
            value.uniform_(0.5, 1.5)
    weights = os.path.join(folder, name + ".pth")
    torch.save(model.state_dict(), weights)
    image = os.path.join(folder, "input.f32")
    torch.rand(batch, 3, size, size).sub_(0.5).div_(0.25).numpy().tofile(image)
    return weights, image, sum(p.numel() for p in model.parameters())
