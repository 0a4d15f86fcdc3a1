namespace DeepVision.Demo;

/// <summary>The demo's command line.</summary>
internal sealed record DemoOptions
{
    private const string Usage =
        "usage: demo [--weights FILE --image FILE [--model NAME]] [--models FOLDER] [--output FOLDER] [--threads N]";

    /// <summary>A preset's name; null to recognize the weights.</summary>
    public string? Model { get; init; }

    public string? Weights { get; init; }

    public string? Image { get; init; }

    /// <summary>Where the shipped models stand.</summary>
    public string Models { get; init; } = "models";

    public string Output { get; init; } = Path.Combine("artifacts", "demo");

    /// <summary>0 for one a processor.</summary>
    public int Threads { get; init; }

    public static DemoOptions Parse(string[] args)
    {
        var options = new DemoOptions();
        for (int i = 0; i < args.Length; i += 2)
        {
            string value = i + 1 < args.Length ? args[i + 1] : throw new ArgumentException($"{args[i]} needs a value. {Usage}");
            options = args[i] switch
            {
                "--model" => options with { Model = value },
                "--weights" => options with { Weights = value },
                "--image" => options with { Image = value },
                "--models" => options with { Models = value },
                "--output" => options with { Output = value },
                "--threads" when int.TryParse(value, out int threads) && threads >= 0 => options with { Threads = threads },
                _ => throw new ArgumentException($"'{args[i]} {value}' is not understood. {Usage}"),
            };
        }

        bool complete = options.Weights is null ? options.Image is null && options.Model is null : options.Image is not null;
        return complete ? options : throw new ArgumentException($"--weights and --image go together. {Usage}");
    }
}
