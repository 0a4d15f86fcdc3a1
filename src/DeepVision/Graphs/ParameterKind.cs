namespace DeepVision.Graphs;

/// <summary>Whether training changes a parameter by gradient.</summary>
public enum ParameterKind
{
    /// <summary>Learned; counted as a parameter.</summary>
    Parameter,

    /// <summary>State that is stored but not learned, like running statistics or a frozen norm.</summary>
    Buffer,
}
