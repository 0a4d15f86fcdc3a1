namespace DeepVision.Metrics;

/// <summary>A range of areas in square pixels, both ends included.</summary>
internal readonly record struct CocoAreaRange(double Min, double Max)
{
    public bool Contains(double area) => area >= Min && area <= Max;
}
