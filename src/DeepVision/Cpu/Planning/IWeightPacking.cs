namespace DeepVision.Cpu.Planning;

/// <summary>
/// An order of a layer's weights, made part by part from the rows of the source: all weights of one output channel, row-major.
/// Parts take consecutive rows and write what no other part writes, so several threads may pack a layer. Equal packings give
/// equal bits; they are the keys under which packs are kept.
/// </summary>
internal unsafe interface IWeightPacking
{
    /// <summary>Floats of the packed weights.</summary>
    long WeightFloats { get; }

    /// <summary>Floats of the packed bias.</summary>
    long BiasFloats { get; }

    /// <summary>Floats of one row of the source.</summary>
    int RowFloats { get; }

    /// <summary>The number of parts.</summary>
    int Parts { get; }

    /// <summary>The first row that a part reads; that of <see cref="Parts"/> is the number of all rows.</summary>
    int FirstRow(int part);

    /// <summary>Writes a part, padding included.</summary>
    /// <param name="part">Which one.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="weights">The whole pack's first float; nothing is known of what it holds.</param>
    void PackPart(int part, float* rows, float* weights);

    /// <summary>Writes the bias to where the steps read it.</summary>
    /// <param name="bias">One value for each row.</param>
    /// <param name="packed"><see cref="BiasFloats"/> zeros.</param>
    void PackBias(ReadOnlySpan<float> bias, Span<float> packed);
}
