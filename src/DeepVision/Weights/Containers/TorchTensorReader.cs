using DeepVision.Tensors;
using DeepVision.Weights.Pickles;
using DeepVision.Weights.Sources;

namespace DeepVision.Weights.Containers;

/// <summary>Turns the tensors of a pickle into handles, after proving that each view stays inside its storage.</summary>
/// <param name="file">The file, for messages.</param>
/// <param name="budget">The limits.</param>
/// <param name="locate">Finds a storage's bytes: the source, and where in it the storage starts.</param>
internal sealed class TorchTensorReader(WeightSource file, WeightBudget budget, Func<TorchStorage, string, (WeightSource Source, long Start)> locate)
{
    /// <summary>Why a tensor is not read, or null.</summary>
    public static string? ProblemOf(TorchTensor tensor) =>
        tensor.Type.Known is null
            ? $"its elements are {tensor.Type.Name}, which are not read; save it with {(tensor.Type.IsComplex ? "torch.view_as_real(x)" : ".float()")}"
            : WeightBudget.ProblemOf(tensor.Sizes);

    public WeightHandle Read(string key, TorchTensor tensor)
    {
        WeightType type = tensor.Type.Known!.Value;
        TensorShape shape = budget.Admit(key, tensor.Sizes);
        int size = type.SizeInBytes();
        long available = tensor.Storage.ByteCount / size;
        if (tensor.Offset < 0 || tensor.Offset > available)
        {
            throw file.Error($"it starts at element {tensor.Offset} of a storage of {available} elements", tensor.PickleOffset, key);
        }

        Int128 last = tensor.Offset;
        for (int i = 0; i < shape.Rank; i++)
        {
            if (tensor.Strides[i] < 0)
            {
                throw file.Error($"stride {i} is {tensor.Strides[i]}; negative strides do not occur in PyTorch", tensor.PickleOffset, key);
            }

            last += (Int128)tensor.Strides[i] * (shape[i] - 1);
        }

        if (shape.ElementCount == 0)
        {
            return new StoredWeightHandle(file, 0, type, shape, null, key);
        }

        if (last >= available)
        {
            throw file.Error($"its shape {shape} and strides reach element {last} of a storage of {available} elements", tensor.PickleOffset, key);
        }

        (WeightSource source, long start) = locate(tensor.Storage, key);
        if (!source.IsRandomAccess)
        {
            budget.ChargeDecompression(key, start + ((long)last + 1) * size);
        }

        return new StoredWeightHandle(source, start + tensor.Offset * size, type, shape, tensor.Strides, key);
    }
}
