"""The ResNets of the public CIFAR-10 checkpoints."""
from torch import nn
from torch.nn import functional as F

NAMES = [f"cifar_resnet{depth}" for depth in (20, 32, 44, 56, 110)]
CASES = [(3, 32, 32), (3, 33, 47)]
SIZES = [(32, 32)]


class CifarBlock(nn.Module):
    """Two 3x3 convolutions; the shortcut without parameters (option A of the ResNet paper) drops every second pixel and
    adds empty channels on both sides, as in the public CIFAR checkpoints."""

    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.stride, self.added = stride, outputs - inputs

    def forward(self, x):
        y = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))
        if self.added:
            x = F.pad(x[:, :, ::self.stride, ::self.stride], (0, 0, 0, 0, self.added // 2, self.added // 2))
        return F.relu(y + x)


class CifarResNet(nn.Module):
    """6n + 2 layers with the key names of the public CIFAR-10 checkpoints."""

    def __init__(self, depth, classes=10):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 16, 3, 1, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(16)
        blocks = (depth - 2) // 6
        for stage, (inputs, outputs, stride) in enumerate([(16, 16, 1), (16, 32, 2), (32, 64, 2)], 1):
            layers = [CifarBlock(inputs if i == 0 else outputs, outputs, stride if i == 0 else 1) for i in range(blocks)]
            setattr(self, f"layer{stage}", nn.Sequential(*layers))
        self.linear = nn.Linear(64, classes)

    def forward(self, x):
        x = self.layer3(self.layer2(self.layer1(F.relu(self.bn1(self.conv1(x))))))
        return self.linear(x.mean((2, 3)))


def create(name):
    return CifarResNet(int(name[len("cifar_resnet"):]))


def forward(name, model, x):
    return {"logits": model(x)}
