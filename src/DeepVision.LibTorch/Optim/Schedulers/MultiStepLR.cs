namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>Multiplies the rates by a factor at given epochs.</summary>
                public class MultiStepLR : LRScheduler
                {
                    private readonly int[] _milestones;
                    private readonly double _gamma;

                    /// <summary>Sets the rates of the first epoch.</summary>
                    /// <param name="optimizer">The optimiser whose rates are set.</param>
                    /// <param name="milestones">The epochs.</param>
                    /// <param name="gamma">The factor.</param>
                    /// <param name="last_epoch">The epoch before; -1 at the start.</param>
                    /// <param name="verbose">Whether changes are written to the console.</param>
                    public MultiStepLR(
                        Optimizer optimizer, IList<int> milestones, double gamma = 0.1, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        _milestones = [.. milestones.Distinct().Order()];
                        _gamma = gamma;
                        step();
                    }

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_lr() => Rates(_milestones.Contains(_last_epoch) ? _gamma : 1);

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_closed_form_lr() =>
                        BaseRates(rate => rate * Math.Pow(_gamma, _milestones.Count(milestone => milestone <= _last_epoch)));
                }
            }
        }
    }
}
