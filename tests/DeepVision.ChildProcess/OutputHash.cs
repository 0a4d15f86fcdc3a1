using System.Runtime.InteropServices;
using System.Security.Cryptography;
using DeepVision.Cpu;
using DeepVision.Prediction;
using DeepVision.Tensors;

namespace DeepVision.ChildProcess;

/// <summary>Hashes of what models compute from seeded weights and a made image.</summary>
internal static class OutputHash
{
    /// <summary>For each model one line is written: its name, size, and the SHA-256 of all outputs' bits in the order of their names.</summary>
    /// <param name="threads">Threads that a run uses; 0 for all.</param>
    /// <param name="models">Each a preset and the side of its image, as <c>resnet50:224</c>.</param>
    internal static void Print(int threads, IEnumerable<string> models)
    {
        foreach (string named in models)
        {
            string[] parts = named.Split(':');
            using VisionModel model = VisionModel.FromPreset(parts[0]).InitializeWeights(seed: 7).Build();
            using CompiledModel compiled = model.CompileForCpu(new CpuOptions { Threads = threads });
            int side = int.Parse(parts[1]);
            var image = new HostTensor(new TensorShape(1, 3, side, side));
            for (int i = 0; i < image.Values.Length; i++)
            {
                image.Values[i] = ((i * 7919L % 1009) / 504.5f) - 1;
            }

            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach ((string _, HostTensor output) in compiled.Run(image).OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                hash.AppendData(MemoryMarshal.AsBytes(output.Values));
            }

            Console.WriteLine($"{named} {Convert.ToHexString(hash.GetHashAndReset())}");
        }
    }
}
