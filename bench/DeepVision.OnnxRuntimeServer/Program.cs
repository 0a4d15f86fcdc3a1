// ONNX Runtime as a peer of the yardstick, as a .NET program uses it, driven over standard input like DeepVision.BenchServer:
//   DeepVision.OnnxRuntimeServer weights=FILE.onnx input=FILE batch=N height=N width=N threads=N isa=native|avx2
// Commands: "output FILE" and "run N".
using DeepVision.OnnxRuntimeServer;
using Microsoft.ML.OnnxRuntime;

var options = args.Select(argument => argument.Split('=', 2)).ToDictionary(parts => parts[0], parts => parts[^1]);

// Opens the library, which is when hide_avx512.c hides AVX-512 from it.
string version = OrtEnv.Instance().GetVersionString();
if (options.GetValueOrDefault("isa") == "avx2" && !HiddenAvx512.IsHidden)
{
    Console.Error.WriteLine("ONNX Runtime was to be held to AVX2, but AVX-512 is not hidden from it.");
    return 3;
}

using var session = new OnnxSession(options, version);
session.Serve();
return 0;
