using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>
    /// A tensor of libtorch. It owns a native handle, which goes back with <see cref="Dispose()"/>, with the dispose scope it was
    /// made in, or at last with the garbage collector. Operations on a disposed tensor throw <see cref="InvalidOperationException"/>,
    /// and what libtorch refuses throws <see cref="System.Runtime.InteropServices.ExternalException"/> with its text.
    /// </summary>
    public partial class Tensor : IDisposable
    {
        private static long s_total;
        private static long s_peak;

        private nint _handle;

        internal Tensor(nint handle, bool register = true)
        {
            _handle = handle;
            CountNew();
            if (register)
            {
                OwningDisposeScope = DisposeScopeManager.ThreadSingleton.RegisterOnCurrentDisposeScope(this);
            }
        }

        /// <summary>Gives the native tensor back if nobody did.</summary>
        ~Tensor() => Dispose(false);

        /// <summary>The number of tensors that managed code holds now.</summary>
        public static long TotalCount => Interlocked.Read(ref s_total);

        /// <summary>The largest number of tensors that managed code ever held at once.</summary>
        public static long PeakCount => Interlocked.Read(ref s_peak);

        /// <summary>The address of the native tensor.</summary>
        /// <exception cref="InvalidOperationException">The tensor was disposed.</exception>
        public IntPtr Handle => _handle != 0 ? _handle : throw new InvalidOperationException("The tensor was disposed, or its native handle was taken away.");

        /// <summary>Whether the tensor was disposed.</summary>
        public bool IsInvalid => _handle == 0;

        /// <summary>A name for people to read; the binding does nothing with it.</summary>
        public string? name { get; set; }

        internal DisposeScope? OwningDisposeScope { get; set; }

        /// <summary>Gives the native tensor back. Doing so twice is harmless.</summary>
        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        /// <summary>Gives the native tensor back.</summary>
        /// <param name="disposing">False on the finaliser's thread, where no scope may be touched: it belongs to another thread.</param>
        protected virtual void Dispose(bool disposing)
        {
            nint handle = Interlocked.Exchange(ref _handle, 0);
            if (handle == 0)
            {
                return;
            }

            if (disposing)
            {
                DisposeScopeManager.ThreadSingleton.DisposingOnCurrentScope(this);
                OwningDisposeScope?.MarkAsDisposed(this);
            }

            Interlocked.Decrement(ref s_total);
            Native.dv_tensor_delete(handle);
        }

        /// <summary>Moves this tensor to the scope outside its own; without one it belongs to no scope.</summary>
        /// <returns>This tensor.</returns>
        public Tensor MoveToOuterDisposeScope()
        {
            OwningDisposeScope?.MoveToOuter(this);
            return this;
        }

        /// <summary>Takes this tensor out of all scopes.</summary>
        /// <returns>This tensor.</returns>
        public Tensor DetachFromDisposeScope()
        {
            OwningDisposeScope?.Detach(this);
            return this;
        }

        /// <summary>Moves this tensor to the scope of another one.</summary>
        /// <returns>This tensor.</returns>
        public Tensor MoveToOtherDisposeScope(Tensor other) => MoveToOtherDisposeScope(other.OwningDisposeScope);

        /// <summary>Moves this tensor to a scope, or out of all scopes where that is null.</summary>
        /// <returns>This tensor.</returns>
        public Tensor MoveToOtherDisposeScope(DisposeScope? other)
        {
            if (OwningDisposeScope is null && other is not null)
            {
                other.Attach(this);
            }
            else
            {
                OwningDisposeScope?.MoveToOther(other, this);
            }

            return this;
        }

        /// <summary>Whether two tensors have the same shape, type and elements.</summary>
        public bool Equals(Tensor target)
        {
            Done(Native.dv_equal(Handle, target.Handle, out int equal), this, target);
            return equal != 0;
        }

        /// <summary>Whether <paramref name="obj"/> is a tensor with the same shape, type and elements.</summary>
        public override bool Equals(object? obj) => obj is Tensor other && Equals(other);

        /// <summary>A hash of the object, not of the elements.</summary>
        public override int GetHashCode() => base.GetHashCode();

        /// <summary>Sizes, type and device in a few words, such as <c>[2x3], type = Float32, device = cpu</c>.</summary>
        public override string ToString() => IsInvalid ? "disposed" : $"[{string.Join('x', shape)}], type = {dtype}, device = {device}";

        /// <summary>Takes the native handle away for another owner.</summary>
        internal nint MoveHandle()
        {
            nint handle = Interlocked.Exchange(ref _handle, 0);
            if (handle != 0)
            {
                Interlocked.Decrement(ref s_total);
                GC.SuppressFinalize(this);
            }

            return handle;
        }

        private static void CountNew()
        {
            long total = Interlocked.Increment(ref s_total);
            long peak = Interlocked.Read(ref s_peak);
            while (total > peak && Interlocked.CompareExchange(ref s_peak, total, peak) is var seen && seen != peak)
            {
                peak = seen;
            }
        }
    }
}
