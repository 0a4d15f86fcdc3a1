using System.Buffers.Binary;
using System.Text.Json;
using DeepVision.Tensors;
using DeepVision.Weights.Sources;

namespace DeepVision.Weights.Containers;

/// <summary>
/// safetensors: the header's length (64 bits), the header (JSON: name -> dtype, shape, offsets into the data) and the data,
/// which the tensors must cover without overlaps or gaps.
/// </summary>
internal static class SafeTensorsReader
{
    public const string MetadataName = "__metadata__";
    public const int PrefixLength = sizeof(long);

    public static WeightFileContent Read(WeightSource file, WeightFileOptions options)
    {
        if (options.Root is { Length: > 0 })
        {
            throw file.Error($"safetensors files do not nest, so there is no '{PrintableText.Of(options.Root)}' ({nameof(WeightFileOptions)}.{nameof(WeightFileOptions.Root)})");
        }

        Span<byte> prefix = stackalloc byte[PrefixLength];
        file.Read(0, prefix);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > (ulong)(file.Length - PrefixLength))
        {
            throw file.Error($"the header is said to take {length} bytes, but only {file.Length - PrefixLength} follow; the file is truncated or corrupt", 0);
        }

        if (length > (ulong)Math.Min(options.MaxMetadataBytes, Array.MaxLength))
        {
            throw file.Error($"the header takes {length} bytes; at most {options.MaxMetadataBytes} are read ({nameof(WeightFileOptions)}.{nameof(WeightFileOptions.MaxMetadataBytes)}); raise that limit if you trust the file", 0);
        }

