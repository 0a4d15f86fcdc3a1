namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>Schedules that follow one another.</summary>
                public class SequentialLR : LRScheduler
                {
                    private readonly LRScheduler[] _schedulers;
                    private readonly int[] _milestones;

                    /// <summary>Sets the rates of the first schedule's first epoch.</summary>
                    /// <param name="optimizer">The optimiser whose rates are set.</param>
                    /// <param name="schedulers">The schedules, made for the same optimiser.</param>
                    /// <param name="milestones">The epochs at which the second and the following begin.</param>
                    /// <param name="last_epoch">The epoch before; -1 at the start.</param>
                    /// <exception cref="ArgumentException">The schedules do not fit the optimiser or the milestones.</exception>
                    public SequentialLR(
                        Optimizer optimizer, IEnumerable<LRScheduler> schedulers, IEnumerable<int> milestones, int last_epoch = -1)
                        : base(optimizer, last_epoch + 1, false)
                    {
                        _schedulers = [.. schedulers];
                        _milestones = [.. milestones];
                        if (_schedulers.Any(scheduler => scheduler._optimizer != optimizer))
                        {
                            throw new ArgumentException("A schedule was made for another optimiser.", nameof(schedulers));
                        }

                        if (_schedulers.Length != _milestones.Length + 1)
                        {
                            throw new ArgumentException(
                                $"Expected one schedule more than milestones, found {_schedulers.Length} and {_milestones.Length}.", nameof(milestones));
                        }

                        // Each schedule has taken its first step when it was made; only the first one's counts.
                        foreach (var group in optimizer.ParamGroups)
                        {
                            group.LearningRate = group.InitialLearningRate;
                        }

                        foreach (var scheduler in _schedulers)
                        {
                            scheduler._last_epoch--;
                        }

                        _schedulers[0].step();
                        _last_lrs = _schedulers[0]._last_lrs;
                    }

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_lr()
                    {
                        var current = _milestones.Count(milestone => milestone <= _last_epoch);
                        if (current > 0 && _milestones[current - 1] == _last_epoch)
                        {
                            _schedulers[current].step(0);
                        }
                        else
                        {
                            _schedulers[current].step();
                        }

                        return Rates(1);
                    }
                }
            }
        }
    }
}
