namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>Multiplies the rates by a factor for the first epochs.</summary>
                public class ConstantLR : LRScheduler
                {
                    private readonly double _factor;
                    private readonly int _totalIters;

                    /// <summary>Sets the rates of the first epoch.</summary>
                    /// <param name="optimizer">The optimiser whose rates are set.</param>
                    /// <param name="factor">The factor.</param>
                    /// <param name="total_iters">How many epochs it holds.</param>
                    /// <param name="last_epoch">The epoch before; -1 at the start.</param>
                    /// <param name="verbose">Whether changes are written to the console.</param>
                    public ConstantLR(
                        Optimizer optimizer, double factor = 1.0 / 3, int total_iters = 5, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        _factor = factor;
                        _totalIters = total_iters;
                        step();
                    }

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_lr() =>
                        Rates(_last_epoch == 0 ? _factor : _last_epoch == _totalIters ? 1 / _factor : 1);

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_closed_form_lr() =>
                        BaseRates(rate => rate * (_last_epoch >= _totalIters ? 1 : _factor));
                }
            }
        }
    }
}