        byte[] header = new byte[length];
        file.Read(PrefixLength, header);
        try
        {
            return new Parser(file, options, PrefixLength + (long)length).Parse(header);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            // Utf8JsonReader reports texts that are not valid Unicode as InvalidOperationException.
            long at = PrefixLength + ((exception as JsonException)?.BytePositionInLine ?? 0);
            throw file.Error("the header is not valid JSON", at, null, exception);
        }
    }

    private sealed class Parser(WeightSource file, WeightFileOptions options, long dataStart)
    {
        private readonly WeightBudget _budget = new(file, options);
        private readonly OrderedDictionary<string, WeightHandle> _tensors = [];
        private readonly OrderedDictionary<string, string> _unreadable = [];
        private readonly OrderedDictionary<string, string> _metadata = [];
        private readonly List<(long Begin, long End, string Name)> _ranges = [];
        private WeightsException? _firstProblem;

        public WeightFileContent Parse(byte[] header)
        {
            var json = new Utf8JsonReader(header);
            bool hasMetadata = false;
            Expect(ref json, JsonTokenType.StartObject, "the header");
            while (NextName(ref json, out string name))
            {
                if (name != MetadataName)
                {
                    ReadTensor(ref json, name);
                }
                else if (hasMetadata)
                {
                    throw Bad(json, $"'{MetadataName}' occurs twice");
                }
                else
                {
                    hasMetadata = true;
                    ReadMetadata(ref json);
                }
            }

            // Only white space may follow; the reader throws for anything else.
            json.Read();
            CheckCoverage();
            if (_tensors.Count == 0 && _firstProblem is not null)
            {
                throw _firstProblem;
            }

            WrapperNames wrappers = options.KeepModulePrefix ? WrapperNames.None : WrapperNames.Find([.. _ranges.Select(range => range.Name)]);
            return new WeightFileContent(WeightFileFormat.SafeTensors, Stripped(_tensors, wrappers))
            {
                Metadata = _metadata,
                Wrappers = wrappers,
                UnreadableTensors = Stripped(_unreadable, wrappers),
            };
        }

        private static OrderedDictionary<string, T> Stripped<T>(OrderedDictionary<string, T> tensors, WrapperNames wrappers) =>
            new(from pair in tensors
                let key = wrappers.Strip(pair.Key)
                where key is not null
                select KeyValuePair.Create(key, pair.Value));

        private void ReadMetadata(ref Utf8JsonReader json)
        {
            Expect(ref json, JsonTokenType.StartObject, MetadataName);
            while (NextName(ref json, out string name))
            {
                Expect(ref json, JsonTokenType.String, $"'{PrintableText.Of(name)}' of {MetadataName}");
                if (!_metadata.TryAdd(name, json.GetString()!))
                {
                    throw Bad(json, $"'{PrintableText.Of(name)}' occurs twice in {MetadataName}");
                }
            }
        }

        private void ReadTensor(ref Utf8JsonReader json, string name)
        {
            string? type = null;
            List<long>? sizes = null;
            List<long>? offsets = null;
            long at = PrefixLength + json.TokenStartIndex;
            Expect(ref json, JsonTokenType.StartObject, $"tensor '{PrintableText.Of(name)}'");
            while (NextName(ref json, out string field))
            {
                switch (field)
                {
                    case "dtype" when type is null:
                        Expect(ref json, JsonTokenType.String, "dtype");
                        type = json.GetString()!;
                        break;
                    case "shape" when sizes is null:
                        sizes = ReadNumbers(ref json, field);
                        break;
                    case "data_offsets" when offsets is null:
                        offsets = ReadNumbers(ref json, field);
                        break;
                    case "dtype" or "shape" or "data_offsets":
                        throw Bad(json, $"field '{PrintableText.Of(field)}' of a tensor occurs twice", name);
                    default:
                        // Whatever a writer notes beside: it does not change what the others mean.
                        json.Read();
                        json.Skip();
                        break;
                }
            }

            if (type is null || sizes is null || offsets is not { Count: 2 })
            {
                throw file.Error("expected dtype, shape and data_offsets with two numbers", at, name);
            }

            (long begin, long end) = (offsets[0], offsets[1]);
            long dataLength = file.Length - dataStart;
            if (begin < 0 || end < begin || end > dataLength)
            {
                throw file.Error($"data_offsets [{begin}, {end}] do not lie inside the {dataLength} bytes of data; the file is truncated or corrupt", at, name);
            }

            if (_tensors.ContainsKey(name) || _unreadable.ContainsKey(name))
            {
                throw file.Error("the header names it twice", at, name);
            }

            WeightType? known = SafeTensorsTypes.Find(type);
            string? problem = known is null
                ? $"its dtype '{PrintableText.Of(type)}' is not read; expected one of {SafeTensorsTypes.Names}"
                : WeightBudget.ProblemOf(sizes.ToArray());
            if (problem is not null)
            {
                _budget.AdmitName(name);
                _unreadable.Add(name, problem);
                _firstProblem ??= file.Error(problem, at, name);
            }
            else
            {
                TensorShape shape = _budget.Admit(name, sizes.ToArray());
                long bytes = shape.ElementCount * known!.Value.SizeInBytes();
                if (end - begin != bytes)
                {
                    throw file.Error($"data_offsets [{begin}, {end}] hold {end - begin} bytes; expected {bytes} for shape {shape} of {type}", at, name);
                }

                _tensors.Add(name, new StoredWeightHandle(file, dataStart + begin, known.Value, shape, null, name));
            }

            _ranges.Add((begin, end, name));
        }

        private List<long> ReadNumbers(ref Utf8JsonReader json, string field)
        {
            const int MaxNumbers = 64;
            Expect(ref json, JsonTokenType.StartArray, field);
            var numbers = new List<long>();
            while (json.Read() && json.TokenType == JsonTokenType.Number)
            {
                if (numbers.Count == MaxNumbers || !json.TryGetInt64(out long number))
                {
                    throw Bad(json, $"'{field}' is not a short list of integers");
                }

                numbers.Add(number);
            }

            return json.TokenType == JsonTokenType.EndArray ? numbers : throw Bad(json, $"'{field}' is not a short list of integers");
        }

        private void CheckCoverage()
        {
            long covered = 0;
            foreach ((long begin, long end, string name) in _ranges.OrderBy(range => range.Begin).ThenBy(range => range.End))
            {
                if (begin != covered)
                {
                    throw file.Error($"its data start at byte {begin} of the data; expected {covered}, where the tensor before it ends ({(begin < covered ? "overlap" : "gap")})", null, name);
                }

                covered = end;
            }

            if (covered != file.Length - dataStart)
            {
                throw file.Error($"the file holds {file.Length - dataStart} bytes of data, but its tensors cover {covered}", dataStart + covered);
            }
        }

        private bool NextName(ref Utf8JsonReader json, out string name)
        {
            json.Read();
            name = json.TokenType == JsonTokenType.PropertyName ? json.GetString()! : "";
            return json.TokenType switch
            {
                JsonTokenType.PropertyName => true,
                JsonTokenType.EndObject => false,
                _ => throw Bad(json, "a name was expected"),
            };
        }

        private void Expect(ref Utf8JsonReader json, JsonTokenType type, string what)
        {
            if (!json.Read() || json.TokenType != type)
            {
                throw Bad(json, $"{what} is not a JSON {(type == JsonTokenType.StartObject ? "object" : type == JsonTokenType.StartArray ? "array" : "string")}");
            }
        }

        private WeightsException Bad(in Utf8JsonReader json, string problem, string? key = null) =>
            file.Error(problem, PrefixLength + json.TokenStartIndex, key);
    }
}
