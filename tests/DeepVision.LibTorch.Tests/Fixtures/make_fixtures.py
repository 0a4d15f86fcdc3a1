"""What PyTorch computes for small layers, losses, optimisers and schedules: modules.json, losses.json, optimizers.json, schedules.json.

Recipe: Debian's python3-torch 1.13.1 on one thread: /usr/bin/python3 make_fixtures.py
Inputs are never stored: pattern() gives the same float32 values here and in Pattern.cs, from integers only.
"""
import json
import os

import torch
import torch.nn as nn
import torch.nn.functional as F

HERE = os.path.dirname(os.path.abspath(__file__))


def pattern(shape, salt):
    count = 1
    for length in shape:
        count *= length
    values = [((i * 7919 + salt * 104729) % 2003) / 1001.5 - 1 for i in range(count)]
    return torch.tensor(values, dtype=torch.float64).reshape(shape).float()


def numbers(tensor):
    return [float(f"{v:.9g}") for v in tensor.detach().double().flatten().tolist()]  # nine digits hold a float32


def write(name, content):
    with open(os.path.join(HERE, name), "w") as file:
        lines = [f"  {json.dumps(key)}: {json.dumps(value)}" for key, value in content.items()]
        file.write("{\n" + ",\n".join(lines) + "\n}\n")


class Call(nn.Module):
    """A function as a module."""

    def __init__(self, function):
        super().__init__()
        self.function = function

    def forward(self, x):
        return self.function(x)


def run_module(module, shape, training, calls):
    with torch.no_grad():
        for salt, (_, parameter) in enumerate(module.named_parameters()):
            parameter.copy_(pattern(parameter.shape, salt + 1))
    module.train(training)
    for call in range(calls):
        x = pattern(shape, 50 + call).requires_grad_()
        module.zero_grad()
        y = module(x)
        (y * pattern(y.shape, 90)).sum().backward()
    return {
        "shape": list(y.shape),
        "output": numbers(y),
        "inputGradient": numbers(x.grad),
        "gradients": {name: numbers(parameter.grad) for name, parameter in module.named_parameters()},
        "buffers": {name: numbers(buffer) for name, buffer in module.named_buffers()},
    }


IMAGE = (2, 4, 6, 5)


