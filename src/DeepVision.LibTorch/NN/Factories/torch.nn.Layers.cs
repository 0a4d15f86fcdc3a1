using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    // Dropout, resizing, borders, and layers that only rearrange.
    public static partial class nn
    {
        /// <summary>While training, sets values to 0 at random and scales the others up.</summary>
        /// <param name="p">The probability of a 0.</param>
        /// <param name="inplace">Whether the input is changed; the result is then another handle of it.</param>
        public static Dropout Dropout(double p = 0.5, bool inplace = false) => new(p, inplace);

        /// <summary>While training, sets whole channels to 0 at random and scales the others up.</summary>
        /// <param name="p">The probability of a 0.</param>
        /// <param name="inplace">Whether the input is changed; the result is then another handle of it.</param>
        public static Dropout2d Dropout2d(double p = 0.5, bool inplace = false) => new(p, inplace);

        /// <summary>Makes several axes one.</summary>
        /// <param name="start_dim">The first axis of those that become one.</param>
        /// <param name="end_dim">The last of them.</param>
        public static Flatten Flatten(long start_dim = 1, long end_dim = -1) => new(start_dim, end_dim);

        /// <summary>Passes its input on, as another handle of it.</summary>
        public static Identity Identity() => new();

        /// <summary>Resizes images, to a size or by a factor.</summary>
        /// <param name="size">The new height and width, or null.</param>
        /// <param name="scale_factor">The factors of height and width, or null.</param>
        /// <param name="mode">How values between pixels are found.</param>
        /// <param name="align_corners">Whether the corner pixels' centres stay where they are; null for no.</param>
        /// <param name="recompute_scale_factor">Whether the factors are taken anew from the rounded size; null for no.</param>
        public static Upsample Upsample(
            long[]? size = null, double[]? scale_factor = null, UpsampleMode mode = UpsampleMode.Nearest, bool? align_corners = null,
            bool? recompute_scale_factor = null) => new(size, scale_factor, mode, align_corners, recompute_scale_factor);

        /// <summary>Adds a border of zeros to images.</summary>
        /// <param name="padding">How much on every side. Negative values cut.</param>
        public static ZeroPad2d ZeroPad2d(long padding) => new(padding, padding, padding, padding);

        /// <summary>Adds a border of zeros to images.</summary>
        /// <param name="padding">How much on the left, on the right, above and below. Negative values cut.</param>
        public static ZeroPad2d ZeroPad2d((long, long, long, long) padding) =>
            new(padding.Item1, padding.Item2, padding.Item3, padding.Item4);
    }
}
