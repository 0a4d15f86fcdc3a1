namespace DeepVision.Torch.Modules;

/// <summary>A module of ours that holds others.</summary>
internal interface IContainerModule
{
    /// <summary>Its children as they are now.</summary>
    ChildModules Children { get; }
}
