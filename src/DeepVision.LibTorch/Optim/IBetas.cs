namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        /// <summary>What averages gradients and their squares.</summary>
        public interface IBetas
        {
            /// <summary>The shares of the averages that stay at each step.</summary>
            (double, double) Betas { get; set; }
        }
    }
}
