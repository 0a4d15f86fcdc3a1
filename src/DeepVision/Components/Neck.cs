using DeepVision.Graphs;

namespace DeepVision.Components;

/// <summary>
/// Fuses features into others; necks stack. It is sized only from what it is told about its inputs. Immutable; one instance
/// can be built into many models.
/// </summary>
public abstract class Neck
{
    /// <summary>The name for messages and summaries, like <c>FPN</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The last part of its path in parameter names, like <c>fpn</c>.</summary>
    public abstract string ScopeName { get; }

    /// <summary>States what it gives for what it gets.</summary>
    /// <param name="features">What the component before it gives, from fine to coarse.</param>
    /// <param name="wanted">The levels that the head asks for; null where it takes any.</param>
    /// <returns>What this neck gives, from fine to coarse.</returns>
    /// <exception cref="ModelBuildException">The features do not fit; the message says what was expected and found.</exception>
    public abstract IReadOnlyList<FeatureInfo> Connect(IReadOnlyList<FeatureInfo> features, LevelRange? wanted);

    /// <summary>Writes the nodes.</summary>
    /// <param name="scope">Where; parameter names below it equal those of the official model.</param>
    /// <param name="features">The inputs that <see cref="Connect"/> was told about, with their values.</param>
    /// <param name="wanted">The same as <see cref="Connect"/> was told.</param>
    /// <returns>One value for each feature that <see cref="Connect"/> stated, in its order.</returns>
    public abstract IReadOnlyList<GraphValue> Build(GraphScope scope, IReadOnlyList<FeatureMap> features, LevelRange? wanted);

    /// <summary>Names that older checkpoints use below this neck's path, and what they are called now. Default none.</summary>
    /// <param name="features">What the component before it gives.</param>
    /// <param name="wanted">The levels that the head asks for.</param>
    public virtual IEnumerable<KeyRename> FormerKeys(IReadOnlyList<FeatureInfo> features, LevelRange? wanted) => [];

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
