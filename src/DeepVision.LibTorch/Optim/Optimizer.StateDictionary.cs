using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public abstract partial class Optimizer
        {
            /// <summary>An optimiser's options and state. They are the optimiser's own, not copies.</summary>
            public class StateDictionary
            {
                internal StateDictionary()
                {
                }

                /// <summary>The options of each group.</summary>
                public List<OptimizerOptions> Options { get; private set; } = [];

                /// <summary>The state of each parameter, group after group.</summary>
                public List<OptimizerState> State { get; private set; } = [];

                /// <summary>For each group, the places of its parameters' states.</summary>
                public List<List<int>> StateIndexRef { get; private set; } = [];
            }
        }
    }
}
