namespace DeepVision.Weights.Containers;

/// <summary>One entry of a zip archive, after its local header has been compared with the directory.</summary>
/// <param name="Name">The path inside the archive.</param>
/// <param name="IsDeflated">False where the bytes are stored as they are.</param>
/// <param name="HeaderOffset">Where the local header starts in the file.</param>
/// <param name="DataOffset">Where the bytes start in the file.</param>
/// <param name="StoredLength">How many bytes the entry takes in the file.</param>
/// <param name="Length">How many bytes it has after decompression.</param>
internal sealed record ZipEntry(string Name, bool IsDeflated, long HeaderOffset, long DataOffset, long StoredLength, long Length);
