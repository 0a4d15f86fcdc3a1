namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>Multiplies the first rates by a function of the epoch.</summary>
                public class LambdaLR : LRScheduler
                {
                    private readonly Func<int, double>[] _factors;

                    /// <summary>Sets the rates of the first epoch, by one function for all groups.</summary>
                    /// <param name="optimizer">The optimiser whose rates are set.</param>
                    /// <param name="lr_lambda">The factor of each epoch, from 0.</param>
                    /// <param name="last_epoch">The epoch before; -1 at the start.</param>
                    /// <param name="verbose">Whether changes are written to the console.</param>
                    public LambdaLR(Optimizer optimizer, Func<int, double> lr_lambda, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        _factors = [.. Enumerable.Repeat(lr_lambda, _base_lrs.Count)];
                        step();
                    }

                    /// <summary>Sets the rates of the first epoch, by a function for each group.</summary>
                    /// <param name="optimizer">The optimiser whose rates are set.</param>
                    /// <param name="lr_lambdas">For each group, the factor of each epoch, from 0.</param>
                    /// <param name="last_epoch">The epoch before; -1 at the start.</param>
                    /// <param name="verbose">Whether changes are written to the console.</param>
                    public LambdaLR(
                        Optimizer optimizer, IEnumerable<Func<int, double>> lr_lambdas, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        _factors = [.. lr_lambdas];
                        if (_factors.Length != _base_lrs.Count)
                        {
                            throw new ArgumentException($"Expected {_base_lrs.Count} functions, one a group, found {_factors.Length}.", nameof(lr_lambdas));
                        }

                        step();
                    }

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_lr() => _factors.Select((factor, i) => _base_lrs[i] * factor(_last_epoch));
                }
            }
        }
    }
}
