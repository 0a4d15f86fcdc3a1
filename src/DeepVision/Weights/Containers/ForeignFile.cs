using System.Text;

namespace DeepVision.Weights.Containers;

/// <summary>Names the files that people mistake for weights, by their first bytes, and says what to do.</summary>
internal static class ForeignFile
{
    private const string Export = "save the PyTorch model that it was made of: torch.save(model.state_dict(), \"weights.pth\").";

    // Formats with a signature: where it stands, what it is, and what to say.
    private static readonly (int Offset, byte[] Signature, string Text)[] Signatures =
    [
        (0, [0x1F, 0x8B], "the file is compressed by gzip; unpack it first."),
        (0, [.. "BZh"u8], "the file is compressed by bzip2; unpack it first."),
        (0, [0xFD, .. "7zXZ"u8], "the file is compressed by xz; unpack it first."),
        (0, [0x28, 0xB5, 0x2F, 0xFD], "the file is compressed by zstd; unpack it first."),
        (0, [0x04, 0x22, 0x4D, 0x18], "the file is compressed by lz4; unpack it first."),
        (0, [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "the file is a 7z archive; unpack it first."),
        (0, [.. "Rar!"u8], "the file is a RAR archive; unpack it first."),
        (0, [.. "PK\u0005\u0006"u8], "the file is an empty zip archive."),
        (0, [.. "PK\u0007\u0008"u8], "the file is a part of a split zip archive; put the parts together first."),
        (257, [.. "ustar"u8], "the file is a tar archive: PyTorch's format before version 0.1.10, or an archive to unpack first. Load and save it again with a newer PyTorch."),
        (0, [.. "version https://git-lfs"u8], "the file is a Git LFS pointer, not the weights; fetch them with 'git lfs pull'."),
        (0, [0x89, .. "HDF"u8], $"the file is HDF5 (Keras .h5, or MATLAB), which is not read; {Export}"),
        (0, [.. "GGUF"u8], $"the file is GGUF (llama.cpp), which is not read; {Export}"),
        (0, [.. "lmgg"u8], $"the file is GGML (llama.cpp), which is not read; {Export}"),
        (0, [.. "tjgg"u8], $"the file is GGML (llama.cpp), which is not read; {Export}"),
        (4, [.. "TFL3"u8], $"the file is a TensorFlow Lite model, which is not read; {Export}"),
        (4, [.. "ORTM"u8], $"the file is an ONNX Runtime model (.ort), which is not read; {Export}"),
        (4, [.. "PTE1"u8], $"the file is an ExecuTorch program, which is not read; {Export}"),
        (0, [0x93, .. "NUMPY"u8], "the file is a NumPy array (.npy); save a dictionary of tensors: torch.save({\"key\": torch.from_numpy(numpy.load(path))}, \"weights.pth\")."),
        (0, [0x12, 0x01, 0, 0, 0, 0, 0, 0], $"the file is MXNet's .params, which is not read; {Export}"),
        (0, [0, 0, 0, 0, 2, 0, 0, 0], $"the file is Darknet's .weights, which is not read; load it into the PyTorch model and {Export}"),
        (0, [0, 0, 0, 0, 1, 0, 0, 0], $"the file is Darknet's .weights, which is not read; load it into the PyTorch model and {Export}"),
        (0, [.. "ftrt"u8], $"the file is a TensorRT engine, which is not read; {Export}"),
        (0, [0xFF, 0xD8, 0xFF], "the file is an image (JPEG), not weights; images are read with ImageFile.Load."),
        (0, [0x89, .. "PNG"u8], "the file is an image (PNG), not weights; images are read with ImageFile.Load."),
        (0, [.. "GIF8"u8], "the file is an image (GIF), not weights; images are read with ImageFile.Load."),
        (8, [.. "WEBP"u8], "the file is an image (WebP), not weights; images are read with ImageFile.Load."),
        (0, [.. "BM"u8], "the file is an image (BMP), not weights; images are read with ImageFile.Load."),
        (0, [.. "II*\0"u8], "the file is an image (TIFF), not weights."),
        (0, [.. "MM\0*"u8], "the file is an image (TIFF), not weights."),
        (4, [.. "ftyp"u8], "the file is a film or an image (HEIC, AVIF), not weights."),
        (0, [.. "%PDF"u8], "the file is a PDF document, not weights."),
        (0, [0x7F, .. "ELF"u8], "the file is a program, not weights."),
        (0, [.. "MZ"u8], "the file is a program, not weights."),
    ];

    // Formats without a signature of their own, by what their names end in.
    private static readonly (string Ending, string Text)[] Endings =
    [
        (".onnx", $"the file is an ONNX model, which is not read as weights; {Export}"),
        (".pb", $"the file is a TensorFlow graph (.pb), which is not read; {Export}"),
        (".index", $"the file is the index of a TensorFlow checkpoint, which is not read; {Export}"),
        (".meta", $"the file is a TensorFlow graph (.meta), which is not read; {Export}"),
        (".caffemodel", $"the file is a Caffe model, which is not read; {Export}"),
        (".mlmodel", $"the file is a Core ML model, which is not read; {Export}"),
        (".weights", $"the file is Darknet's .weights, which is not read; load it into the PyTorch model and {Export}"),
        (".msgpack", $"the file is Flax's .msgpack, which is not read; {Export}"),
        (".joblib", "the file is joblib's, which is not read; save a dictionary of tensors with torch.save."),
        (".engine", $"the file is a TensorRT engine, which is not read; {Export}"),
        (".distcp", "the file is a part of a distributed checkpoint; put it together with torch.distributed.checkpoint.format_utils.dcp_to_torch_save."),
    ];

    /// <summary>What the file is, as a sentence.</summary>
    public static string Describe(ReadOnlySpan<byte> head, string name)
    {
        if (head.IsEmpty)
        {
            return "the file is empty; the download or copy that made it failed.";
        }

        foreach ((int offset, byte[] signature, string text) in Signatures)
        {
            if (head.Length >= offset + signature.Length && head[offset..].StartsWith(signature))
            {
                return text;
            }
        }

        return TextOf(head) ?? ProtobufOf(head) ?? ByName(name) ?? "the file is of no known weight format.";
    }

    private static string? ByName(string name)
    {
        if (name.Contains(".data-0000", StringComparison.Ordinal))
        {
            return $"the file is a part of a TensorFlow checkpoint, which is not read; {Export}";
        }

        foreach ((string ending, string text) in Endings)
        {
            if (name.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            {
                return text;
            }
        }

        return null;
    }

    private static string? TextOf(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith(Encoding.UTF8.Preamble))
        {
            head = head[Encoding.UTF8.Preamble.Length..];
        }

        head = head.TrimStart(" \t\r\n"u8);
        if (head.IsEmpty)
        {
            return null;
        }

        if (head.StartsWith("<?xml"u8) || head.StartsWith("<net"u8))
        {
            return "the file is XML (an OpenVINO network, or an error of a download), not weights.";
        }

        return head[0] switch
        {
            (byte)'<' => "the file is a web page, not weights; the download address led to a page.",
            (byte)'{' or (byte)'[' when head[1..].IndexOfAnyInRange((byte)0x80, (byte)0xFF) < 0 && head.IndexOf((byte)0) < 0 =>
                "the file is JSON: an error of a download, or the index or configuration that stands beside weights; open the weights themselves.",
            _ => null,
        };
    }

    // ONNX and TensorFlow are protocol buffers. A ModelProto begins with its version (field 1) and then names its producer (field 2),
    // or has its graph (field 7) or opset (field 8); a SavedModel has version 1 and a MetaGraphDef (field 2), which holds a MetaInfoDef (field 1).
    private static string? ProtobufOf(ReadOnlySpan<byte> head)
    {
        if (head.Length < 16 || head[0] != 0x08 || head[1] is 0 or > 20)
        {
            return null;
        }

        bool named = head[2] == 0x12 && head[3] is > 0 and < 64 && IsText(head.Slice(4, Math.Min(head[3], head.Length - 4)));
        if (named || head[2] is 0x3A or 0x42)
        {
            return Endings[0].Text;
        }

        return head[1] == 1 && head[2] == 0x12 ? "the file is a TensorFlow SavedModel (.pb), which is not read; " + Export : null;
    }

    private static bool IsText(ReadOnlySpan<byte> bytes) => bytes.IndexOfAnyExceptInRange((byte)0x20, (byte)0x7E) < 0;
}
