namespace DeepVision.Tests.Models;

/// <summary>Which combinations of <see cref="CompositionParts"/> make sense, stated apart from what the parts say of themselves.</summary>
internal static class CompositionRules
{
    /// <summary>
    /// The rules in words: PANet's path needs equal channels, which only an FPN gives; a vector feeds only a classifier; RetinaNet
    /// and FCOS want P3 to P7 of equal channels, so an FPN over a backbone that reaches C5 and with two extra levels, or a BiFPN, which
    /// adds as many as are missing; Faster R-CNN wants P2 to P6 or the maps that it
    /// names, LR-ASPP two maps. A dilated backbone, and a
    /// MobileNetV3 with its last convolution as a map, have several maps on one level and feed no pyramid; SqueezeNet's maps are a pixel
    /// short, and only an FPN, which enlarges to the size of the finer map, joins them. SSD's head wants as many maps as it has levels of
    /// default boxes, whatever they are. RetinaFace and YOLOX want P3 to P5 of any channels; RetinaFace's own FPN adds no levels. FastestDet's
    /// neck joins three maps into the one that its head takes.
    /// </summary>
    internal static bool Fit(string backbone, string neck, string head)
    {
        if (neck == "fpn_named")
        {
            // C5 and what lies behind it on the same stride.
            return backbone == "mobilenet_v3_strided"
                && (head is "features" or "classification" or "vgg" or "squeezenet" or "fasterrcnn_named" or "fcn" or "deeplabv3" or "lraspp");
        }

        bool isCifar = backbone == "cifar_resnet20"; // C0 to C2
        bool isSsd = backbone == "ssd_vgg16"; // C3 and C4
        bool isExpansion = backbone == "mobilenet_v3_expansion"; // C4 and C5
        bool reachesC5 = !isCifar && !isSsd && !isExpansion && backbone is not ("squeezenet" or "vit");
        bool wantsThree = neck is "yolo_pan" or "yolo_fpn" or "fastestdet";
        if (neck == "pan" || ((isSsd || isExpansion) && wantsThree) || (neck == "ssd_layers_c4" && (isCifar || isExpansion)))
        {
            // The last two maps of a VGG have 512 channels each, but the others differ.
            return false;
        }

        if (backbone == "vit" && (wantsThree || neck is "bifpn" or "ssd_layers_c4" || neck.Contains("+pan", StringComparison.Ordinal)))
        {
            // One map, C4, has no other level beside it.
            return false;
        }

        bool hasLevelTwice = backbone is "resnet50_dilated" or "mobilenet_v3_dilated" or "mobilenet_v3_strided";
        if (hasLevelTwice && neck is not ("none" or "spp" or "sppf" or "spp_bottleneck" or "aspp" or "global_pooling" or "identity" or "se" or "sam"
            or "cbam" or "ssh") && !(backbone == "mobilenet_v3_strided" && neck == "ssd_layers_c4"))
        {
            return false;
        }

        if (backbone == "squeezenet" && (wantsThree || neck is "fpn+pan" or "fpn_concat+pan_concat" or "sppf+fpn+pan" or "bifpn"))
        {
            return false;
        }

        return head switch
        {
            "retinanet" or "fcos" when neck == "bifpn" => !isCifar && !isExpansion,
            "retinanet" or "fcos" => reachesC5
                && (neck is "fpn" or "fpn_p6p7_backbone" or "fpn+pan" or "sppf+fpn+pan" or "cbam+fpn" or "fpn_concat+pan_concat"),
            "ssd" or "ssdlite" => CountMaps(backbone, neck) == CompositionParts.FiveMaps.Levels.Count,
            "retinaface" or "yolox" when neck is "fpn" or "fpn+pan" or "sppf+fpn+pan" or "cbam+fpn" or "bifpn" or "fpn_concat+pan_concat" => reachesC5 || isSsd,
            "retinaface" or "yolox" => (reachesC5 && (neck is "yolo_pan" or "yolo_fpn" or "retinaface_fpn" or "retinaface_fpn+ssh")) || (isSsd && neck == "fpn_maxpool"),
            "fastestdet" => CountMaps(backbone, neck) == 1,
            "fasterrcnn" when neck == "bifpn" => !isSsd && !isExpansion,
            "fasterrcnn" => reachesC5 && (neck is "fpn" or "fpn_maxpool" or "fpn+pan" or "sppf+fpn+pan" or "cbam+fpn" or "fpn_concat+pan_concat"),
            "fasterrcnn_named" => false,
            "lraspp" => CountMaps(backbone, neck) > 1,
            "vgg" or "squeezenet" or "fcn" or "deeplabv3" => neck is not ("spp" or "global_pooling"),
            _ => true,
        };
    }

    private static int CountMaps(string backbone, string neck)
    {
        int maps = CompositionParts.Backbones[backbone]().Features.Count;
        return neck switch
        {
            "spp" or "global_pooling" => 0,
            "fastestdet" => 1,
            "fpn_maxpool" => maps + 1,
            "fpn_p6p7_backbone" => maps + 2,
            "yolo_pan" or "yolo_fpn" => 3,
            "ssd_layers" => maps + 3,
            "ssd_layers_c4" => 5,
            _ => maps,
        };
    }
}
