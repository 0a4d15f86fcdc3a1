namespace DeepVision.Weights;

/// <summary>How strictly a file has to fit a model. The default is PyTorch's <c>strict=True</c>.</summary>
public sealed record WeightLoadOptions
{
    /// <summary>What happens to parameters that the file does not give. Default an error.</summary>
    public MismatchPolicy MissingKeys { get; init; } = MismatchPolicy.Error;

    /// <summary>
    /// What happens to keys that the model does not have. Default an error for a whole model; when one component is loaded
    /// they are always only reported.
    /// </summary>
    public MismatchPolicy UnexpectedKeys { get; init; } = MismatchPolicy.Error;

    /// <summary>What happens to keys with another shape, like the last layer of other classes. Default an error.</summary>
    public MismatchPolicy WrongShapes { get; init; } = MismatchPolicy.Error;

    /// <summary>
    /// A path before every key of the file that the model does not have, like <c>backbone.body.</c>. Default empty: where no key fits
    /// as it is, the one path under which all of the model's keys stand in the file is found, and reported
    /// (<see cref="WeightReport.RemovedPrefix"/>).
    /// </summary>
    public string FilePrefix { get; init; } = "";

    /// <summary>How the file is read: its root dictionary and its limits.</summary>
    public WeightFileOptions File { get; init; } = new();
}
