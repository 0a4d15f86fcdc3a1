using DeepVision.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.FashionScenes.Training;

/// <summary>
/// The mean of the middle half of each of C3, C4 and C5 says the class, each by a linear layer of its own: small articles have
/// to be told on C3, and what lies around the article is not asked for. Outputs <c>C3</c>, <c>C4</c> and <c>C5</c>, (N, K).
/// </summary>
internal sealed class ArticleNamer : nn.Module<Tensor, IReadOnlyDictionary<string, Tensor>>
{
    public static readonly string[] Levels = ["C3", "C4", "C5"];
    private readonly VisionModule _body;
    private readonly TorchSharp.Modules.Linear[] _linears;

    public ArticleNamer(VisionModule body, int[] channels, int classes)
        : base("article namer")
    {
        _body = body;
        _linears = [.. channels.Select(inputs => nn.Linear(inputs, classes))];
        register_module("body", body);
        for (int i = 0; i < _linears.Length; i++)
        {
            register_module($"linear{i}", _linears[i]);
        }
    }

    public override IReadOnlyDictionary<string, Tensor> forward(Tensor input)
    {
        IReadOnlyDictionary<string, Tensor> features = _body.call(input);
        var outputs = new Dictionary<string, Tensor>();
        for (int i = 0; i < Levels.Length; i++)
        {
            Tensor map = features[Levels[i]];
            long side = map.shape[3], border = side / 4;
            Tensor middle = map.narrow(2, border, side - (2 * border)).narrow(3, border, side - (2 * border));
            outputs.Add(Levels[i], _linears[i].call(middle.mean([2, 3])));
        }

        return outputs;
    }
}
