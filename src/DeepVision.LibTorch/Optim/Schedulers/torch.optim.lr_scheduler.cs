namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        /// <summary>Schedules of learning rates.</summary>
        public static partial class lr_scheduler
        {
            /// <summary>Multiplies the rates by a factor every few epochs.</summary>
            /// <param name="optimizer">The optimiser whose rates are set.</param>
            /// <param name="step_size">The epochs between two changes.</param>
            /// <param name="gamma">The factor.</param>
            /// <param name="last_epoch">The epoch before; -1 at the start.</param>
            /// <param name="verbose">Whether changes are written to the console.</param>
            public static LRScheduler StepLR(
                Optimizer optimizer, int step_size, double gamma = 0.1, int last_epoch = -1, bool verbose = false) =>
                new impl.StepLR(optimizer, step_size, gamma, last_epoch, verbose);

            /// <summary>Multiplies the rates by a factor at given epochs.</summary>
            /// <param name="optimizer">The optimiser whose rates are set.</param>
            /// <param name="milestones">The epochs.</param>
            /// <param name="gamma">The factor.</param>
            /// <param name="last_epoch">The epoch before; -1 at the start.</param>
            /// <param name="verbose">Whether changes are written to the console.</param>
            public static LRScheduler MultiStepLR(
                Optimizer optimizer, IList<int> milestones, double gamma = 0.1, int last_epoch = -1, bool verbose = false) =>
                new impl.MultiStepLR(optimizer, milestones, gamma, last_epoch, verbose);

            /// <summary>Multiplies the first rates by a function of the epoch.</summary>
            /// <param name="optimizer">The optimiser whose rates are set.</param>
            /// <param name="lr_lambda">The factor of each epoch, from 0.</param>
            /// <param name="last_epoch">The epoch before; -1 at the start.</param>
            /// <param name="verbose">Whether changes are written to the console.</param>
            public static LRScheduler LambdaLR(
                Optimizer optimizer, Func<int, double> lr_lambda, int last_epoch = -1, bool verbose = false) =>
                new impl.LambdaLR(optimizer, lr_lambda, last_epoch, verbose);

            /// <summary>Multiplies the rates by a factor for the first epochs.</summary>
            /// <param name="optimizer">The optimiser whose rates are set.</param>
            /// <param name="factor">The factor.</param>
            /// <param name="total_iters">How many epochs it holds.</param>
            /// <param name="last_epoch">The epoch before; -1 at the start.</param>
            /// <param name="verbose">Whether changes are written to the console.</param>
            public static LRScheduler ConstantLR(
                Optimizer optimizer, double factor = 1.0 / 3, int total_iters = 5, int last_epoch = -1, bool verbose = false) =>
                new impl.ConstantLR(optimizer, factor, total_iters, last_epoch, verbose);

            /// <summary>Leads the rates from one factor to another in a straight line: a warm-up.</summary>
            /// <param name="optimizer">The optimiser whose rates are set.</param>
            /// <param name="start_factor">The first epoch's factor.</param>
            /// <param name="end_factor">The factor at the end of the line.</param>
            /// <param name="total_iters">The epochs until then.</param>
            /// <param name="last_epoch">The epoch before; -1 at the start.</param>
            /// <param name="verbose">Whether changes are written to the console.</param>
            public static LRScheduler LinearLR(
                Optimizer optimizer, double start_factor = 1.0 / 3, double end_factor = 1.0, int total_iters = 5, int last_epoch = -1,
                bool verbose = false) => new impl.LinearLR(optimizer, start_factor, end_factor, total_iters, last_epoch, verbose);

            /// <summary>Leads the rates down to a least one along half a cosine, and up again after that.</summary>
            /// <param name="optimizer">The optimiser whose rates are set.</param>
            /// <param name="T_max">The epochs until the least rate.</param>
            /// <param name="eta_min">The least rate.</param>
            /// <param name="last_epoch">The epoch before; -1 at the start.</param>
            /// <param name="verbose">Whether changes are written to the console.</param>
            public static LRScheduler CosineAnnealingLR(
                Optimizer optimizer, double T_max, double eta_min = 0, int last_epoch = -1, bool verbose = false) =>
                new impl.CosineAnnealingLR(optimizer, T_max, eta_min, last_epoch, verbose);

            /// <summary>Schedules that follow one another.</summary>
            /// <param name="optimizer">The optimiser whose rates are set.</param>
            /// <param name="schedulers">The schedules, made for the same optimiser.</param>
            /// <param name="milestones">The epochs at which the second and the following begin.</param>
            /// <param name="last_epoch">The epoch before; -1 at the start.</param>
            public static LRScheduler SequentialLR(
                Optimizer optimizer, IEnumerable<LRScheduler> schedulers, IEnumerable<int> milestones, int last_epoch = -1) =>
                new impl.SequentialLR(optimizer, schedulers, milestones, last_epoch);

            /// <summary>The classes of the schedules.</summary>
            public static partial class impl
            {
            }
        }
    }
}
