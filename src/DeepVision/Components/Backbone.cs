using DeepVision.Graphs;
using DeepVision.Tensors;

namespace DeepVision.Components;

/// <summary>
/// Extracts features from an image. Derive from it to bring an architecture of your own: state the features, then write
/// nodes that keep the promise. Immutable; one instance can be built into many models.
/// </summary>
public abstract class Backbone
{
    /// <summary>The name for messages and summaries, like <c>ResNet-50</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Channels of the image tensor. Default 3.</summary>
    public virtual int InputChannels => 3;

    /// <summary>The features it gives, from fine to coarse.</summary>
    public abstract IReadOnlyList<FeatureInfo> Features { get; }

    /// <summary>Where the official classifier keeps its last layer, for heads that stand in for it. Default <c>fc</c>.</summary>
    public virtual string ClassifierPath => "fc";

    /// <summary>
    /// The path that the official classifier has before its feature layers, like <c>features</c>; models of other layouts leave
    /// it out. Default none.
    /// </summary>
    public virtual string FeaturesPath => "";

    /// <summary>
    /// What the official classifier reads, where that is not the last of <see cref="Features"/>: a map behind further layers, or a
    /// class token. Heads that stand in for the classifier get it; nobody else does, and layers that only it needs are left out
    /// of other models. Default null: the last feature.
    /// </summary>
    public virtual FeatureInfo? ClassifierFeature => null;

    /// <summary>The only size of images that it takes. Default null: any.</summary>
    public virtual Size2D? ImageSize => null;

    /// <summary>Writes the nodes.</summary>
    /// <param name="scope">Where; parameter names below it equal those of the official model.</param>
    /// <param name="image">The image tensor (N, InputChannels, H, W).</param>
    /// <returns>
    /// One value for each of <see cref="Features"/>, in their order, and one more for <see cref="ClassifierFeature"/> where there is one.
    /// </returns>
    public abstract IReadOnlyList<GraphValue> Build(GraphScope scope, GraphValue image);

    /// <summary>Names that older checkpoints use below this backbone's path, and what they are called now. Default none.</summary>
    public virtual IEnumerable<KeyRename> FormerKeys() => [];

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
