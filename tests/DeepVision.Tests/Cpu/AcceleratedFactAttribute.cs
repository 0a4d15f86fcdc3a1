namespace DeepVision.Tests.Cpu;

/// <summary>A fact that runs networks often; skipped, with the reason, where vectors are no instructions, since it takes minutes there.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class AcceleratedFactAttribute : FactAttribute
{
    public AcceleratedFactAttribute() =>
        Skip = InstructionSetData.IsAccelerated ? null : "Vectors are no instructions in this process; the other lanes run it.";
}
