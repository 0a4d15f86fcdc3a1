using DeepVision.Weights.Pickles;
using DeepVision.Weights.Sources;

namespace DeepVision.Weights.Containers;

/// <summary>The last step that both of PyTorch's containers share: from the unpickled object to handles.</summary>
internal static class TorchContent
{
    public static WeightFileContent Create(
        WeightFileFormat format, WeightSource file, object? pickled, WeightFileOptions options,
        Func<TorchStorage, string, (WeightSource Source, long Start)> locate)
    {
        StateDictionary found = new StateDictionaryFinder(file, options).Find(pickled);
        var reader = new TorchTensorReader(file, new WeightBudget(file, options), locate);
        var tensors = new OrderedDictionary<string, WeightHandle>();
        foreach ((string key, TorchTensor tensor) in found.Tensors)
        {
            tensors.Add(key, reader.Read(key, tensor));
        }

        return new WeightFileContent(format, tensors)
        {
            ModuleVersions = found.ModuleVersions,
            Root = found.Root,
            OtherRoots = found.OtherRoots,
            RemovedPrefix = found.RemovedPrefix,
        };
    }
}
