"""The models of the yardstick and the files of a workload: what needs no PyTorch."""
import os

# Height and width of each model's input.
SIZES = {"resnet18": 224, "resnet50": 224, "vgg16": 224, "mobilenet_v2": 224, "resnext50_32x4d": 224, "regnet_y_400mf": 224,
         "retinanet_resnet50_fpn": 640}


def paths(folder, model, batch):
    """Weights, input and ONNX file of a workload."""
    return [os.path.join(folder, name) for name in (f"{model}.pth", f"input-{SIZES[model]}-b{batch}.f32", f"{model}-b{batch}.onnx")]
