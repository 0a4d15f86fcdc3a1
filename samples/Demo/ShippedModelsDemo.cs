using DeepVision.Cpu;
using DeepVision.FashionScenes;
using DeepVision.Prediction;
using DeepVision.Preprocessing;
using DeepVision.Tensors;
using DeepVision.Zoo;

namespace DeepVision.Demo;

/// <summary>The detector on three test scenes, and the classifier on articles of the test set.</summary>
internal static class ShippedModelsDemo
{
    private const int Scenes = 3;
    private const int Articles = 10;

    public static void Run(DemoOptions options)
    {
        FashionArticles articles = FashionArticles.Load(FashionSplit.Test);
        var output = new DemoOutput(options.Output);
        Detect(options, output);
        Classify(options, output, articles);
    }

    private static void Detect(DemoOptions options, DemoOutput output)
    {
        using CompiledModel detector = Compile(options, "fashion-scenes-retinanet");
        SceneGenerator generator = SceneGenerator.Create(FashionSplit.Test);

        // The first run also plans the shape and compiles the code; the times shown are those of a warm one.
        detector.Detect(generator.Render(0).Image);
        for (int i = 0; i < Scenes; i++)
        {
            Scene scene = generator.Render(i);
            Console.WriteLine($"truth: {string.Join(", ", scene.Objects.Where(o => !o.Ignored).Select(o => FashionMnist.Classes[o.Label]))}");
            output.Show($"scene-{i}", scene.Image, detector.Detect(scene.Image, new PredictionOptions { MinScore = 0.3f }));
        }
    }

    private static void Classify(DemoOptions options, DemoOutput output, FashionArticles articles)
    {
        using CompiledModel classifier = Compile(options, "fashion-resnet20");
        RgbImage[] images = [.. Enumerable.Range(0, Articles).Select(articles.GetImage)];
        classifier.Classify(images[0]);
        int right = 0;
        for (int i = 0; i < Articles; i++)
        {
            Predictions<Classification> answer = classifier.Classify(images[i], new PredictionOptions { Top = 1 });
            Console.WriteLine($"truth: {FashionMnist.Classes[articles.GetLabel(i)]}");
            output.Show($"article-{i}", images[i], answer);
            right += answer[0].ClassIndex == articles.GetLabel(i) ? 1 : 0;
        }

        Console.WriteLine($"{right} of {Articles} articles right");
    }

    private static CompiledModel Compile(DemoOptions options, string folder)
    {
        using VisionModel model = VisionModel.FromManifest(Path.Combine(options.Models, folder)).Build();
        CompiledModel compiled = model.CompileForCpu(new CpuOptions { Threads = options.Threads });
        Console.WriteLine($"{model}; {compiled.Engine}");
        return compiled;
    }
}
