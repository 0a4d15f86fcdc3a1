"""Writes migrations.json: how checkpoints with older key names load, as torchvision itself loads them.

    /usr/bin/python3 make_migrations.py

Older names are those of torchvision before 0.13: one convolution for each pyramid block (`inner_blocks.0.weight`) and
alternating convolutions and activations in the heads (`conv.2.weight`; the only one of a proposal network is `conv.weight`).
Files from PyTorch before 0.4.1 have no num_batches_tracked; a frozen batch norm has none either and ignores it. DenseNet's
published files have a dot before the number of a layer (`norm.1.weight`). A transformer's perceptrons had `linear_1` and
`linear_2`. Each claim is checked by loading with strict=True a state dict without version metadata, and comparing every tensor.
"""
import json
import pathlib
import re
import types

import torch
import torchvision

import reference_models


def older(key):
    key = re.sub(r"(fpn\.(?:inner|layer)_blocks\.\d)\.0\.", r"\1.", key)
    key = re.sub(r"^(rpn\.head\.conv)\.0\.0\.", r"\1.", key)
    return re.sub(r"(_head\.conv\.)(\d)\.0\.(weight|bias)$", lambda m: f"{m[1]}{2 * int(m[2])}.{m[3]}", key)


def main():
    document = {"versions": {"torch": torch.__version__, "torchvision": torchvision.__version__}, "models": {}}
    for name in ["retinanet_resnet50_fpn", "retinanet_resnet50_fpn_batchnorm", "fasterrcnn_resnet50_fpn"]:
        model = reference_models.create(name)
        expected = {key: value.clone() for key, value in model.state_dict().items()}
        renamed = {older(key): value for key, value in expected.items()}
        frozen = not any(key.endswith("num_batches_tracked") for key in expected)
        if frozen:  # extra counters are dropped without a word
            counters = {key.replace("running_var", "num_batches_tracked"): torch.tensor(7) for key in expected if "running_var" in key}
            renamed = {**renamed, **counters}
        else:  # absent counters become 0 without a word
            renamed = {key: value for key, value in renamed.items() if not key.endswith("num_batches_tracked")}
        for value in model.state_dict().values():
            value.zero_()
        model.load_state_dict(dict(renamed), strict=True)
        assert all(torch.equal(value, expected[key]) for key, value in model.state_dict().items())
        document["models"][name] = {older(key): key for key in expected if older(key) != key}
    model = reference_models.create("retinanet_resnet50_fpn_v2")  # heads with norms: only the pyramid's names are old
    expected = {key: value.clone() for key, value in model.state_dict().items()}
    renamed = {re.sub(r"(fpn\.(?:inner|layer)_blocks\.\d)\.0\.", r"\1.", key): key for key in expected}
    model.load_state_dict({old: expected[key] for old, key in renamed.items()}, strict=True)
    document["models"]["retinanet_resnet50_fpn_v2"] = {old: key for old, key in renamed.items() if old != key}
    model = reference_models.create("densenet121")  # torchvision renames the keys of a published file before it loads them
    expected = {key: value.clone() for key, value in model.state_dict().items() if not key.endswith("num_batches_tracked")}
    renamed = {re.sub(r"(denselayer\d+\.(?:norm|conv))([12])\.", r"\1.\2.", key): key for key in expected}
    for value in model.state_dict().values():
        value.zero_()
    published = types.SimpleNamespace(get_state_dict=lambda progress: {old: expected[key] for old, key in renamed.items()})
    torchvision.models.densenet._load_state_dict(model, published, progress=False)
    assert all(torch.equal(model.state_dict()[key], value) for key, value in expected.items())
    document["models"]["densenet121"] = {old: key for old, key in renamed.items() if old != key}
    model = reference_models.create("vit_small")  # layers of a perceptron had names of their own
    expected = {key: value.clone() for key, value in model.state_dict().items()}
    renamed = {re.sub(r"mlp\.([03])\.", lambda m: f"mlp.linear_{1 + int(m[1]) // 3}.", key): key for key in expected}
    for value in model.state_dict().values():
        value.zero_()
    model.load_state_dict({old: expected[key] for old, key in renamed.items()}, strict=True)
    assert all(torch.equal(value, expected[key]) for key, value in model.state_dict().items())
    document["models"]["vit_small"] = {old: key for old, key in renamed.items() if old != key}
    (pathlib.Path(__file__).parent / "migrations.json").write_text(json.dumps(document, indent=2) + "\n")
    print({name: len(keys) for name, keys in document["models"].items()})


if __name__ == "__main__":
    main()
