// What tests need a process of their own for.
//   compile OPERATIONS CLASS ...   has the JIT compile kernels
//   hash THREADS PRESET:SIZE ...   runs models and prints a hash of the outputs of each
//   processors   prints how many there are for this process
//   weights SEED FIRST COUNT FOLDER FILE ...   opens damaged copies of weight files
using DeepVision.ChildProcess;

switch (args)
{
    case ["compile", string operations, .. string[] classes]:
        KernelCompilation.Run(operations, classes);
        return 0;
    case ["hash", string threads, .. string[] models]:
        OutputHash.Print(int.Parse(threads), models);
        return 0;
    case ["processors"]:
        Console.WriteLine(Environment.ProcessorCount);
        return 0;
    case ["weights", string seed, string first, string count, string folder, .. string[] names]:
        WeightMutations.Run(ulong.Parse(seed), int.Parse(first), int.Parse(count), folder, names);
        return 0;
    default:
        Console.Error.WriteLine($"Unknown arguments: {string.Join(' ', args)}");
        return 2;
}
