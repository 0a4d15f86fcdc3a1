// Has the JIT compile the hot kernels of one instruction set, in a process of its own: what the JIT prints of its code is settled by
// environment variables that it reads when the process starts.
// Arguments: the name of the vector operations, and the names of the generic classes whose methods are to be compiled, each with
// every order of inputs and every epilogue. For each class one line is written: its name and how many methods were compiled.
using System.Reflection;
using System.Runtime.CompilerServices;
using DeepVision;

const string Tiles = "DeepVision.Cpu.Kernels.Tiles.";

Assembly library = typeof(VisionModel).Assembly;
Type operations = library.GetType($"DeepVision.Cpu.Kernels.Vectors.{args[0]}", throwOnError: true)!;
Type vector = operations.GetInterfaces().Single(face => face.IsGenericType).GetGenericArguments()[0];
foreach (string name in args.Skip(1))
{
    Type kernel = library.GetTypes().Single(type => type.IsGenericTypeDefinition && type.Name.Split('`')[0] == name);
    int compiled = 0;
    foreach (Type[] arguments in ArgumentsFor(kernel))
    {
        RuntimeTypeHandle[] handles = [.. arguments.Select(argument => argument.TypeHandle)];
        foreach (MethodInfo method in kernel.MakeGenericType(arguments).GetMethods(
            BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
        {
            RuntimeHelpers.PrepareMethod(method.MethodHandle, handles);
            compiled++;
        }
    }

    Console.WriteLine($"{name} {compiled}");
}

return 0;

List<Type[]> ArgumentsFor(Type kernel)
{
    List<Type[]> all = [[]];
    foreach (Type parameter in kernel.GetGenericArguments())
    {
        Type[] choices = parameter.Name switch
        {
            "TOps" => [operations],
            "TVector" => [vector],
            "TOrder" => Implementing($"{Tiles}IInputOrder"),
            "TEpilogue" => [.. Implementing($"{Tiles}ITileEpilogue`1").Select(type => type.MakeGenericType(operations, vector))],
            _ => throw new InvalidOperationException($"{kernel.Name} has a type parameter {parameter.Name}, of which nothing is known here."),
        };
        all = [.. all.SelectMany(_ => choices, (done, choice) => (Type[])[.. done, choice])];
    }

    return all;
}

Type[] Implementing(string face)
{
    Type definition = library.GetType(face, throwOnError: true)!;
    return [.. library.GetTypes().Where(type => type.IsValueType && type.GetInterfaces().Any(
        found => found == definition || (found.IsGenericType && found.GetGenericTypeDefinition() == definition)))];
}
