namespace DeepVision.Components;

/// <summary>Where the official models keep their parts in parameter names.</summary>
public enum WeightLayout
{
    /// <summary>Backbone and head at the root, as in a classifier: <c>conv1</c>, <c>layer1</c>, <c>fc</c>; a neck under its own name.</summary>
    Classifier,

    /// <summary><c>backbone.body</c>, <c>backbone.fpn</c> (the neck's name) and <c>head</c>, as in a detector.</summary>
    Detector,
}
