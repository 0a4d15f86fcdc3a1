namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            /// <summary>
            /// Sets the learning rates of an optimiser's groups, epoch after epoch (or step after step, as the caller counts).
            /// </summary>
            public abstract class LRScheduler
            {
                /// <summary>How many steps were taken, with the first one at the start.</summary>
                protected int _step_count;

                internal readonly Optimizer _optimizer;
                internal readonly IList<double> _base_lrs;
                internal IList<double> _last_lrs;
                internal int _last_epoch;
                private readonly ILearningRateController[] _groups;
                private readonly bool _verbose;

                /// <summary>For the groups an optimiser has now.</summary>
                /// <param name="optimizer">The optimiser whose rates are set.</param>
                /// <param name="last_epoch">The epoch before; -1 at the start.</param>
                /// <param name="verbose">Whether changes are written to the console.</param>
                protected LRScheduler(Optimizer optimizer, int last_epoch = -1, bool verbose = false)
                {
                    ArgumentNullException.ThrowIfNull(optimizer);
                    _optimizer = optimizer;
                    _last_epoch = last_epoch;
                    _verbose = verbose;
                    _groups = [.. optimizer.ParamGroups];
                    _base_lrs = [.. _groups.Select(group => group.InitialLearningRate)];
                    _last_lrs = [.. _groups.Select(group => group.LearningRate)];
                }

                /// <summary>Sets the rates of the next epoch.</summary>
                public virtual void step() => step(null);

                /// <summary>Sets the rates of an epoch.</summary>
                /// <param name="epoch">The epoch, or null for the next.</param>
                public virtual void step(int? epoch)
                {
                    _step_count++;
                    _last_epoch = epoch ?? (_last_epoch + 1);
                    double[] rates = [.. epoch is null ? get_lr() : get_closed_form_lr()];
                    for (var i = 0; i < _groups.Length; i++)
                    {
                        if (_verbose && _last_lrs[i] != rates[i])
                        {
                            Console.WriteLine($"Learning rate of group {i}: {rates[i]}");
                        }

                        _groups[i].LearningRate = rates[i];
                    }

                    _last_lrs = rates;
                }

                /// <summary>Sets the rates of an epoch. The schedules here do not look at the metric.</summary>
                /// <param name="current">A metric.</param>
                /// <param name="epoch">The epoch, or null for the next.</param>
                public virtual void step(double current, int? epoch = null) => step(epoch);

                /// <summary>The rates set last, one a group.</summary>
                public IEnumerable<double> get_last_lr() => _last_lrs;

                /// <summary>The rates of the current epoch, from those of the one before.</summary>
                protected virtual IEnumerable<double> get_lr() => Rates(1);

                /// <summary>The rates of the current epoch, from the first ones.</summary>
                protected virtual IEnumerable<double> get_closed_form_lr() => get_lr();

                private protected IEnumerable<double> Rates(double factor) => CurrentRates((rate, _) => rate * factor);

                private protected IEnumerable<double> CurrentRates(Func<double, double, double> next) =>
                    _groups.Select((group, i) => next(group.LearningRate, _base_lrs[i]));

                private protected IEnumerable<double> BaseRates(Func<double, double> rate) => _base_lrs.Select(rate);
            }
        }
    }
}
