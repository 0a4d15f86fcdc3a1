// The TorchSharp runtime as an engine of side-by-side benchmarks, driven by bench/compare_torch.py:
//   DeepVision.TorchServer serve model=resnet50 weights=F input=F batch=1 height=224 width=224 device=cpu|cuda
//                                precision=float32|tf32|float16|bfloat16 format=contiguous|channels-last norm=separate|folded [threads=N]
//   DeepVision.TorchServer parity cpu|cuda [float16]      every preset there against the CPU engine
using DeepVision.Torch;
using DeepVision.TorchServer;

try
{
    TorchRuntime.Initialize();
}
catch (DllNotFoundException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 3;
}

switch (args)
{
    case ["serve", .. var rest]:
        using (var server = new Server(new ServerOptions(rest)))
        {
            server.Serve();
        }

        return 0;
    case ["parity", "cpu" or "cuda", ..]:
        return DeviceParity.Check(args[1] == "cuda" ? TorchDevice.Cuda() : TorchDevice.Cpu, args.Contains("float16")) ? 0 : 1;
    default:
        Console.Error.WriteLine("usage: DeepVision.TorchServer serve NAME=VALUE ... | parity cpu|cuda [float16]");
        return 2;
}
