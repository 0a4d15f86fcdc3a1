namespace DeepVision.Metrics;

/// <summary>
/// What became of one detection: its score, its rank by score within its image and class, and one bit for each IoU
/// threshold that says whether it matched an object and whether it is left out.
/// </summary>
internal readonly record struct CocoRecord(float Score, int Rank, ushort Hits, ushort Ignored);
