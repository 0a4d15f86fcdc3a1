using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>An index on its way into the shim, as Native/indexing.cpp declares it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct NativeIndex
{
    private const long HasStart = 1;
    private const long HasStop = 2;
    private const long HasStep = 4;

    private readonly long _kind;
    private readonly long _has;
    private readonly long _start;
    private readonly long _stop;
    private readonly long _step;

    public NativeIndex(in torch.TensorIndex index)
    {
        _kind = (long)index.Kind;
        _has = (index.Start is null ? 0 : HasStart) | (index.Stop is null ? 0 : HasStop) | (index.Step is null ? 0 : HasStep);
        _start = index.Positions is { } positions ? positions.Handle : index.Start ?? 0;
        _stop = index.Stop ?? 0;
        _step = index.Step ?? 0;
    }

    public static NativeIndex[] Of(ReadOnlySpan<torch.TensorIndex> indices)
    {
        var native = new NativeIndex[indices.Length];
        for (int i = 0; i < indices.Length; i++)
        {
            native[i] = new NativeIndex(indices[i]);
        }

        return native;
    }
}
