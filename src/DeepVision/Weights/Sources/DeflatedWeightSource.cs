using System.IO.Compression;

namespace DeepVision.Weights.Sources;

/// <summary>
/// A deflated entry. PyTorch never compresses, but archives that were zipped again do. Every range decompresses from the
/// entry's start; nothing is kept.
/// </summary>
internal sealed class DeflatedWeightSource(WeightSource compressed, long length)
    : WeightSource(compressed.FileName, compressed.Entry, length, null)
{
    /// <summary>Deflate cannot make more than 1032 bytes out of one: a larger claim is a lie.</summary>
    public const long MaxRatio = 1032;

    public override bool IsRandomAccess => false;

    public override WeightRange OpenRange(long offset, long length, string? key)
    {
        CheckRange(offset, length, key);
        return new DeflatedRange(this, compressed, offset, key);
    }

    protected override void ReadCore(long offset, Span<byte> destination, string? key)
    {
        using var range = new DeflatedRange(this, compressed, offset, key);
        range.Read(destination);
    }

    private sealed class DeflatedRange : WeightRange
    {
        private readonly WeightSource _owner;
        private readonly string? _key;
        private readonly DeflateStream _inflater;

        public DeflatedRange(WeightSource owner, WeightSource compressed, long skip, string? key)
        {
            _owner = owner;
            _key = key;
            _inflater = new DeflateStream(new WeightSourceStream(compressed, key), CompressionMode.Decompress);
            Span<byte> scratch = stackalloc byte[1024];
            while (skip > 0)
            {
                int step = (int)Math.Min(skip, scratch.Length);
                Read(scratch[..step]);
                skip -= step;
            }
        }

        public override void Read(Span<byte> destination)
        {
            try
            {
                if (_inflater.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false) < destination.Length)
                {
                    throw _owner.Error($"the compressed data end before the {_owner.Length} bytes that the directory promises", null, _key);
                }
            }
            catch (InvalidDataException exception)
            {
                throw _owner.Error("the compressed data are corrupt", null, _key, exception);
            }
        }

        public override void Dispose() => _inflater.Dispose();
    }
}
