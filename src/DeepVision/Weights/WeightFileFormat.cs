namespace DeepVision.Weights;

/// <summary>The container of a weight file, recognized by its content and never by its name.</summary>
public enum WeightFileFormat
{
    /// <summary>PyTorch's zip container, written by <c>torch.save</c> since version 1.6.</summary>
    TorchZip,

    /// <summary>PyTorch's container before version 1.6: a sequence of pickles followed by the raw storages.</summary>
    TorchLegacy,

    /// <summary>safetensors: a JSON header followed by the raw tensors.</summary>
    SafeTensors,

    /// <summary>A plain Python pickle of NumPy arrays, written by <c>pickle.dump</c>.</summary>
    Pickle,
}
