using DeepVision.Graphs;

namespace DeepVision.Cpu.Planning;

/// <summary>
/// All packed weights of a compiled graph; packs exist once for each layer and way of packing. Tensors are read in slices, or
/// one at a time where that cannot be, packed, and let go. After <see cref="Seal"/> nothing is read any more.
/// </summary>
internal sealed class WeightPackStore : IDisposable
{
    private readonly Dictionary<(object Layer, object Packing), PackedWeights> _packs = [];
    private readonly List<PendingPack> _pending = [];
    private readonly long _budgetBytes;
    private IParameterValues? _values;

    internal WeightPackStore(IParameterValues values, long budgetBytes)
    {
        _values = values;
        _budgetBytes = budgetBytes;
    }

    /// <summary>Bytes of all packs.</summary>
    internal long Bytes { get; private set; }

    /// <summary>The weights of a layer. What is asked for before <see cref="Seal"/> is packed there.</summary>
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

            PackedWeights made = pack(ValuesFor(layer, packing));
            try
            {
                Charge(layer, made.Bytes);
            }
            catch
            {
                made.Free();
                throw;
            }

            _packs.Add((layer, packing), made);
            return made;
        }
    }

    /// <summary>Packs what has been asked for and lets go of the parameter values.</summary>
    /// <param name="threads">Threads to use at most; the packs do not depend on it.</param>
    internal void Seal(int threads)
    {
        lock (_packs)
        {
            if (_values != null)
            {
                new PackingProgram(_values, _pending).Run(threads);
            }

            _values = null;
            _pending.Clear();
        }
    }

    public void Dispose()
    {
        lock (_packs)
        {
            _values = null;
            _pending.Clear();
            foreach (PackedWeights pack in _packs.Values)
            {
                pack.Free();
            }

            _packs.Clear();
        }
    }

    private PackedWeights Get(Parameter weight, Parameter? bias, IWeightPacking packing)
    {
        lock (_packs)
        {
            (object, object) key = ((weight, bias), packing);
            if (!_packs.TryGetValue(key, out PackedWeights? pack))
            {
                ValuesFor(weight, packing);
                Charge(weight, PackedWeights.BytesFor(packing));
                pack = PackedWeights.For(packing);
                _packs.Add(key, pack);
                _pending.Add(new PendingPack(pack, packing, weight, bias));
            }

            return pack;
        }
    }

    private IParameterValues ValuesFor(object layer, object packing) => _values
        ?? throw new InvalidOperationException($"'{layer}' was not packed as '{packing}' when the graph was compiled.");

    private void Charge(object layer, long bytes)
    {
        if (Bytes + bytes > _budgetBytes)
        {
            throw new InvalidOperationException(
                FormattableString.Invariant($"Packing '{layer}' takes {bytes:N0} bytes, {Bytes + bytes:N0} with the layers before it; the budget is ")
                + FormattableString.Invariant($"{_budgetBytes:N0} ({nameof(CpuOptions)}.{nameof(CpuOptions.PackBudgetBytes)}). Raise the budget or use a smaller model."));
        }

        Bytes += bytes;
    }

    private sealed class StoredLayer(WeightPackStore store, Parameter weight, Parameter? bias) : LayerWeights
    {
        internal override PackedWeights Get(IWeightPacking packing) => store.Get(weight, bias, packing);
    }
}
