namespace DeepVision.Graphs;

/// <summary>What a node uses a parameter for.</summary>
public enum ParameterRole
{
    /// <summary>Convolution or linear weight, or a normalization's scale.</summary>
    Weight,

    /// <summary>Convolution, linear or normalization bias.</summary>
    Bias,

    /// <summary>A batch norm's running mean.</summary>
    RunningMean,

    /// <summary>A batch norm's running variance.</summary>
    RunningVariance,

    /// <summary>A batch norm's int64 count of training steps; no engine needs it to infer.</summary>
    BatchCount,

    /// <summary>The weight of an attention's last projection.</summary>
    OutputWeight,

    /// <summary>The bias of an attention's last projection.</summary>
    OutputBias,
}
