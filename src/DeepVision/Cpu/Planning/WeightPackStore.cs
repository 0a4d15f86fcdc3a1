using DeepVision.Cpu.Memory;
using DeepVision.Graphs;

namespace DeepVision.Cpu.Planning;

/// <summary>
/// All packed weights of a compiled graph. Tensors are read one at a time into a buffer that is used again, packed, and let
/// go; packs exist once for each layer and way of packing. After <see cref="Seal"/> nothing is read any more.
/// </summary>
internal sealed class WeightPackStore : IDisposable
{
    private readonly Dictionary<(object Layer, object Packing), PackedWeights> _packs = [];
    private readonly long _budgetBytes;
    private IParameterValues? _values;
    private AlignedMemory? _weightBuffer;
    private AlignedMemory? _biasBuffer;

    internal WeightPackStore(IParameterValues values, long budgetBytes)
    {
        _values = values;
        _budgetBytes = budgetBytes;
    }

    /// <summary>Bytes of all packs.</summary>
    internal long Bytes { get; private set; }

    /// <summary>The weights of a layer, packed on demand.</summary>
    internal LayerWeights ForLayer(Parameter weight, Parameter? bias) => new StoredLayer(this, weight, bias);

    /// <summary>A pack, made now if it is not there and the store is not sealed.</summary>
    internal PackedWeights GetOrAdd(object layer, object packing, Func<IParameterValues, PackedWeights> pack)
    {
        lock (_packs)
        {
            if (_packs.TryGetValue((layer, packing), out PackedWeights? found))
            {
                return found;
            }

            IParameterValues values = _values
                ?? throw new InvalidOperationException($"'{layer}' was not packed as '{packing}' when the graph was compiled.");
            PackedWeights made = pack(values);
            if (Bytes + made.Bytes > _budgetBytes)
            {
                made.Free();
                throw new InvalidOperationException(
                    FormattableString.Invariant($"Packing '{layer}' takes {made.Bytes:N0} bytes, {Bytes + made.Bytes:N0} with the layers before it; the budget is ")
                    + FormattableString.Invariant($"{_budgetBytes:N0} ({nameof(CpuOptions)}.{nameof(CpuOptions.PackBudgetBytes)}). Raise the budget or use a smaller model."));
            }

            Bytes += made.Bytes;
            _packs.Add((layer, packing), made);
            return made;
        }
    }

    /// <summary>Lets go of the parameter values and of the reading buffers.</summary>
    internal void Seal()
    {
        lock (_packs)
        {
            _values = null;
            _weightBuffer?.Dispose();
            _biasBuffer?.Dispose();
            (_weightBuffer, _biasBuffer) = (null, null);
        }
    }

    public void Dispose()
    {
        Seal();
        lock (_packs)
        {
            foreach (PackedWeights pack in _packs.Values)
            {
                pack.Free();
            }

            _packs.Clear();
        }
    }

    private static Span<float> Read(IParameterValues values, Parameter parameter, ref AlignedMemory? buffer)
    {
        int length = checked((int)parameter.Shape.ElementCount);
        if (buffer == null || buffer.Length < length)
        {
            buffer?.Dispose();
            buffer = new AlignedMemory(length);
        }

        Span<float> target = buffer.Span[..length];
        values.Read(parameter, target);
        return target;
    }

    private sealed class StoredLayer(WeightPackStore store, Parameter weight, Parameter? bias) : LayerWeights
    {
        internal override PackedWeights Get(object packing, PackWeights pack) =>
            store.GetOrAdd((weight, bias), packing, values => pack(
                Read(values, weight, ref store._weightBuffer),
                bias == null ? [] : Read(values, bias, ref store._biasBuffer)));
    }
}
