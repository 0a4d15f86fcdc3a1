// ONNX Runtime as a peer of the yardstick, as a .NET program uses it, driven over standard input like DeepVision.BenchServer:
//   DeepVision.OnnxRuntimeServer weights=FILE.onnx input=FILE batch=N height=N width=N threads=N isa=native|avx2
// Commands: "output FILE" and "run N".
using DeepVision.OnnxRuntimeServer;

var options = args.Select(argument => argument.Split('=', 2)).ToDictionary(parts => parts[0], parts => parts[^1]);
if (options.GetValueOrDefault("isa") == "avx2" && !OnnxSession.IsHeldToAvx2)
{
    Console.Error.WriteLine("ONNX Runtime was to be held to AVX2, but AVX-512 is not hidden from it.");
    return 3;
}

using var session = new OnnxSession(options);
session.Serve();
return 0;
