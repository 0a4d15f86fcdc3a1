"""Weights and images that need no file: every value is a function of a key's name and an index.

The same formulas stand in C# (tests/Shared/Parity/ParityWeights.cs, ParityImages.cs) and give the same float32 bits:
integer hashing, then only exact conversions and single correctly rounded float32 operations (+, *, sqrt).
"""
import re

import numpy as np

GOLDEN = np.uint64(0x9E3779B97F4A7C15)


def key_hash(key):
    """FNV-1a, 64 bits, of the key's UTF-8 bytes."""
    h = 0xCBF29CE484222325
    for b in key.encode():
        h = ((h ^ b) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return np.uint64(h)


def mix(z):
    """The finaliser of SplitMix64, on uint64 arrays."""
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


def bits(key, start, count):
    """64 bits for each of the elements start .. start + count - 1 of a key's tensor."""
    index = np.arange(start + 1, start + count + 1, dtype=np.uint64)
    return mix(key_hash(key) + index * GOLDEN)


def unit(z):
    """[0, 1) in steps of 2^-24: exact in float32."""
    return (z >> np.uint64(40)).astype(np.float32) * np.float32(2.0**-24)


def signed(z):
    """[-1, 1) in steps of 2^-23: exact in float32."""
    return ((z >> np.uint64(40)).astype(np.int32) - 2**23).astype(np.float32) * np.float32(2.0**-23)


def running_var(key, start, count):
    """Spread evenly over the binary orders of magnitude of [1e-6, 4), so that a wrong eps shows."""
    z = bits(key, start, count)
    order = ((z & np.uint64(0xFFFF)) * np.uint64(22)) >> np.uint64(16)  # 0 .. 21
    fraction = np.float32(1) + (z >> np.uint64(41)).astype(np.float32) * np.float32(2.0**-23)
    return np.maximum(np.ldexp(fraction, 1 - order.astype(np.int32)).astype(np.float32), np.float32(1e-6))


def values(key, shape, keys):
    """The float32 values of one parameter. `keys` holds all keys of the model: it tells batch norms from group norms
    (a batch norm has a running_var) and the last norm of a residual block (bn3, or bn2 where there is no bn3)."""
    count = int(np.prod(shape, dtype=np.int64))
    out = np.empty(count, np.float32)
    for start in range(0, count, 1 << 22):
        n = min(1 << 22, count - start)
        out[start:start + n] = _values(key, shape, keys, start, n)
    return out.reshape(shape)


def efficientnet_gain(prefix, keys):
    """A factor for the last norm of an EfficientNet's block, `features.1.0.block.2.1`. Squeeze-and-excitation halves what goes
    through it, and a SiLU nearly as much: without 3 behind them nothing of the image would be left at the end. A block that is
    not the first of its stage ends a residual branch: 0.2, as for a ResNet."""
    match = re.match(r"(features\.\d+\.(\d+)\.block\.)(\d+)\.1$", prefix)
    if not match or "features.1.0.block.0.0.weight" not in keys:  # a split MobileNetV3 has such names too, but not this one
        return 1.0
    block, index, number = match[1], int(match[2]), int(match[3])
    if any(f"{block}{number + 1}.{layer}.weight" in keys for layer in ("0", "fc1")):
        return 1.0
    if index > 0:
        return 0.2
    return 3.0 if f"{block}{number - 1}.fc1.weight" in keys else 1.0


def yolox_gain(prefix, keys):
    """A factor for the norms of a YOLOX: with eps 1e-3 a norm silences half of its channels, and a SiLU halves what is small. The
    norm behind a depthwise convolution gets more; the end of a residual branch less, as for a ResNet."""
    if not any(k.endswith("stem.conv.conv.weight") for k in keys):
        return 1.0
    if prefix.endswith(".dconv.bn"):
        return YOLOX_DEPTHWISE_GAIN
    if "dark" not in prefix and not prefix.endswith("stem.conv.bn"):
        return YOLOX_GAIN
    residual = ".m." in prefix and "dark5" not in prefix and prefix.endswith((".conv2.bn", ".conv2.pconv.bn"))
    return YOLOX_RESIDUAL_GAIN if residual else YOLOX_BACKBONE_GAIN


def _values(key, shape, keys, start, n):
    prefix, _, name = key.rpartition(".")
    if name == "running_var":
        return running_var(key, start, n)
    z = bits(key, start, n)
    if name == "running_mean":
        return signed(z) * np.float32(0.2)
    if name.endswith("bias"):
        if prefix.endswith("cls_logits"):
            return signed(z) * np.float32(0.5) + np.float32(MOBILE_BIAS if mobile(keys) else CLS_BIAS)
        if prefix.endswith("bbox_reg") and fcos(prefix, keys):
            return signed(z) * np.float32(0.1) + np.float32(FCOS_DISTANCE)
        return signed(z) * np.float32(0.1)
    if name == "scale_weight":  # of SSD's map of unit length
        return (np.float32(0.5) + unit(z)) * np.float32(SSD_SCALE)
    if name == "weights" and len(shape) == 1:  # of BiFPN's fusion, where a ReLU makes nothing of a negative one
        return np.float32(0.5) + unit(z)
    if name not in ("weight", "in_proj_weight") and len(shape) != 2:  # a parameter of its own: layer_scale, class_token, pos_embedding ...
        return signed(z) * np.float32(0.5)
    if len(shape) == 1:  # a norm's gamma: about 1, or about 0.2 at the end of a residual block
        gain = np.float32(0.5) + unit(z)
        block, _, norm = prefix.rpartition(".")
        last = norm == "bn3" or (norm == "bn2" and f"{block}.conv2.weight" in keys and f"{block}.bn3.weight" not in keys)
        if last:
            gain = gain * np.float32(0.2)
        if any(k.endswith(".fc2.weight") and ".block." in k for k in keys) and not any(".1.0.block." in k for k in keys):
            gain = gain * np.float32(SSDLITE_GAIN if "backbone.extra.0.0.0.weight" in keys else MOBILE_GAIN)
            parent, _, index = block.rpartition(".")
            if index.isdigit() and f"{parent}.{int(index) - 1}.fc2.weight" in keys:
                gain = gain * np.float32(GATE_GAIN)
        gain = gain * np.float32(efficientnet_gain(prefix, keys))
        gain = gain * np.float32(yolox_gain(prefix, keys))
        if f"{block}.weights" in keys:  # behind BiFPN's fusion, whose weights add up to 1
            gain = gain * np.float32(FUSION_GAIN)
        if f"{prefix}.running_var" in keys:  # at eps 0 the layer then multiplies by `gain`, whatever the variance
            gain = gain * np.sqrt(running_var(f"{prefix}.running_var", start, n))
        return gain
    scale = 1.0
    for part, factor in LEVEL_SCALES:
        scale = factor if part in prefix else scale
    if prefix.endswith(("cls_logits", "bbox_reg")):
        scale = HEAD_SCALE if prefix.rpartition(".")[0] + ".conv.0.1.weight" in keys else PLAIN_HEAD_SCALE
        scale *= BOX_SCALE if prefix.endswith("bbox_reg") else 1.0
        if fcos(prefix, keys):
            scale = FCOS_BOX_SCALE if prefix.endswith("bbox_reg") else FCOS_HEAD_SCALE
    if prefix == "backbone.features.0" and "backbone.scale_weight" in keys:
        scale = SSD_INPUT_SCALE
    if "regression_head.module_list." in prefix and ssd_last(prefix):
        scale = SSDLITE_BOX_SCALE if ssdlite_last(prefix) else SSD_BOX_SCALE
    if prefix == "rpn.head.bbox_pred":
        scale = PROPOSAL_SCALE
    if mobile(keys):
        scale = MOBILE_SCALE if ".block." in prefix else 1.0 if prefix == "rpn.head.cls_logits" else scale
    fan_in = int(np.prod(shape[1:], dtype=np.int64))
    if "classification_head.module_list." in prefix and ssd_last(prefix):
        scale, share = (SSDLITE_HEAD_SCALE, SSDLITE_BACKGROUND) if ssdlite_last(prefix) else (1.0, SSD_BACKGROUND)
        bound = np.float32(np.sqrt(6.0 * scale * scale / fan_in))
        background = np.arange(start, start + n) // fan_in % SSD_CLASSES == 0
        return np.where(background, unit(z) * np.float32(share), signed(z)) * bound
    return signed(z) * np.float32(np.sqrt(6.0 * scale * scale / fan_in))  # uniform, variance 2 scale^2 / fan-in


# RetinaNet's pyramid and last layers are scaled so that images yield enough candidates, from several levels, to make
# comparing the decoding worth while. A head with group norms sees features of about 1, one without the pyramid's own.
LEVEL_SCALES = ((".layer_blocks.0", 0.5), (".layer_blocks.1", 0.75))
HEAD_SCALE, PLAIN_HEAD_SCALE, BOX_SCALE, CLS_BIAS = 1.0, 0.25, 0.125, -6.0
# A Faster R-CNN's proposals stay near their anchors. A MobileNetV3 with frozen norms, whose epsilon is small, would grow from layer
# to layer; about half of its proposals pass the threshold of 0.05.
PROPOSAL_SCALE, MOBILE_SCALE, MOBILE_BIAS = 0.0625, 0.703125, -3.0
# FCOS multiplies two probabilities, and its boxes are about six strides wide so that neighbours overlap.
FCOS_HEAD_SCALE, FCOS_BOX_SCALE, FCOS_DISTANCE = 1.5, 0.5, 3.0
# SSD300's images reach from -123 to 132 and no norm brings them down; its first map is of unit length. A weight for background
# is never negative, so that background is likely wherever there are features.
SSD_INPUT_SCALE, SSD_SCALE, SSD_BOX_SCALE, SSD_BACKGROUND, SSD_CLASSES = 1 / 32, 32.0, 0.5, 0.125, 91
# SSDLite's ReLU6 would cut off most of what a MobileNetV3 gives with its usual gain.
SSDLITE_GAIN, SSDLITE_HEAD_SCALE, SSDLITE_BOX_SCALE, SSDLITE_BACKGROUND = 1.125, 6.0, 4.0, 0.25


def ssd_last(prefix):
    """Whether a layer in one of SSD's lists gives an output: number i of the list, or SSDLite's i.1, not its depthwise i.0.0."""
    return prefix.partition(".module_list.")[2].count(".") < 2


def ssdlite_last(prefix):
    """Whether it is SSDLite's i.1."""
    return prefix.partition(".module_list.")[2].count(".") == 1


def mobile(keys):
    """Whether the model is a Faster R-CNN over a MobileNetV3."""
    return "rpn.head.bbox_pred.weight" in keys and "backbone.body.1.block.0.0.weight" in keys


def fcos(prefix, keys):
    """Whether the last layer of a detector's tower is FCOS's: its tower is one sequence, with a norm behind the convolution."""
    return prefix.rpartition(".")[0] + ".conv.1.weight" in keys

# A MobileNetV3 (".4.block.2.fc2", unlike EfficientNet's ".1.0.block.1.fc2") halves small values in each Hardswish and each
# gate, until its logits are those of its biases alone. With these the images still differ by a twentieth of the logits.
MOBILE_GAIN, GATE_GAIN = 1.25, 2.0
# BiFPN takes a mean and halves it in a Swish.
FUSION_GAIN = 2.0
# Measured over all sizes of YOLOX: less, and the images differ too little at the coarsest level; more, and float32's errors grow.
YOLOX_BACKBONE_GAIN, YOLOX_RESIDUAL_GAIN, YOLOX_DEPTHWISE_GAIN, YOLOX_GAIN = 1.35, 0.3, 2.125, 1.46


def pixels(image, height, width):
    """Image number `image` as uint8 (height, width, 3): random blocks of 64, 16, 4 and 1 pixels, added (0 .. 252)."""
    c, y, x = np.ogrid[0:3, 0:height, 0:width]
    total = np.zeros((3, height, width), np.uint64)
    for shift, mask in ((6, 127), (4, 63), (2, 31), (0, 31)):
        place = (np.uint64(image) << np.uint64(56)) | (np.uint64(shift) << np.uint64(48)) | (c.astype(np.uint64) << np.uint64(40)) \
            | ((y >> shift).astype(np.uint64) << np.uint64(20)) | (x >> shift).astype(np.uint64)
        total += mix((place + np.uint64(1)) * GOLDEN) & np.uint64(mask)
    return np.ascontiguousarray(total.astype(np.uint8).transpose(1, 2, 0))


def batch(count, height, width):
    """Images 0 .. count - 1 as float32 (N, 3, H, W), about [-2, 2): (pixel - 128) / 64, exact."""
    images = [pixels(i, height, width).transpose(2, 0, 1) for i in range(count)]
    return (np.stack(images).astype(np.float32) - np.float32(128)) * np.float32(1 / 64)
