using System.Collections.ObjectModel;
using DeepVision.Weights.Containers;
using DeepVision.Weights.Sources;

namespace DeepVision.Weights;

/// <summary>
/// A file of trained weights: PyTorch's <c>.pth</c>, <c>.pt</c>, <c>.th</c> and <c>.pth.tar</c> in the zip and in the legacy
/// container, or safetensors. The content decides, never the name. Opening reads the descriptions of the tensors only; each
/// tensor's values are read when its handle is asked, so the file has to stay open until then.
/// </summary>
/// <remarks>
/// <para>
/// A PyTorch file is a Python pickle. Nothing in it is run: dictionaries, numbers, texts, tensors and NumPy arrays are read, and
/// every other object stays a record of its class's name and its state (<see cref="PythonNames"/>), in which tensors are found. Of a
/// module that was pickled as a whole (<c>torch.save(model, path)</c>, TorchScript) the parameters and buffers are read under the
/// names that its state dict would have. A tensor that cannot be read (<see cref="UnreadableTensors"/>) is an error only where it is
/// asked for, or where the file has no other.
/// </para>
/// <para>
/// Checkpoints often hold more than the weights. The dictionary to read is <see cref="WeightFileOptions.Root"/> where that
/// is set. Otherwise, from the outermost dictionary inwards: the first of <c>state_dict</c>, <c>model_state_dict</c>,
/// <c>model_state</c>, <c>model</c>, <c>net</c>, <c>network</c>, <c>weights</c>, <c>params</c>, <c>checkpoint</c> that is a
/// dictionary or module with tensors; else this dictionary itself, if it holds tensors that are not single numbers; else the only
/// nested one that holds tensors (optimizers and schedulers never count); several of those are an error that lists
/// them. <see cref="Root"/> says what was chosen and <see cref="OtherRoots"/> what was not. Dictionaries nested in the
/// chosen one give dotted keys.
/// </para>
/// <para>All members may be used from many threads; <see cref="Dispose"/> may not run beside them.</para>
/// </remarks>
public sealed class WeightFile : IDisposable
{
    private readonly WeightSource _source;

    private WeightFile(WeightSource source, WeightFileContent content)
    {
        _source = source;
        Format = content.Format;
        UnreadableTensors = new ReadOnlyDictionary<string, string>(content.UnreadableTensors);
        Tensors = new WeightTensors(Name, content.Tensors, UnreadableTensors);
        ModuleVersions = new ReadOnlyDictionary<string, int>(content.ModuleVersions);
        Metadata = new ReadOnlyDictionary<string, string>(content.Metadata);
        Root = content.Root;
        OtherRoots = content.OtherRoots;
        RemovedPrefix = content.Wrappers.Prefix;
        RemovedNames = content.Wrappers.Inner;
        PythonNames = content.PythonNames;
    }

    /// <summary>The file's path, or the name that was given for the stream.</summary>
    public string Name => _source.FileName;

    /// <summary>The container.</summary>
    public WeightFileFormat Format { get; }

    /// <summary>
    /// The tensors by key; enumerated in the file's order. Asking by index for one of <see cref="UnreadableTensors"/> throws a
    /// <see cref="WeightsException"/> that says why.
    /// </summary>
    public IReadOnlyDictionary<string, WeightHandle> Tensors { get; }

    /// <summary>
    /// The state-dict version of each module, by its path (<c>""</c> is the whole model), as PyTorch notes it in the state
    /// dict's <c>_metadata</c>. Empty where the file has none: a state dict saved as a plain dictionary, or safetensors.
    /// </summary>
    public IReadOnlyDictionary<string, int> ModuleVersions { get; }

    /// <summary>The texts under <c>__metadata__</c> of a safetensors file; empty for the other containers.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The path of the dictionary that was read, for example <c>state_dict</c>; empty for the outermost.</summary>
    public string Root { get; }

    /// <summary>The dictionaries that hold tensors as well and were passed over, for example <c>ema</c>.</summary>
    public IReadOnlyList<string> OtherRoots { get; }

    /// <summary>
    /// What wrappers had put before every key and was taken away, like <c>module.</c> (DataParallel, AveragedModel),
    /// <c>_orig_mod.</c> (torch.compile) or several of them; else empty. The count of an AveragedModel goes with it.
    /// </summary>
    public string RemovedPrefix { get; }

    /// <summary>Names of wrappers that stood inside keys and were taken away, like <c>_orig_mod.</c> in <c>layer1._orig_mod.0.weight</c>.</summary>
    public IReadOnlyList<string> RemovedNames { get; }

    /// <summary>
    /// The tensors that cannot be read (sparse, quantized, complex, of more than six dimensions ...), each with the reason. They are
    /// not among <see cref="Tensors"/>.
    /// </summary>
    public IReadOnlyDictionary<string, string> UnreadableTensors { get; }

    /// <summary>
    /// Python classes and functions that a pickled file names beside plain data, at most some hundred. None was run; what the file
    /// makes of them is inert.
    /// </summary>
    public IReadOnlyList<string> PythonNames { get; }

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file's path.</param>
    /// <param name="options">Limits and choices; null for the defaults.</param>
    /// <returns>The open file; the caller disposes it when no handle of it is needed any more.</returns>
    /// <exception cref="WeightsException">The file is of no known format, damaged, or beyond a limit.</exception>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    public static WeightFile Open(string path, WeightFileOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new WeightFileOptions();
        options.Validate();
        return Open(FileWeightSource.Open(path), options);
    }

    /// <summary>Opens weights in a stream.</summary>
    /// <param name="stream">A readable, seekable stream that starts with the file. It stays the caller's: keep it open, and use it for nothing else, while tensors are read.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="options">Limits and choices; null for the defaults.</param>
    /// <exception cref="WeightsException">The content is of no known format, damaged, or beyond a limit.</exception>
    /// <exception cref="ArgumentException">The stream cannot be read or cannot seek.</exception>
    public static WeightFile Open(Stream stream, string name, WeightFileOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (!stream.CanRead || !stream.CanSeek)
        {
            throw new ArgumentException("The stream must be readable and seekable; copy it to a MemoryStream or a file first.", nameof(stream));
        }

        options ??= new WeightFileOptions();
        options.Validate();
        return Open(new StreamWeightSource(stream, name), options);
    }

    /// <summary>Closes the file. Handles that are read afterwards throw <see cref="WeightsException"/>.</summary>
    public void Dispose() => _source.Dispose();

    private static WeightFile Open(WeightSource source, WeightFileOptions options)
    {
        try
        {
            return new WeightFile(source, WeightFormatDetector.Detect(source) switch
            {
                WeightFileFormat.TorchZip => TorchZipReader.Read(source, options),
                WeightFileFormat.TorchLegacy => TorchLegacyReader.Read(source, options),
                _ => SafeTensorsReader.Read(source, options),
            });
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }
}