def modules():
    image = lambda module, training=True, calls=1, shape=IMAGE: (module, shape, training, calls)
    function = lambda f, shape=IMAGE: (Call(f), shape, True, 1)
    cases = {
        "conv2d": image(nn.Conv2d(4, 5, 3, stride=2, padding=1)),
        "conv2d_oblong": image(nn.Conv2d(4, 5, (3, 2), stride=(1, 2), padding=(2, 0), dilation=(2, 1), bias=False)),
        "conv2d_groups": image(nn.Conv2d(4, 6, 3, groups=2, dilation=2)),
        "conv2d_same": image(nn.Conv2d(4, 2, (3, 4), padding="same", dilation=(1, 2))),
        "conv2d_valid": image(nn.Conv2d(4, 2, 3, padding="valid", stride=2)),
        "conv2d_reflect": image(nn.Conv2d(4, 2, 3, padding=(2, 1), padding_mode="reflect")),
        "conv2d_replicate": image(nn.Conv2d(4, 2, 3, padding=1, padding_mode="replicate")),
        "conv2d_circular": image(nn.Conv2d(4, 2, 3, padding=2, padding_mode="circular")),
        "conv2d_unbatched": image(nn.Conv2d(4, 2, 3), shape=(4, 6, 5)),
        "linear": image(nn.Linear(5, 3)),
        "linear_no_bias": image(nn.Linear(5, 3, bias=False), shape=(4, 5)),
        "batch_norm_train": image(nn.BatchNorm2d(4), calls=3),
        "batch_norm_train_options": image(nn.BatchNorm2d(4, eps=0.01, momentum=0.3), calls=3),
        "batch_norm_eval": image(nn.BatchNorm2d(4, eps=1e-3), training=False),
        "batch_norm_plain": image(nn.BatchNorm2d(4, affine=False), calls=2),
        "batch_norm_untracked": image(nn.BatchNorm2d(4, track_running_stats=False), training=False),
        "batch_norm_vectors": image(nn.BatchNorm1d(4), calls=2, shape=(5, 4)),
        "batch_norm_rows": image(nn.BatchNorm1d(4), shape=(2, 4, 6)),
        "group_norm": image(nn.GroupNorm(2, 4, eps=1e-4)),
        "group_norm_plain": image(nn.GroupNorm(4, 4, affine=False)),
        "layer_norm": image(nn.LayerNorm([6, 5])),
        "layer_norm_last": image(nn.LayerNorm(5, eps=1e-3)),
        "layer_norm_plain": image(nn.LayerNorm(5, elementwise_affine=False)),
        "relu": image(nn.ReLU()),
        "relu6": function(lambda x: F.relu6(x * 8)),
        "leaky_relu": image(nn.LeakyReLU(0.2)),
        "silu": image(nn.SiLU()),
        "hardswish": function(lambda x: F.hardswish(x * 4)),
        "hardsigmoid": function(lambda x: F.hardsigmoid(x * 4)),
        "gelu": image(nn.GELU()),
        "gelu_tanh": image(nn.GELU(approximate="tanh")),
        "mish": image(nn.Mish()),
        "elu": image(nn.ELU(0.7)),
        "softplus": function(lambda x: F.softplus(x * 8, beta=3, threshold=5)),
        "sigmoid": image(nn.Sigmoid()),
        "tanh": image(nn.Tanh()),
        "hardtanh": image(nn.Hardtanh(-0.3, 0.6)),
        "softmax": image(nn.Softmax(1)),
        "log_softmax": image(nn.LogSoftmax(-1)),
        "max_pool2d": image(nn.MaxPool2d(3, stride=2, padding=1)),
        "max_pool2d_oblong": image(nn.MaxPool2d((2, 3), dilation=(2, 1), ceil_mode=True)),
        "avg_pool2d": image(nn.AvgPool2d(3, stride=2, padding=1)),
        "avg_pool2d_options": image(nn.AvgPool2d((2, 3), padding=(1, 0), ceil_mode=True, count_include_pad=False)),
        "avg_pool2d_divisor": image(nn.AvgPool2d(2, divisor_override=3)),
        "adaptive_avg_pool2d": image(nn.AdaptiveAvgPool2d((3, 4))),
        "adaptive_max_pool2d": image(nn.AdaptiveMaxPool2d((3, 2))),
        "upsample_nearest": image(nn.Upsample(size=(11, 9), mode="nearest")),
        "upsample_bilinear": image(nn.Upsample(scale_factor=(1.7, 2.3), mode="bilinear")),
        "upsample_bilinear_aligned": image(nn.Upsample(size=(5, 13), mode="bilinear", align_corners=True)),
        "upsample_bicubic": image(nn.Upsample(size=(9, 5), mode="bicubic", align_corners=False)),
        "interpolate_nearest_exact": function(lambda x: F.interpolate(x, size=(4, 9), mode="nearest-exact")),
        "interpolate_area": function(lambda x: F.interpolate(x, size=(3, 4), mode="area")),
        "interpolate_recomputed": function(lambda x: F.interpolate(x, scale_factor=1.7, mode="bilinear", recompute_scale_factor=True)),
        "interpolate_antialias": function(lambda x: F.interpolate(x, size=(3, 2), mode="bilinear", antialias=True)),
        "interpolate_bicubic_antialias": function(lambda x: F.interpolate(x, size=(3, 2), mode="bicubic", antialias=True)),
        "zero_pad2d": image(nn.ZeroPad2d((1, -2, 3, 0))),
        "pad_constant": function(lambda x: F.pad(x, (1, 2), value=0.5)),
        "pad_reflect": function(lambda x: F.pad(x, (1, 2, 3, 0), mode="reflect")),
        "flatten": image(nn.Flatten()),
        "flatten_some": image(nn.Flatten(2, 3)),
        "identity": image(nn.Identity()),
        "normalize": function(lambda x: F.normalize(x, p=3, dim=1, eps=1e-3)),
        "dropout_eval": image(nn.Dropout(0.5), training=False),
    }
    return {name: run_module(*case) for name, case in cases.items()}


def loss_cases():
    logits, classes, images = (6, 5), torch.tensor([0, 4, 2, 2, 1, 3]), torch.tensor([[[0, 1], [2, 4]], [[3, 3], [1, 2]]])
    weight = pattern((5,), 7).abs() + 0.1
    target = pattern((6, 5), 60)
    return {
        "cross_entropy": (logits, lambda x: F.cross_entropy(x, classes)),
        "cross_entropy_smoothed": (logits, lambda x: F.cross_entropy(x, classes, label_smoothing=0.1)),
        "cross_entropy_sum": (logits, lambda x: F.cross_entropy(x, classes, weight, reduction="sum")),
        "cross_entropy_each": (logits, lambda x: F.cross_entropy(x, classes, ignore_index=2, reduction="none")),
        "cross_entropy_all": (logits, lambda x: F.cross_entropy(x, classes, weight, ignore_index=2, label_smoothing=0.2)),
        "cross_entropy_probabilities": (logits, lambda x: F.cross_entropy(x, torch.softmax(target, 1))),
        "cross_entropy_maps": ((2, 5, 2, 2), lambda x: F.cross_entropy(x, images)),
        "nll": (logits, lambda x: F.nll_loss(F.log_softmax(x, 1), classes, weight)),
        "bce_with_logits": (logits, lambda x: F.binary_cross_entropy_with_logits(x, (target > 0).float())),
        "bce_with_logits_weighted": (logits, lambda x: F.binary_cross_entropy_with_logits(
            x, (target > 0).float(), weight, pos_weight=weight * 2, reduction="sum")),
        "smooth_l1": (logits, lambda x: F.smooth_l1_loss(x, target)),
        "smooth_l1_beta": (logits, lambda x: F.smooth_l1_loss(x, target, reduction="sum", beta=1 / 9)),
        "smooth_l1_beta_0": (logits, lambda x: F.smooth_l1_loss(x, target, reduction="none", beta=0.0)),
        "l1": (logits, lambda x: F.l1_loss(x, target)),
        "mse": (logits, lambda x: F.mse_loss(x, target, reduction="sum")),
    }


