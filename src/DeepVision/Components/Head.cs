using DeepVision.Graphs;
using DeepVision.Models;

namespace DeepVision.Components;

/// <summary>
/// Answers the question: turns features into raw outputs and says how to decode them. It is sized only from what it is told
/// about its inputs. Immutable; one instance can be built into many models.
/// </summary>
public abstract class Head
{
    /// <summary>The name for messages and summaries, like <c>RetinaNet head</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The pyramid levels that it needs; null where it takes any. Necks that can add levels give these. Default null.</summary>
    public virtual LevelRange? WantedLevels => null;

    /// <summary>
    /// Whether it stands in for the official classifier: directly behind a backbone it is given
    /// <see cref="Backbone.ClassifierFeature"/> as well, as the last feature. Default false.
    /// </summary>
    public virtual bool ReadsClassifierFeature => false;

    /// <summary>How the parts of the official model are named. Default <see cref="WeightLayout.Detector"/>.</summary>
    public virtual WeightLayout Layout => WeightLayout.Detector;

    /// <summary>Checks that the features fit.</summary>
    /// <param name="features">What the component before it gives, from fine to coarse.</param>
    /// <exception cref="ModelBuildException">They do not fit; the message says what was expected and found.</exception>
    public abstract void Connect(IReadOnlyList<FeatureInfo> features);

    /// <summary>Writes the nodes.</summary>
    /// <param name="scope">Where; parameter names below it equal those of the official model.</param>
    /// <param name="features">The inputs that <see cref="Connect"/> accepted, with their values.</param>
    /// <param name="context">What else the head may need of the model.</param>
    /// <returns>The raw outputs and their decoding.</returns>
    public abstract HeadOutputs Build(GraphScope scope, IReadOnlyList<FeatureMap> features, HeadContext context);

    /// <summary>Names that older checkpoints use below this head's path, and what they are called now. Default none.</summary>
    public virtual IEnumerable<KeyRename> FormerKeys() => [];

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
