using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>The common part of the convolutions: their parameters and how they are initialised.</summary>
public abstract class Convolution : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = nameof(weight))]
    private Parameter? _weight;

    [ComponentName(Name = nameof(bias))]
    private Parameter? _bias;

    private protected Convolution(
        string name, long in_channels, long out_channels, long[] kernel_size, long[] stride, long[]? padding, Padding? padding_type,
        long[] dilation, long groups, bool bias, PaddingModes padding_mode, Device? device, ScalarType? dtype)
        : base(name)
    {
        if (groups <= 0 || in_channels % groups != 0 || out_channels % groups != 0)
        {
            throw new ArgumentException($"{in_channels} input and {out_channels} output channels cannot be split into {groups} groups.", nameof(groups));
        }

        this.in_channels = in_channels;
        this.out_channels = out_channels;
        this.kernel_size = kernel_size;
        this.stride = stride;
        this.dilation = dilation;
        this.groups = groups;
        this.padding_mode = padding_mode;
        this.padding = padding;
        this.padding_type = padding_type;
        ReversedPadding = PaddingOfEachSide();

        weight = new Parameter(empty([out_channels, in_channels / groups, .. kernel_size], dtype, device));
        if (bias)
        {
            this.bias = new Parameter(empty([out_channels], dtype, device));
        }

        reset_parameters();
    }

    /// <summary>
    /// The kernels, (out_channels, in_channels / groups, kernel height, kernel width). A new one takes the place of the old, which is
    /// disposed.
    /// </summary>
    public Parameter weight
    {
        get => _weight!;
        set => SetComponent(ref _weight, value, nameof(weight));
    }

    /// <summary>What is added to each output channel, (out_channels), or null.</summary>
    public Parameter? bias
    {
        get => _bias;
        set => SetComponent(ref _bias, value, nameof(bias));
    }

    /// <summary>The input's channels.</summary>
    public long in_channels { get; }

    /// <summary>The output's channels.</summary>
    public long out_channels { get; }

    /// <summary>The kernel's extent along each axis.</summary>
    public long[] kernel_size { get; set; }

    /// <summary>The step along each axis.</summary>
    public long[] stride { get; set; }

    /// <summary>The padding on both sides of each axis, or null where <see cref="padding_type"/> says it.</summary>
    public long[]? padding { get; }

    /// <summary>The padding by its effect, or null where <see cref="padding"/> says it.</summary>
    public Padding? padding_type { get; }

    /// <summary>What the padding is filled with.</summary>
    public PaddingModes padding_mode { get; set; }

    /// <summary>The distance between the kernel's taps along each axis.</summary>
    public long[] dilation { get; set; }

    /// <summary>The groups into which the channels are split.</summary>
    public long groups { get; set; }

    /// <summary>The padding as functional.pad takes it: before and after, the last axis first.</summary>
    private protected long[] ReversedPadding { get; }

    /// <summary>Draws new values: uniform within +-1/sqrt(fan in), weight and bias alike.</summary>
    public void reset_parameters()
    {
        nn.init.kaiming_uniform_(weight, Math.Sqrt(5));
        if (_bias is not null)
        {
            var (fanIn, _) = nn.init.CalculateFanInAndFanOut(weight);
            if (fanIn != 0)
            {
                var bound = 1 / Math.Sqrt(fanIn);
                nn.init.uniform_(_bias, -bound, bound);
            }
        }
    }

    private long[] PaddingOfEachSide()
    {
        var sides = new long[2 * kernel_size.Length];
        for (var axis = 0; axis < kernel_size.Length; axis++)
        {
            var place = 2 * (kernel_size.Length - 1 - axis);
            if (padding is not null)
            {
                sides[place] = sides[place + 1] = padding[axis];
            }
            else if (padding_type == Padding.Same)
            {
                if (stride[axis] != 1)
                {
                    throw new ArgumentException($"Padding.Same needs stride 1, found {stride[axis]} along axis {axis}.");
                }

                var total = dilation[axis] * (kernel_size[axis] - 1);
                sides[place] = total / 2;
                sides[place + 1] = total - sides[place];
            }
        }

        return sides;
    }
}
