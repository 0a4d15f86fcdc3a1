// DeepVision's CPU engine as an engine of the yardstick, driven over standard input by bench/yardstick.py:
//   DeepVision.BenchServer model=PRESET weights=FILE input=FILE batch=N height=N width=N threads=N isa=native|avx2
// or, from an image file to the best classes, by bench/photo.py:
//   DeepVision.BenchServer model=PRESET weights=FILE photo=FILE threads=N decode=reduced|full
// It says "ready ..." after the first result. Commands: "output FILE" runs once, writes the outputs one after the other and answers
// with the name and the count of each; "run N" answers with the milliseconds of N runs; "callers K SECONDS" with the images a
// second of K threads that share the compiled model; an empty line or the end of input ends it. With a photo there is also
// "stages N", the median milliseconds of each stage, and no "callers".
using System.Runtime.Intrinsics.X86;
using DeepVision.BenchServer;

var options = new ServerOptions(args);
if (options.Photo is null && options.HeldToAvx2 && (Avx512F.IsSupported || !Avx2.IsSupported))
{
    Console.Error.WriteLine(
        $"This process was to be held to AVX2 by DOTNET_EnableAVX512=0, but AVX-512 is {(Avx512F.IsSupported ? "on" : "off")} and AVX2 is {(Avx2.IsSupported ? "on" : "off")}.");
    return 3;
}

if (options.Photo is not null)
{
    using var photos = new PhotoServer(options);
    photos.Serve();
    return 0;
}

using var server = new Server(options);
server.Serve();
return 0;
