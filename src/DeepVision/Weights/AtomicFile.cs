namespace DeepVision.Weights;

/// <summary>Files that are either there as a whole or not at all.</summary>
internal static class AtomicFile
{
    /// <summary>Writes beside the target and renames at the end; a file that was there stays until then, or for ever where it fails.</summary>
    internal static void Write(string path, Action<Stream> write)
    {
        string target = Path.GetFullPath(path);
        string temporary = $"{target}.{Path.GetRandomFileName()}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
