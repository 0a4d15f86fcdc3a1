using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // What native calls give back. The tensors whose handles were passed are named too: they live until the call has ended,
    // even where nothing else refers to them any more and the finaliser waits.
    public unsafe partial class Tensor
    {
        /// <summary>The tensor of a handle that a native call returned.</summary>
        internal static Tensor Result(nint handle, object? first = null, object? second = null, object? third = null, object? fourth = null)
        {
            GC.KeepAlive(first);
            GC.KeepAlive(second);
            GC.KeepAlive(third);
            GC.KeepAlive(fourth);
            return handle != 0 ? new Tensor(handle) : throw Native.Failure();
        }

        /// <summary>This tensor after a call that changed it.</summary>
        internal Tensor InPlace(int status, object? first = null, object? second = null, object? third = null, object? fourth = null)
        {
            Done(status, first, second, third, fourth);
            GC.KeepAlive(this);
            return this;
        }

        /// <summary>Throws unless a native call succeeded.</summary>
        internal static void Done(int status, object? first = null, object? second = null, object? third = null, object? fourth = null) =>
            Native.Check(status, first, second, third, fourth);

        /// <summary>The two tensors of a native call.</summary>
        internal static (Tensor First, Tensor Second) Pair(int status, nint* results, object? first = null, object? second = null)
        {
            Done(status, first, second);
            return (new Tensor(results[0]), new Tensor(results[1]));
        }

        /// <summary>The tensors of a native call, whose array of handles is freed.</summary>
        internal static Tensor[] List(int count, nint* handles, object? first = null, object? second = null)
        {
            Done(count, first, second);
            var tensors = new Tensor[count];
            for (int i = 0; i < count; i++)
            {
                tensors[i] = handles[i] == 0 ? null! : new Tensor(handles[i]);
            }

            Native.dv_free(handles);
            return tensors;
        }

        /// <summary>The native handles of several tensors.</summary>
        internal static nint[] HandlesOf(IEnumerable<Tensor> tensors) => [.. tensors.Select(tensor => tensor.Handle)];

        internal static nint HandleOf(Tensor? tensor) => tensor?.Handle ?? 0;

        internal static nint HandleOf(Generator? generator) => generator?.Handle ?? 0;

        internal static byte Byte(bool value) => value ? (byte)1 : (byte)0;

        internal static int Code(ScalarType? type) => type is { } stated ? (int)stated : -1;
    }
}
