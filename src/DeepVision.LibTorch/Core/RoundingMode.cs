namespace TorchSharp;

public static partial class torch
{
    /// <summary>What becomes of the fraction of a quotient.</summary>
    public enum RoundingMode
    {
        /// <summary>It is kept.</summary>
        None = 0,

        /// <summary>The quotient is rounded towards zero.</summary>
        trunc = 1,

        /// <summary>The quotient is rounded down.</summary>
        floor = 2,
    }
}
