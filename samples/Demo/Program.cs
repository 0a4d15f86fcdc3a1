// What demo.sh runs: the shipped models on scenes and articles, or any weights on any photo.
using DeepVision.Demo;

try
{
    DemoOptions options = DemoOptions.Parse(args);
    if (options.Weights is not null)
    {
        OwnWeightsDemo.Run(options);
    }
    else
    {
        ShippedModelsDemo.Run(options);
    }

    Console.WriteLine("demo: ok");
    return 0;
}
catch (Exception exception) when (exception is not OutOfMemoryException)
{
    Console.Error.WriteLine($"demo: {exception.Message}");
    return 1;
}
