using DeepVision.Cpu;
using DeepVision.Cpu.Kernels;
using DeepVision.Cpu.Planning;

namespace DeepVision.Tests.Cpu;

/// <summary>Makes a step over tensors whose slots have been chosen.</summary>
internal delegate Step StepFactory(KernelSet kernels, TensorView[] inputs, TensorView output);

/// <summary>
/// Runs one step on planar values: lays inputs out as the instruction set wants them, in memory that ends at a guard page,
/// runs all items in backward order, and brings the output back to planar.
/// </summary>
internal static unsafe class StepHarness
{
    internal static float[] Run(
        CpuInstructionSet set, PlanarTensor[] inputs, (int N, int C, int H, int W) output, StepFactory factory, bool planarInput = false)
    {
        KernelSet kernels = KernelSet.Create(set);
        int block = kernels.Block;
        var views = new TensorView[inputs.Length];
        var memories = new GuardedMemory[inputs.Length + 1];
        float** slots = stackalloc float*[inputs.Length + 1];
        try
        {
            for (int i = 0; i < inputs.Length; i++)
            {
                PlanarTensor input = inputs[i];
                views[i] = TensorView.Create(i, input.N, input.C, input.H, input.W, planarInput ? 1 : block);
                memories[i] = new GuardedMemory(views[i].Length);
                slots[i] = memories[i].Pointer;
                Fill(views[i], memories[i].Span, input.Values);
            }

            TensorView target = TensorView.Create(inputs.Length, output.N, output.C, output.H, output.W, block);
            memories[^1] = new GuardedMemory(target.Length);
            slots[inputs.Length] = memories[^1].Pointer;
            Step step = factory(kernels, views, target);
            using var scratch = new GuardedMemory(step.ScratchFloats);
            for (int item = step.Items - 1; item >= 0; item--)
            {
                step.Run(slots, scratch.Pointer, item);
            }

            AssertTailIsZero(target, memories[^1].Span);
            return Read(target, memories[^1].Span);
        }
        finally
        {
            foreach (GuardedMemory? memory in memories)
            {
                memory?.Dispose();
            }
        }
    }

    private static void Fill(TensorView view, Span<float> memory, float[] values)
    {
        memory.Clear();
        ForEach(view, (offset, index, target, source) => target[offset] = source[index], memory, values);
    }

    private static float[] Read(TensorView view, Span<float> memory)
    {
        var values = new float[view.Batch * view.Channels * view.Pixels];
        ForEach(view, (offset, index, source, target) => target[index] = source[offset], memory, values);
        return values;
    }

    private delegate void Visit(int offset, int index, Span<float> memory, float[] values);

    private static void ForEach(TensorView view, Visit visit, Span<float> memory, float[] values)
    {
        int index = 0;
        for (int n = 0; n < view.Batch; n++)
        {
            for (int c = 0; c < view.Channels; c++)
            {
                for (int p = 0; p < view.Pixels; p++)
                {
                    visit(Offset(view, n, c, p), index++, memory, values);
                }
            }
        }
    }

    private static void AssertTailIsZero(TensorView view, Span<float> memory)
    {
        for (int n = 0; n < view.Batch; n++)
        {
            for (int c = view.Channels; c < view.Blocks * view.Block; c++)
            {
                for (int p = 0; p < view.Pixels; p++)
                {
                    Assert.Equal(0f, memory[Offset(view, n, c, p)]);
                }
            }
        }
    }

    private static int Offset(TensorView view, int n, int c, int p) =>
        (int)((n * view.ImageStride) + (c / view.Block * view.PlaneStride) + (p * view.Block) + (c % view.Block));
}
