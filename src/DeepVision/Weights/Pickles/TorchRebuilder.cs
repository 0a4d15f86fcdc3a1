using System.Text;
using DeepVision.Weights.Sources;

namespace DeepVision.Weights.Pickles;

/// <summary>Gives the globals of the allow-list their meaning, and remembers the storages that a pickle names.</summary>
internal sealed class TorchRebuilder
{
    private const int MaxDimensions = 64;

    // Behind storage, offset, size, stride, requires_grad and hooks: the bits, or a dtype and the bits.
    private const int FirstOptional = 6;
    private const int MaxOptional = 2;
    private const int MaxUnknownNames = 256;

    private readonly Dictionary<string, TorchStorage> _storages = [];
    private readonly OrderedDictionary<string, bool> _unknown = [];

    /// <summary>All storages that the pickle named, by key.</summary>
    public IReadOnlyDictionary<string, TorchStorage> Storages => _storages;

    /// <summary>Names of classes and functions that mean nothing here, in the order of the file; the first few hundred.</summary>
    public IReadOnlyList<string> UnknownNames => [.. _unknown.Keys];

    public void NoteUnknown(string name)
    {
        if (_unknown.Count < MaxUnknownNames)
        {
            _unknown.TryAdd(PrintableText.Of(name), true);
        }
    }

    /// <summary>What a persistent id stands for: a storage, or the class of a module that is pickled as a whole.</summary>
    public object? Load(object? id, PickleInput input, long at)
    {
        // ('module', class, source file, source): the source is never looked at.
        if (id is object?[] { Length: >= 2 } named && named[0] is "module")
        {
            return named[1];
        }

        if (id is not object?[] { Length: >= 5 } tuple
            || tuple[0] is not "storage"
            || tuple[1] is not PickleGlobal { Kind: PickleGlobalKind.ElementType or PickleGlobalKind.Unknown } type
            || tuple[2] is not string key
            || tuple[4] is not long count)
        {
            throw input.Error("a persistent id is not of the form ('storage', type, key, location, element count)", at);
        }

        if (tuple.Length > 5 && tuple[5] is not null)
        {
            throw input.Error($"storage '{PrintableText.Of(key)}' is a view of another storage, as very old PyTorch versions wrote them; load and save the file again with a newer PyTorch", at);
        }

        if (count < 0 || count > long.MaxValue / 16)
        {
            throw input.Error($"storage '{PrintableText.Of(key)}' has an impossible element count, {count}", at);
        }

