using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using DeepVision.Heads;
using DeepVision.Tensors;
using DeepVision.Torch;
using DeepVision.Torch.Inference;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.TorchServer;

/// <summary>
/// Times a module on a tensor that lies on its device. Commands on standard input: "output FILE" writes all outputs, "run N"
/// prints the milliseconds of N runs, "peak" the peak resident memory in bytes; an empty line ends it.
/// </summary>
internal sealed class Server : IDisposable
{
    private readonly VisionModule _module;
    private readonly Tensor _input;
    private readonly bool _isCuda;
    private readonly int? _threads;

    public Server(ServerOptions options)
    {
        TorchOptions how = options.Torch;
        backends.cuda.matmul.allow_tf32 = options.Precision == "tf32";
        backends.cudnn.allow_tf32 = options.Precision == "tf32";
        using VisionModel model = VisionModel.FromPreset(options.Model).LoadWeights(options.Weights).Build();
        _module = model.ToTorchSharp(how);
        _threads = how.Threads;
        _isCuda = how.Device.Type == DeviceType.CUDA;
        _input = Read(options.Input, options.Shape, _module.parameters().First(), how.MemoryFormat);
    }

    public void Serve()
    {
        Console.WriteLine($"ready {TorchSource.Name}, {_threads ?? get_num_threads()} threads");
        while (Console.ReadLine() is { Length: > 0 } line)
        {
            string[] words = line.Split(' ', 2);
            Console.WriteLine(words[0] switch
            {
                "output" => Write(words[1]),
                "run" => string.Join(' ', Time(int.Parse(words[1], CultureInfo.InvariantCulture))),
                "peak" => Process.GetCurrentProcess().PeakWorkingSet64.ToString(CultureInfo.InvariantCulture),
                _ => $"'{line}' is no command; expected output FILE, run N or peak.",
            });
        }
    }

    public void Dispose()
    {
        _input.Dispose();
        _module.Dispose();
    }

    private static Tensor Read(string file, TensorShape shape, Tensor like, TorchMemoryFormat format)
    {
        using DisposeScope scope = NewDisposeScope();
        float[] values = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(file)).ToArray();
        Tensor image = from_array(values).reshape([.. shape.ToArray().Select(extent => (long)extent)]).to(like.dtype).to(like.device);
        if (format == TorchMemoryFormat.ChannelsLast)
        {
            image = image.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
        }

        return image.MoveToOuterDisposeScope();
    }

    // A classifier's logits, or all outputs in the order of their names, as float32: as the peer writes them.
    private string Write(string path)
    {
        using DisposeScope scope = NewDisposeScope();
        using var inference = inference_mode();
        using FileStream file = File.Create(path);
        IReadOnlyDictionary<string, Tensor> outputs = _module.call(_input);
        Tensor[] written = outputs.TryGetValue(ClassificationTask.LogitsOutput, out Tensor? logits)
            ? [logits]
            : [.. outputs.OrderBy(output => output.Key, StringComparer.Ordinal).Select(output => output.Value)];
        foreach (Tensor output in written)
        {
            using DisposeScope copies = NewDisposeScope();
            file.Write(output.to(ScalarType.Float32).cpu().contiguous().bytes);
        }

        return "written";
    }

    private IEnumerable<string> Time(int runs)
    {
        using var inference = inference_mode();
        for (int i = 0; i < runs; i++)
        {
            Synchronize();
            long start = Stopwatch.GetTimestamp();
            using (NewDisposeScope())
            {
                _module.call(_input);
                Synchronize();
            }

            yield return Stopwatch.GetElapsedTime(start).TotalMilliseconds.ToString("0.000", CultureInfo.InvariantCulture);
        }
    }

    private void Synchronize()
    {
        if (_isCuda)
        {
            cuda.synchronize();
        }
    }
}
