namespace DeepVision.Models;

/// <summary>A part of a model that weights can be loaded into by itself.</summary>
public enum ModelComponent
{
    /// <summary>The backbone.</summary>
    Backbone,

    /// <summary>All necks.</summary>
    Neck,

    /// <summary>The head.</summary>
    Head,
}