        var storage = new TorchStorage(key, type.ElementType ?? new TorchElementType(PrintableText.Of(type.Name), 0, null), count, at);
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
            case PickleGlobalKind.Dictionary:
                return arguments.OfType<PickleDictionary>().FirstOrDefault() ?? new PickleDictionary();
            case PickleGlobalKind.RebuildTensor when arguments.Length >= 4:
                return MakeTensor(arguments, null, input, at);
            case PickleGlobalKind.RebuildTypedTensor when arguments is [_, _, _, _, _, _, PickleGlobal type, ..]:
                return MakeTensor(arguments, type.ElementType ?? new TorchElementType(PrintableText.Of(type.Name), 0, null), input, at);
            case PickleGlobalKind.RebuildParameter when arguments is [TorchTensor or NumpyArray or UnreadableTensor or PickleRecord, ..]:
            case PickleGlobalKind.TensorClass when arguments is [TorchTensor or NumpyArray or UnreadableTensor, ..]:
                return arguments[0];
            // Of functions that make tensors alone: what others cost is counted where the pickle calls them itself.
            case PickleGlobalKind.RebuildFromType when arguments is [PickleGlobal { MakesTensor: true } function, _, object?[] inner, ..]:
                return Call(function, inner, input, at);
            case PickleGlobalKind.NewObject when arguments is [PickleGlobal { Kind: not PickleGlobalKind.NewObject } made, ..]:
                return Call(made, made.Kind == PickleGlobalKind.Unknown ? arguments[1..] : [], input, at);
            case PickleGlobalKind.QuantizedTensor:
                return new UnreadableTensor("it is quantized, which is not read; save it with .dequantize()", at);
            case PickleGlobalKind.SparseTensor:
                return new UnreadableTensor("it is sparse, which is not read; save it with .to_dense()", at);
            case PickleGlobalKind.NestedTensor:
                return new UnreadableTensor("it is a nested tensor, which is not read", at);
            case PickleGlobalKind.MetaTensor:
                return new UnreadableTensor("it is on PyTorch's device 'meta', which holds no values", at);
            case PickleGlobalKind.WrapperTensor:
                return new UnreadableTensor($"it is of a class that keeps its values in its own way ('{NameOf(arguments)}'), which is not read", at);
            case PickleGlobalKind.Size when arguments is [object?[] sizes]:
                return sizes;
            case PickleGlobalKind.Encode when arguments is [string text, "latin1" or "latin-1" or "iso-8859-1", ..]:
                return Encoding.Latin1.GetBytes(text);
            case PickleGlobalKind.Bytes when arguments is []:
                return Array.Empty<byte>();
            case PickleGlobalKind.Bytes when arguments is [byte[] or PickleBlob]:
                return arguments[0];
            case PickleGlobalKind.Bytes when arguments is [string text, "latin1" or "latin-1" or "iso-8859-1"]:
                return Encoding.Latin1.GetBytes(text);
            case PickleGlobalKind.NumpyDtype when arguments is [string code, ..]:
                return new NumpyDtype(code);
            case PickleGlobalKind.NumpyArray:
                return new NumpyArray(at);
            case PickleGlobalKind.NumpyFromBuffer when arguments is [byte[] or PickleBlob, NumpyDtype dtype, var sizes, ..]:
                return new NumpyArray(at)
                {
                    Data = arguments[0],
                    Dtype = dtype,
                    Sizes = ToLongs(sizes),
                    IsColumnMajor = arguments is [_, _, _, "F", ..],
                };
            case PickleGlobalKind.OrderedDict or PickleGlobalKind.RebuildTensor or PickleGlobalKind.RebuildTypedTensor
                or PickleGlobalKind.RebuildParameter or PickleGlobalKind.Size:
                throw input.Error($"'{global.Name}' is called with arguments that do not fit it", at);
            default:
                return new PickleRecord(global.Name, arguments, at);
        }
    }

    /// <summary>What an object's state makes of it.</summary>
    public void Build(object? target, object? state)
    {
        switch (target)
        {
            case PickleDictionary dictionary:
                dictionary.Attributes = state as PickleDictionary;
                break;
            case PickleRecord record:
                record.State = state;
                break;
            case NumpyDtype dtype when state is object?[] and [_, string order, ..]:
                dtype.IsBigEndian = order == ">";
                break;
            case NumpyArray array when state is object?[] and [long, var sizes, NumpyDtype type, bool isColumnMajor, var data]:
                (array.Sizes, array.Dtype, array.IsColumnMajor, array.Data) = (ToLongs(sizes), type, isColumnMajor, data);
                break;
        }
    }

    private static string NameOf(object?[] arguments) => arguments is [PickleGlobal { Name: var name }, ..] ? PrintableText.Of(name) : "unknown";

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

    private static object MakeTensor(object?[] arguments, TorchElementType? type, PickleInput input, long at)
    {
        // pickle.dump writes each storage as a file of torch.save's inside the pickle.
        if (arguments[0] is PickleRecord record)
        {
            return new UnreadableTensor(
                $"its values are in an object of '{PrintableText.Of(record.Name)}', as pickle.dump writes them; load it in Python, where you trust it, and save it with torch.save", at);
        }

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

        return ProblemOfBits(arguments) is { } problem
            ? new UnreadableTensor(problem, at)
            : new TorchTensor(storage, type ?? storage.Type, offset, sizes, strides, at);
    }

    // Lazy views, like z.conj().imag: PyTorch 2 writes the stored values and, behind the hooks, what is still to be done to them.
    private static string? ProblemOfBits(object?[] arguments)
    {
        bool Has(string bit) => arguments.Skip(FirstOptional).Take(MaxOptional).OfType<PickleDictionary>().Any(bits => bits.Entries.GetValueOrDefault(bit) is true);
        return Has("neg") ? "it is a negated view, which is not read; save it with .resolve_neg()"
            : Has("conj") ? "it is a conjugated view, which is not read; save it with .resolve_conj()"
            : null;
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
