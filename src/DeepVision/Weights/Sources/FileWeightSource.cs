using Microsoft.Win32.SafeHandles;

namespace DeepVision.Weights.Sources;

/// <summary>
/// A file, read with positioned reads. It is not mapped: mapped pages count as resident memory for as long as the map lives.
/// </summary>
internal sealed class FileWeightSource : WeightSource
{
    private const int MaxFilesLookedAt = 1000;
    private static readonly string[] WeightEndings = [".pth", ".pt", ".th", ".ckpt", ".bin", ".safetensors"];

    private readonly SafeFileHandle _handle;

    private FileWeightSource(string path, SafeFileHandle handle)
        : base(path, null, RandomAccess.GetLength(handle), 0)
    {
        _handle = handle;
    }

    public static FileWeightSource Open(string path)
    {
        if (Directory.Exists(path))
        {
            throw new WeightsException($"{path}: this is a directory; {DescribeDirectory(path)}.") { FileName = path };
        }

        SafeFileHandle handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            return new FileWeightSource(path, handle);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    private static string DescribeDirectory(string path)
    {
        string[] names = [.. Directory.EnumerateFiles(path).Take(MaxFilesLookedAt).Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal)];
        string[] weights = [.. names.Where(name => WeightEndings.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase))];
        return names switch
        {
            _ when names.Contains("saved_model.pb") => "a TensorFlow SavedModel, which is not read",
            _ when names.Any(name => name.EndsWith(".distcp", StringComparison.Ordinal)) =>
                "a distributed checkpoint. In Python: torch.distributed.checkpoint.format_utils.dcp_to_torch_save(path, \"weights.pth\")",
            _ when names.Contains("data.pkl") => "an unpacked file of torch.save's; open the file itself",
            _ when weights.Length > 0 => $"open one of the files in it: {string.Join(", ", weights.Take(5).Select(PrintableText.Of))}",
            _ => "open a file of weights",
        };
    }

    public override void Dispose() => _handle.Dispose();

    protected override void ReadCore(long offset, Span<byte> destination, string? key)
    {
        while (!destination.IsEmpty)
        {
            int read = RandomAccess.Read(_handle, destination, offset);
            if (read == 0)
            {
                throw EndsEarly(offset, key);
            }

            offset += read;
            destination = destination[read..];
        }
    }
}
