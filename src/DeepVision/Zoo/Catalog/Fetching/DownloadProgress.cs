namespace DeepVision.Zoo;

/// <summary>How far a download is.</summary>
/// <param name="FileName">The file.</param>
/// <param name="Received">Bytes that lie on the disk, those of an earlier attempt among them.</param>
/// <param name="Total">Bytes of the whole file; null where the server does not say.</param>
/// <param name="BytesPerSecond">The speed since this attempt began; 0 at its start.</param>
public readonly record struct DownloadProgress(string FileName, long Received, long? Total, double BytesPerSecond);
