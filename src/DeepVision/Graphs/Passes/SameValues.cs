namespace DeepVision.Graphs.Passes;

/// <summary>Another parameter's values, in another role.</summary>
internal sealed class SameValues(Parameter source) : ParameterDerivation
{
    public override IReadOnlyList<Parameter> Sources => [source];

    public override void Evaluate(IParameterValues values, Span<float> destination) => values.Read(source, destination);

    internal override bool CanSlice(ISlicedValues values) => values.CanSlice(source);

    internal override void EvaluateSlice(ISlicedValues values, long first, Span<float> destination) =>
        values.ReadSlice(source, first, destination);
}
