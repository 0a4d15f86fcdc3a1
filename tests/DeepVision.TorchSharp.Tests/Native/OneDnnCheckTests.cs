using DeepVision.Torch.Native;

namespace DeepVision.Tests.Torch.Native;

/// <summary>What is decided about oneDNN, whatever it does on this machine.</summary>
public sealed class OneDnnCheckTests
{
    private readonly List<string> _said = [];
    private readonly List<bool> _turned = [];

    [TorchFact]
    public void Decide_RightAnswers_ChangesNothingAndSaysNothing()
    {
        OneDnnCheck.Decide(OneDnnCheck.ByLibTorch, _turned.Add, _said.Add);

        Assert.Empty(_turned);
        Assert.Empty(_said);
    }

    [TorchFact]
    public void Decide_ChannelsDropped_SwitchesItOffAndSaysSoOnce()
    {
        OneDnnCheck.Decide((images, weights, channels) => Convolve(images, weights, channels, isBroken: _turned.Count == 0), _turned.Add, _said.Add);

        Assert.Equal([false], _turned);
        string said = Assert.Single(_said);
        Assert.Contains("WARNING", said, StringComparison.Ordinal);
        Assert.Contains("24 channels is off by", said, StringComparison.Ordinal);
        Assert.Contains("Initialize(OneDnnUse.Off)", said, StringComparison.Ordinal);
    }

    [TorchFact]
    public void Decide_NotANumber_SwitchesItOff()
    {
        OneDnnCheck.Decide(
            (images, weights, channels) =>
            {
                float[] sums = OneDnnCheck.ByLibTorch(images, weights, channels);
                sums[3] = _turned.Count == 0 && channels == 120 ? float.NaN : sums[3];
                return sums;
            },
            _turned.Add,
            _said.Add);

        Assert.Equal([false], _turned);
        Assert.Contains("120 channels", Assert.Single(_said), StringComparison.Ordinal);
    }

    [TorchFact]
    public void Decide_WrongWithoutItToo_RefusesToCompute()
    {
        var exception = Assert.Throws<NotSupportedException>(() => OneDnnCheck.Decide(
            (images, weights, channels) => Convolve(images, weights, channels, isBroken: true), _turned.Add, _said.Add));

        Assert.Contains("CompileForCpu", exception.Message, StringComparison.Ordinal);
        Assert.Empty(_said);
    }

    // As oneDNN does it where it takes the caches for empty: channels that do not fill a block of 16 are left out.
    private static float[] Convolve(float[] images, float[] weights, int channels, bool isBroken)
    {
        if (!isBroken)
        {
            return OneDnnCheck.ByLibTorch(images, weights, channels);
        }

        float[] less = [.. images];
        int plane = images.Length / 2 / channels;
        foreach (int image in (int[])[0, 1])
        {
            less.AsSpan(((image * channels) + (channels / 16 * 16)) * plane, channels % 16 * plane).Clear();
        }

        return OneDnnCheck.ByLibTorch(less, weights, channels);
    }
}
