using System.Buffers.Binary;
using System.Security.Cryptography;

namespace DeepVision.FashionScenes;

/// <summary>The SHA-256 of rendered scenes and their truth, which shows that a machine renders the same set as others.</summary>
public static class SceneSetHash
{
    /// <summary>The hash of the 500 test scenes: <see cref="SceneGenerator.TestSeed"/> over the 10,000 test articles.</summary>
    public const string TestSet = "01aabb6e58c99ee4f3e3e87ce8b51d7c863765c025126f5f46eeb699de125344";

    /// <summary>
    /// The hash of scenes 0 to <paramref name="count"/> - 1 in lower-case hexadecimal: for each scene its pixels, the number of
    /// objects, and for each object label, left, top, right, bottom, visible and total pixels, as little-endian 32-bit numbers.
    /// </summary>
    public static string Compute(SceneGenerator generator, int count)
    {
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int i = 0; i < count; i++)
        {
            Scene scene = generator.Render(i);
            hash.AppendData(scene.Image.Pixels);
            Append(hash, scene.Objects.Count);
            foreach (SceneObject thing in scene.Objects)
            {
                Append(hash, thing.Label, thing.Left, thing.Top, thing.Right, thing.Bottom, thing.VisiblePixels, thing.TotalPixels);
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, params ReadOnlySpan<int> values)
    {
        Span<byte> bytes = stackalloc byte[4];
        foreach (int value in values)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
            hash.AppendData(bytes);
        }
    }
}
