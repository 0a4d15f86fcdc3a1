using static TorchSharp.torch;

namespace DeepVision.Torch.Modules;

/// <summary>Puts a module into evaluation mode until it is disposed; then each part has its own mode again.</summary>
internal sealed class EvaluationMode : IDisposable
{
    private readonly (nn.Module Part, bool Training)[] _modes;

    internal EvaluationMode(nn.Module module)
    {
        _modes = [.. module.modules().Prepend(module).Select(part => (part, part.training))];
        module.eval();
    }

    /// <summary>Gives the modes back.</summary>
    public void Dispose()
    {
        // From the outside in: train(...) reaches everything below.
        foreach ((nn.Module part, bool training) in _modes)
        {
            part.train(training);
        }
    }
}
