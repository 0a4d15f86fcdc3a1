using System.Reflection;
using System.Runtime.CompilerServices;

namespace DeepVision.ChildProcess;

/// <summary>
/// Has the JIT compile the hot kernels of one instruction set; that it prints its code is settled by environment variables that it
/// reads when the process starts.
/// </summary>
internal static class KernelCompilation
{
    private const string Tiles = "DeepVision.Cpu.Kernels.Tiles.";
    private const string Grouped = "DeepVision.Cpu.Kernels.Grouped.";
    private static readonly Assembly s_library = typeof(VisionModel).Assembly;

    /// <summary>For each class one line is written: its name and how many methods were compiled.</summary>
    /// <param name="operationsName">The name of the vector operations.</param>
    /// <param name="classes">Generic classes whose methods are to be compiled, each with every order of inputs and every epilogue.</param>
    internal static void Run(string operationsName, IEnumerable<string> classes)
    {
        Type operations = s_library.GetType($"DeepVision.Cpu.Kernels.Vectors.{operationsName}", throwOnError: true)!;
        foreach (string name in classes)
        {
            Type kernel = s_library.GetTypes().Single(type => type.IsGenericTypeDefinition && type.Name.Split('`')[0] == name);
            int compiled = 0;
            foreach (Type[] arguments in ArgumentsFor(kernel, operations))
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
    }

    private static List<Type[]> ArgumentsFor(Type kernel, Type operations)
    {
        Type vector = operations.GetInterfaces().Single(face => face.IsGenericType).GetGenericArguments()[0];
        List<Type[]> all = [[]];
        foreach (Type parameter in kernel.GetGenericArguments())
        {
            Type[] choices = parameter.Name switch
            {
                "TOps" => [operations],
                "TVector" => [vector],
                "TOrder" => Implementing($"{Tiles}IInputOrder"),
                "TInput" => [.. Implementing($"{Grouped}IGroupInput`1").Select(type => type.MakeGenericType(operations, vector))],
                "TEpilogue" => [.. Implementing($"{Tiles}ITileEpilogue`1").Select(type => type.MakeGenericType(operations, vector))],
                _ => throw new InvalidOperationException($"{kernel.Name} has a type parameter {parameter.Name}, of which nothing is known here."),
            };
            all = [.. all.SelectMany(_ => choices, (done, choice) => (Type[])[.. done, choice])];
        }

        return all;
    }

    private static Type[] Implementing(string face)
    {
        Type definition = s_library.GetType(face, throwOnError: true)!;
        return [.. s_library.GetTypes().Where(type => type.IsValueType && type.GetInterfaces().Any(
            found => found == definition || (found.IsGenericType && found.GetGenericTypeDefinition() == definition)))];
    }
}
