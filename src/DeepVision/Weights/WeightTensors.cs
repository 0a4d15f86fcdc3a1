using System.Collections;
using System.Diagnostics.CodeAnalysis;
using DeepVision.Weights.Sources;

namespace DeepVision.Weights;

/// <summary>A file's tensors, which knows those that cannot be read when they are asked for.</summary>
internal sealed class WeightTensors(
    string fileName, OrderedDictionary<string, WeightHandle> tensors, IReadOnlyDictionary<string, string> unreadable)
    : IReadOnlyDictionary<string, WeightHandle>
{
    public IEnumerable<string> Keys => tensors.Keys;

    public IEnumerable<WeightHandle> Values => tensors.Values;

    public int Count => tensors.Count;

    public WeightHandle this[string key]
    {
        get
        {
            if (tensors.TryGetValue(key, out WeightHandle? handle))
            {
                return handle;
            }

            if (unreadable.TryGetValue(key, out string? problem))
            {
                throw new WeightsException($"{fileName}: tensor '{PrintableText.Of(key)}': {problem}.") { FileName = fileName, Key = key };
            }

            throw new KeyNotFoundException($"{fileName} has no tensor '{PrintableText.Of(key)}'.");
        }
    }

    public bool ContainsKey(string key) => tensors.ContainsKey(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out WeightHandle value) => tensors.TryGetValue(key, out value);

    public IEnumerator<KeyValuePair<string, WeightHandle>> GetEnumerator() => tensors.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
