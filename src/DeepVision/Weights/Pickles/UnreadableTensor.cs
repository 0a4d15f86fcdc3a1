namespace DeepVision.Weights.Pickles;

/// <summary>Something that PyTorch would make a tensor of, but that is not read here.</summary>
/// <param name="Problem">Why not, for messages.</param>
/// <param name="PickleOffset">Where the pickle makes it, for messages.</param>
internal sealed record UnreadableTensor(string Problem, long PickleOffset);
