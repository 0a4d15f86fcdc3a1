using DeepVision.Components;
using DeepVision.Heads;
using DeepVision.Prediction;
using DeepVision.Tensors;

namespace DeepVision.Tests.Models;

/// <summary>Every backbone with every neck and every head: it builds and runs one image, or fails in Build naming both parts.</summary>
public sealed class CompositionMatrixTests
{
    private static readonly HashSet<(string Backbone, string Neck, string Head)> PairsRun = [];

    public static TheoryData<string, string> Pairs
    {
        get
        {
            var pairs = new TheoryData<string, string>();
            foreach (string backbone in CompositionParts.Backbones.Keys)
            {
                foreach (string neck in CompositionParts.Necks.Keys)
                {
                    pairs.Add(backbone, neck);
                }
            }

            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Build_EveryHead_RunsOrNamesBothParts(string backbone, string neck)
    {
        foreach ((string head, Func<Head?> createHead) in CompositionParts.Heads)
        {
            VisionModelBuilder builder = VisionModel.Create().UseBackbone(CompositionParts.Backbones[backbone]()).InitializeWeights();
            Neck[] necks = CompositionParts.Necks[neck]();
            foreach (Neck part in necks)
            {
                builder.UseNeck(part);
            }

            if (createHead() is { } end)
            {
                builder.UseHead(end);
            }

            if (CompositionRules.Fit(backbone, neck, head))
            {
                // What is structurally equal is only built: each pair of two parts runs at least once.
                using VisionModel model = builder.Build();
                if (Pending(backbone, neck, head))
                {
                    Run(model);
                }
            }
            else
            {
                var exception = Assert.Throws<ModelBuildException>(builder.Build);
                Assert.True(exception.Component is not null && exception.Upstream is not null, $"{backbone} + {neck} + {head}: {exception.Message}");
                Assert.Contains(exception.Component, exception.Message, StringComparison.Ordinal);
                Assert.Contains(exception.Upstream, exception.Message, StringComparison.Ordinal);
                Assert.Contains("expected", exception.Message, StringComparison.Ordinal);
            }
        }
    }

    /// <summary>No part of the library, and nothing that the builder offers, is left out above.</summary>
    [Fact]
    public void Parts_OfTheLibrary_AreAllInTheMatrix()
    {
        Type[] covered =
        [
            .. CompositionParts.Backbones.Values.Select(create => create().GetType()),
            .. CompositionParts.Necks.Values.SelectMany(create => create()).Select(neck => neck.GetType()),
            .. CompositionParts.Heads.Values.Select(create => create()).OfType<Head>().Select(head => head.GetType()),
        ];
        Type[] library = typeof(Backbone).Assembly.GetTypes();
        IEnumerable<Type> parts = library.Where(type => !type.IsAbstract
            && (type.IsSubclassOf(typeof(Backbone)) || type.IsSubclassOf(typeof(Neck)) || type.IsSubclassOf(typeof(Head))));
        Assert.Equal(parts.Select(type => type.Name).Order(), covered.Select(type => type.Name).Distinct().Order());

        // VggBuilderExtensions offers a VggBackbone, FcosBuilderExtensions an FcosHead, VggHeadBuilderExtensions a VggHead.
        const string Suffix = "BuilderExtensions";
        string[] offered =
        [
            .. library.Where(type => type.GetMethods().Any(method => method.IsStatic && method.Name.StartsWith("Use", StringComparison.Ordinal)
                && method.GetParameters() is [{ ParameterType: var first }, ..] && first == typeof(VisionModelBuilder)))
                .Select(type => type.Name),
        ];
        Assert.All(offered, name => Assert.EndsWith(Suffix, name, StringComparison.Ordinal));
        Assert.Equal(covered.Select(type => type.Name).Distinct().Order(), offered.Select(PartOf).Order());

        string PartOf(string extension) => new[] { "", "Backbone", "Head", "Neck" }.Select(kind => extension[..^Suffix.Length] + kind)
            .FirstOrDefault(name => covered.Any(type => type.Name == name)) ?? $"the part of {extension}";
    }

    // Cases of one class run one after the other.
    private static bool Pending(string backbone, string neck, string head) =>
        PairsRun.Add(("", neck, head)) | PairsRun.Add((backbone, "", head)) | PairsRun.Add((backbone, neck, ""));

    private static void Run(VisionModel model)
    {
        using CompiledModel compiled = model.CompileForCpu();
        var input = new HostTensor(new TensorShape(1, 3, 64, 96));
        input.Values.Fill(0.5f);

        IReadOnlyDictionary<string, HostTensor> outputs = compiled.Run(input);

        // Values that grow through 150 layers without statistics of their own may leave no proposal.
        string[] kept = model.Task is FasterRcnnTask ? [FasterRcnnTask.ProposalsOutput] : [];
        IEnumerable<string> given = model.Stages
            .Where(stage => stage.Step is null || outputs[FasterRcnnTask.ProposalsOutput].Shape[0] > 0)
            .SelectMany(stage => stage.Graph.Outputs)
            .Select(output => output.Name);
        Assert.Equal(given.Concat(kept).Order(), outputs.Keys.Order());
        foreach (HostTensor output in outputs.Values)
        {
            foreach (float value in output.Values)
            {
                Assert.True(float.IsFinite(value));
            }
        }
    }
}
