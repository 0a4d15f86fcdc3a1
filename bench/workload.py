"""The weights and the input that the engines of a benchmark get: made from seeds, well-scaled in every layer, no denormals."""
import math
import os

import torch
from torch import nn
from torch.nn import functional

SMALLEST_NORMAL = 2.0 ** -126


class BadScale(Exception):
    """A layer's values are no longer such as a trained network has."""


def prepare(folder, name, create, batch, size):
    """Two files with weights and an image-like input, and how many floats are learnt."""
    model = create()
    initialize(model)
    weights = os.path.join(folder, name + ".pth")
    torch.save(model.state_dict(), weights)
    image = os.path.join(folder, "input.f32")
    make_input(batch, size).numpy().tofile(image)
    return weights, image, sum(p.numel() for p in model.parameters())


def make_input(batch, size):
    """Noise of all scales, as in photographs: (batch, 3, size, size) with values of about unit deviation."""
    generator = torch.Generator().manual_seed(1000 * size + batch)
    image = torch.zeros(batch, 3, size, size)
    for cells in (2, 4, 8, 16, 32, 64, size):
        noise = torch.randn(batch, 3, cells, cells, generator=generator)
        image += functional.interpolate(noise, size=(size, size), mode="bilinear", align_corners=True)
    return image / image.std()


def initialize(model, size=224):
    """Fills all weights. A layer keeps the scale of its input; a batch norm's statistics are those of what it really gets.

    Raises BadScale where the outputs of a layer leave the range of trained networks or hold denormals.
    """
    generator = torch.Generator().manual_seed(1)
    with torch.no_grad():
        for module in model.modules():
            if isinstance(module, (nn.Conv2d, nn.Linear)):
                module.weight.normal_(0, math.sqrt(2 / module.weight[0].numel()), generator=generator)
                if module.bias is not None:
                    module.bias.uniform_(-0.1, 0.1, generator=generator)
            elif hasattr(module, "running_var"):
                module.weight.uniform_(0.8, 1.2, generator=generator)
                module.bias.uniform_(-0.1, 0.1, generator=generator)
        for module in model.modules():
            # What a residual block adds is small beside what passes by, as it is after training: were it not, rounding
            # errors would grow from block to block.
            last = getattr(module, "bn3", getattr(module, "bn2", None))
            if last is not None:
                last.weight.mul_(0.25)
        handles = []
        for name, module in model.named_modules():
            if hasattr(module, "running_var"):
                handles.append(module.register_forward_pre_hook(take_statistics))
            if not any(module.children()):
                handles.append(module.register_forward_hook(lambda _, __, output, name=name: check_scale(name, output)))
        training = model.training
        model.eval()(make_input(4, size))
        model.train(training)
        for handle in handles:
            handle.remove()


def take_statistics(module, inputs):
    variance, mean = torch.var_mean(inputs[0], (0, 2, 3), unbiased=False)
    module.running_mean.copy_(mean)
    module.running_var.copy_(variance.clamp_(min=1e-3))


def check_scale(name, output):
    size = output.square().mean().sqrt().item()
    if not 1e-3 <= size <= 1e3:
        raise BadScale(f"{name} gives values of root mean square {size:.3g}; expected between 0.001 and 1000")
    magnitudes = output.abs()
    if bool(((magnitudes > 0) & (magnitudes < SMALLEST_NORMAL)).any()):
        raise BadScale(f"{name} gives denormal values")
