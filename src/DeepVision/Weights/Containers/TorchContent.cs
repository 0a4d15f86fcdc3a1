using DeepVision.Weights.Pickles;
using DeepVision.Weights.Sources;

namespace DeepVision.Weights.Containers;

/// <summary>The last step that all pickled files share: from the unpickled object to handles.</summary>
internal static class TorchContent
{
    public static WeightFileContent Create(
        WeightFileFormat format, WeightSource file, object? pickled, TorchRebuilder torch, WeightFileOptions options,
        Func<TorchStorage, string, (WeightSource Source, long Start)> locate)
    {
        StateDictionary found = new StateDictionaryFinder(file, options).Find(pickled);
        var budget = new WeightBudget(file, options);
        var reader = new TorchTensorReader(file, budget, locate);
        var arrays = new NumpyArrayReader(file, budget, options);
        var tensors = new OrderedDictionary<string, WeightHandle>();
        var unreadable = new OrderedDictionary<string, string>();
        WeightsException? first = null;
        foreach ((string key, object value) in found.Tensors)
        {
            (string? problem, long offset) = value switch
            {
                TorchTensor tensor => (TorchTensorReader.ProblemOf(tensor), tensor.PickleOffset),
                NumpyArray array => (NumpyArrayReader.ProblemOf(array), array.Offset),
                UnreadableTensor other => (other.Problem, other.PickleOffset),
                _ => throw new InvalidOperationException(),
            };
            if (problem is null)
            {
                tensors.Add(key, value is TorchTensor tensor ? reader.Read(key, tensor) : arrays.Read(key, (NumpyArray)value));
                continue;
            }

            budget.AdmitName(key);
            unreadable.Add(key, problem);
            first ??= file.Error(problem, offset, key);
        }

        // A tensor that nobody asks for harms nobody; a file without any other has nothing to give.
        return tensors.Count == 0 && first is not null
            ? throw first
            : new WeightFileContent(format, tensors)
            {
                ModuleVersions = found.ModuleVersions,
                Root = found.Root,
                OtherRoots = found.OtherRoots,
                Wrappers = found.Wrappers,
                UnreadableTensors = unreadable,
                PythonNames = torch.UnknownNames,
            };
    }
}
