namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>Leads the rates down to a least one along half a cosine, and up again after that.</summary>
                public class CosineAnnealingLR : LRScheduler
                {
                    private readonly double _period;
                    private readonly double _least;

                    /// <summary>Sets the rates of the first epoch.</summary>
                    /// <param name="optimizer">The optimiser whose rates are set.</param>
                    /// <param name="T_max">The epochs until the least rate.</param>
                    /// <param name="eta_min">The least rate.</param>
                    /// <param name="last_epoch">The epoch before; -1 at the start.</param>
                    /// <param name="verbose">Whether changes are written to the console.</param>
                    public CosineAnnealingLR(
                        Optimizer optimizer, double T_max, double eta_min = 0, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        _period = T_max;
                        _least = eta_min;
                        step();
                    }

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_lr() 
                    {
                        if (_last_epoch == 0)
                        {
                            return Rates(1);
                        }

                        // Where the quotient of two cosines has no value, at the bottom, the rate rises by a sum.
                        if ((_last_epoch - 1 - _period) % (2 * _period) == 0)
                        {
                            var rise = (1 - Math.Cos(Math.PI / _period)) / 2;
                            return CurrentRates((rate, start) => rate + ((start - _least) * rise));
                        }

                        var factor = (1 + Math.Cos(Math.PI * _last_epoch / _period)) / (1 + Math.Cos(Math.PI * (_last_epoch - 1) / _period));
                        return CurrentRates((rate, _) => (factor * (rate - _least)) + _least);
                    }

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_closed_form_lr() =>
                        BaseRates(rate => _least + ((rate - _least) * (1 + Math.Cos(Math.PI * _last_epoch / _period)) / 2));
                }
            }
        }
    }
}
