namespace DeepVision.Weights;

/// <summary>What happens where a file and a model differ.</summary>
public enum MismatchPolicy
{
    /// <summary>An exception that lists every difference.</summary>
    Error,

    /// <summary>The difference stands in the report; parameters keep what they had.</summary>
    Report,
}
