namespace DeepVision.Components;

/// <summary>A key that an older checkpoint uses, and its name now; both below the component's path.</summary>
/// <param name="Former">The old key.</param>
/// <param name="Current">The key now.</param>
public sealed record KeyRename(string Former, string Current);
