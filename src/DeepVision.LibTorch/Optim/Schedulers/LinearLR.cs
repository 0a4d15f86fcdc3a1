namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>Leads the rates from one factor to another in a straight line: a warm-up.</summary>
                public class LinearLR : LRScheduler
                {
                    private readonly double _start;
                    private readonly double _end;
                    private readonly int _totalIters;

                    /// <summary>Sets the rates of the first epoch.</summary>
                    /// <param name="optimizer">The optimiser whose rates are set.</param>
                    /// <param name="start_factor">The first epoch's factor.</param>
                    /// <param name="end_factor">The factor at the end of the line.</param>
                    /// <param name="total_iters">The epochs until then.</param>
                    /// <param name="last_epoch">The epoch before; -1 at the start.</param>
                    /// <param name="verbose">Whether changes are written to the console.</param>
                    public LinearLR(
                        Optimizer optimizer, double start_factor = 1.0 / 3, double end_factor = 1.0, int total_iters = 5,
                        int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        _start = start_factor;
                        _end = end_factor;
                        _totalIters = total_iters;
                        step();
                    }

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_lr() 
                    {
                        if (_last_epoch == 0)
                        {
                            return Rates(_start);
                        }

                        // From the factor of the epoch before to that of this one.
                        var rise = _end - _start;
                        return Rates(_last_epoch > _totalIters ? 1 : 1 + (rise / ((_totalIters * _start) + ((_last_epoch - 1) * rise))));
                    }

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_closed_form_lr() =>
                        BaseRates(rate => rate * (_start + ((_end - _start) * Math.Min(_totalIters, _last_epoch) / _totalIters)));
                }
            }
        }
    }
}
