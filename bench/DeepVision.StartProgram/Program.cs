// A small program as a user would write it, started by bench/start.py: loads weights, compiles, runs once, and says so.
//   DeepVision.StartProgram model=PRESET weights=FILE input=FILE batch=N height=N width=N threads=N [others]
// It ends at the end of its input.
using System.Runtime.InteropServices;
using DeepVision;
using DeepVision.Cpu;
using DeepVision.Prediction;
using DeepVision.Tensors;

Dictionary<string, string> given = args.Select(argument => argument.Split('=', 2)).ToDictionary(parts => parts[0], parts => parts[1]);
using VisionModel model = VisionModel.FromPreset(given["model"]).LoadWeights(given["weights"]).Build();
using CompiledModel compiled = model.CompileForCpu(new CpuOptions { Threads = int.Parse(given["threads"]) });
var input = new HostTensor(new TensorShape(int.Parse(given["batch"]), 3, int.Parse(given["height"]), int.Parse(given["width"])));
using (FileStream file = File.OpenRead(given["input"]))
{
    file.ReadExactly(MemoryMarshal.AsBytes(input.Values));
}

IReadOnlyDictionary<string, HostTensor> outputs = compiled.Run(input);
Console.WriteLine($"ready {compiled.Engine}, {outputs.Values.Sum(output => output.Values.Length)} outputs");
Console.ReadLine();
