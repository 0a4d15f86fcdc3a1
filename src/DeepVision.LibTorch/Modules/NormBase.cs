using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>The common part of norms that keep running statistics: their parameters and buffers.</summary>
public abstract class NormBase : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = nameof(weight))]
    private Parameter? _weight;

    [ComponentName(Name = nameof(bias))]
    private Parameter? _bias;

    [ComponentName(Name = nameof(running_mean))]
    private Tensor? _runningMean;

    [ComponentName(Name = nameof(running_var))]
    private Tensor? _runningVar;

    [ComponentName(Name = nameof(num_batches_tracked))]
    private Tensor? _numBatchesTracked;

    private protected NormBase(
        long num_features, double eps, double? momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype,
        string name)
        : base(name)
    {
        this.num_features = num_features;
        this.eps = eps;
        this.momentum = momentum;
        this.affine = affine;
        this.track_running_stats = track_running_stats;
        if (affine)
        {
            weight = new Parameter(empty([num_features], dtype, device));
            bias = new Parameter(empty([num_features], dtype, device));
        }

        if (track_running_stats)
        {
            running_mean = empty([num_features], dtype, device);
            running_var = empty([num_features], dtype, device);
            num_batches_tracked = empty([], ScalarType.Int64, device);
        }

        reset_parameters();
    }

    /// <summary>The factors, (num_features); null inside without affine. A new one takes the place of the old, which is disposed.</summary>
    public Parameter weight
    {
        get => _weight!;
        set => SetComponent(ref _weight, value, nameof(weight));
    }

    /// <summary>The summands, (num_features), or null.</summary>
    public Parameter? bias
    {
        get => _bias;
        set => SetComponent(ref _bias, value, nameof(bias));
    }

    /// <summary>The running mean of each channel, (num_features), or null.</summary>
    public Tensor? running_mean
    {
        get => _runningMean;
        set => SetComponent(ref _runningMean, value, nameof(running_mean));
    }

    /// <summary>The running, unbiased variance of each channel, (num_features), or null.</summary>
    public Tensor? running_var
    {
        get => _runningVar;
        set => SetComponent(ref _runningVar, value, nameof(running_var));
    }

    /// <summary>How many batches the statistics come from, a 64-bit integer, or null.</summary>
    public Tensor? num_batches_tracked
    {
        get => _numBatchesTracked;
        set => SetComponent(ref _numBatchesTracked, value, nameof(num_batches_tracked));
    }

    /// <summary>The channels.</summary>
    public long num_features { get; }

    /// <summary>What is added to the variance before the square root.</summary>
    public double eps { get; set; }

    /// <summary>The weight of a new batch in the running statistics; null for the mean over all batches.</summary>
    public double? momentum { get; set; }

    /// <summary>Whether there are a weight and a bias.</summary>
    public bool affine { get; }

    /// <summary>Whether there are running statistics.</summary>
    public bool track_running_stats { get; }

    /// <summary>Sets the running statistics to mean 0, variance 1 and no batches.</summary>
    public void reset_running_stats()
    {
        if (track_running_stats)
        {
            nn.init.zeros_(_runningMean!);
            nn.init.ones_(_runningVar!);
            nn.init.zeros_(_numBatchesTracked!);
        }
    }

    /// <summary>Resets the running statistics, the weight to 1 and the bias to 0.</summary>
    public void reset_parameters()
    {
        reset_running_stats();
        if (affine)
        {
            nn.init.ones_(_weight!);
            nn.init.zeros_(_bias!);
        }
    }

    private protected abstract void CheckInput(Tensor input);
}