def losses():
    results = {}
    for name, (shape, loss) in loss_cases().items():
        x = pattern(shape, 50).requires_grad_()
        value = loss(x)
        value.sum().backward()
        results[name] = {"output": numbers(value), "inputGradient": numbers(x.grad)}
    return results


def optimizers():
    two_groups = lambda a, b, **second: [{"params": [a]}, {"params": [b], **second}]
    cases = {
        "sgd": lambda a, b: torch.optim.SGD([a, b], 0.1),
        "sgd_momentum": lambda a, b: torch.optim.SGD([a, b], 0.1, momentum=0.9),
        "sgd_decay": lambda a, b: torch.optim.SGD([a, b], 0.1, momentum=0.9, weight_decay=0.01),
        "sgd_dampening": lambda a, b: torch.optim.SGD([a, b], 0.1, momentum=0.8, dampening=0.3),
        "sgd_nesterov": lambda a, b: torch.optim.SGD([a, b], 0.1, momentum=0.9, weight_decay=0.01, nesterov=True),
        "sgd_maximize": lambda a, b: torch.optim.SGD([a, b], 0.01, momentum=0.9, maximize=True),
        "sgd_groups": lambda a, b: torch.optim.SGD(two_groups(a, b, lr=0.02, weight_decay=0), 0.1, momentum=0.9, weight_decay=0.05),
        "adamw": lambda a, b: torch.optim.AdamW([a, b], 0.05, weight_decay=0.1),
        "adamw_amsgrad": lambda a, b: torch.optim.AdamW([a, b], 0.05, weight_decay=0.1, amsgrad=True),
        "adamw_groups": lambda a, b: torch.optim.AdamW(two_groups(a, b, lr=0.01, weight_decay=0), 0.05, weight_decay=0.1),
    }
    results = {}
    for name, make in cases.items():
        a, b = nn.Parameter(pattern((3, 4), 1)), nn.Parameter(pattern((5,), 2))
        optimizer = make(a, b)
        norms = []
        for step in range(20):
            optimizer.zero_grad(set_to_none=False)
            loss = 0
            for i, p in enumerate((a, b)):
                loss = loss + (p * pattern(p.shape, 100 + 2 * step + i)).sum() + 0.3 * (p * p).sum()
            loss.backward()
            norms.append(float(torch.nn.utils.clip_grad_norm_([a, b], 2.0)))
            optimizer.step()
        results[name] = {"a": numbers(a), "b": numbers(b), "norms": norms}
    return results


def schedules():
    s = torch.optim.lr_scheduler
    cases = {
        "step": lambda o: s.StepLR(o, 4, 0.5),
        "multi_step": lambda o: s.MultiStepLR(o, [3, 9, 20], 0.1),
        "constant": lambda o: s.ConstantLR(o, 0.25, 6),
        "linear": lambda o: s.LinearLR(o, 0.1, 1.0, 8),
        "linear_down": lambda o: s.LinearLR(o, 1.0, 0.05, 12),
        "cosine": lambda o: s.CosineAnnealingLR(o, 10, 0.001),
        "lambda": lambda o: s.LambdaLR(o, lambda epoch: 0.95 ** epoch),
        "warm_up_then_cosine": lambda o: s.SequentialLR(o, [s.LinearLR(o, 0.01, 1.0, 5), s.CosineAnnealingLR(o, 25)], [5]),
        "three_in_sequence": lambda o: s.SequentialLR(
            o, [s.ConstantLR(o, 0.1, 100), s.StepLR(o, 3, 0.5), s.LambdaLR(o, lambda epoch: 1 / (epoch + 1))], [4, 13]),
    }
    results = {}
    for name, make in cases.items():
        a, b = nn.Parameter(torch.zeros(1)), nn.Parameter(torch.zeros(1))
        optimizer = torch.optim.SGD([{"params": [a]}, {"params": [b], "lr": 0.02}], 0.1)
        scheduler = make(optimizer)
        rates = []
        for _ in range(30):
            rates.append([group["lr"] for group in optimizer.param_groups])
            optimizer.step()
            scheduler.step()
        results[name] = rates
    return results


if __name__ == "__main__":
    torch.set_num_threads(1)
    write("modules.json", modules())
    write("losses.json", losses())
    write("optimizers.json", optimizers())
    write("schedules.json", schedules())
