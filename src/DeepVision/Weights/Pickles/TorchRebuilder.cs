using DeepVision.Weights.Sources;

namespace DeepVision.Weights.Pickles;

/// <summary>Gives the globals of the allow-list their meaning, and remembers the storages that a pickle names.</summary>
internal sealed class TorchRebuilder
{
    private const int MaxDimensions = 16;

    private readonly Dictionary<string, TorchStorage> _storages = [];

    /// <summary>All storages that the pickle named, by key.</summary>
    public IReadOnlyDictionary<string, TorchStorage> Storages => _storages;

    /// <summary>What a persistent id stands for: a storage.</summary>
    public TorchStorage Load(object? id, PickleInput input, long at)
    {
        if (id is not object?[] { Length: >= 5 } tuple
            || tuple[0] is not "storage"
            || tuple[1] is not PickleGlobal { Kind: PickleGlobalKind.ElementType } type
            || tuple[2] is not string key
            || tuple[4] is not long count)
        {
            throw input.Error("a persistent id is not of the form ('storage', type, key, location, element count)", at);
        }

        if (tuple.Length > 5 && tuple[5] is not null)
        {
            throw input.Error($"storage '{PrintableText.Of(key)}' is a view of another storage, as very old PyTorch versions wrote them; load and save the file again with a newer PyTorch", at);
        }

        if (count < 0 || count > long.MaxValue / 8)
        {
            throw input.Error($"storage '{PrintableText.Of(key)}' has an impossible element count, {count}", at);
        }

        var storage = new TorchStorage(key, type.ElementType!.Value, count, at);
        if (_storages.TryGetValue(key, out TorchStorage? known))
        {
            return known.Type == storage.Type && known.Count == count
                ? known
                : throw input.Error($"storage '{PrintableText.Of(key)}' is named as {count} x {storage.Type} here but was {known.Count} x {known.Type} at byte {known.PickleOffset}", at);
        }

        _storages.Add(key, storage);
        return storage;
    }

    /// <summary>What calling a global gives.</summary>
    public object? Call(PickleGlobal global, object?[] arguments, PickleInput input, long at)
    {
        switch (global.Kind)
        {
            case PickleGlobalKind.OrderedDict:
                return MakeDictionary(arguments, input, at);
            case PickleGlobalKind.RebuildTensor when arguments.Length >= 4:
                return MakeTensor(arguments, null, input, at);
            case PickleGlobalKind.RebuildTypedTensor when arguments is [_, _, _, _, _, _, PickleGlobal { Kind: PickleGlobalKind.ElementType } type, ..]:
                return MakeTensor(arguments, type.ElementType, input, at);
            case PickleGlobalKind.RebuildParameter when arguments is [TorchTensor tensor, ..]:
                return tensor;
            case PickleGlobalKind.Size when arguments is [object?[] sizes]:
                return sizes;
            case PickleGlobalKind.Inert:
                return PickleOpaque.Instance;
            default:
                throw input.Error($"'{global.Name}' is called with arguments that do not fit it", at);
        }
    }

    private static PickleDictionary MakeDictionary(object?[] arguments, PickleInput input, long at)
    {
        var dictionary = new PickleDictionary();
        if (arguments.Length == 0)
        {
            return dictionary;
        }

        // Python 2 wrote an OrderedDict as a call with one list of [key, value] pairs.
        if (arguments is not [List<object?> pairs])
        {
            throw input.Error("an OrderedDict is made from something else than a list of pairs", at);
        }

        foreach (object? pair in pairs)
        {
            switch (pair)
            {
                case List<object?> { Count: 2 } list:
                    dictionary.Set(list[0], list[1]);
                    break;
                case object?[] { Length: 2 } tuple:
                    dictionary.Set(tuple[0], tuple[1]);
                    break;
                default:
                    throw input.Error("an OrderedDict is made from a list that holds something else than pairs", at);
            }
        }

        return dictionary;
    }

    private static TorchTensor MakeTensor(object?[] arguments, WeightType? type, PickleInput input, long at)
    {
        if (arguments[0] is not TorchStorage storage
            || arguments[1] is not long offset
            || ToLongs(arguments[2]) is not long[] sizes
            || ToLongs(arguments[3]) is not long[] strides)
        {
            throw input.Error("a tensor is not described by (storage, offset, size, stride)", at);
        }

        if (sizes.Length != strides.Length)
        {
            throw input.Error($"a tensor has {sizes.Length} dimensions but {strides.Length} strides", at);
        }

        return new TorchTensor(storage, type ?? storage.Type, offset, sizes, strides, at);
    }

    private static long[]? ToLongs(object? value)
    {
        if (value is not object?[] { Length: <= MaxDimensions } tuple)
        {
            return null;
        }

        var numbers = new long[tuple.Length];
        for (int i = 0; i < tuple.Length; i++)
        {
            if (tuple[i] is not long number)
            {
                return null;
            }

            numbers[i] = number;
        }

        return numbers;
    }
}
