namespace TorchSharp;

public static partial class torch
{
    /// <summary>The type of a tensor's elements, with libtorch's numbers.</summary>
    public enum ScalarType : sbyte
    {
        /// <summary>Unsigned, 8 bits.</summary>
        Byte = 0,

        /// <summary>Signed, 8 bits.</summary>
        Int8 = 1,

        /// <summary>Signed, 16 bits.</summary>
        Int16 = 2,

        /// <summary>Signed, 32 bits.</summary>
        Int32 = 3,

        /// <summary>Signed, 64 bits.</summary>
        Int64 = 4,

        /// <summary>IEEE half precision: 5 bits of exponent, 10 of fraction.</summary>
        Float16 = 5,

        /// <summary>IEEE single precision.</summary>
        Float32 = 6,

        /// <summary>IEEE double precision.</summary>
        Float64 = 7,

        /// <summary>Complex, of two single-precision numbers.</summary>
        ComplexFloat32 = 9,

        /// <summary>Complex, of two double-precision numbers.</summary>
        ComplexFloat64 = 10,

        /// <summary>True or false, in one byte.</summary>
        Bool = 11,

        /// <summary>Quantised, signed, 8 bits.</summary>
        QInt8 = 12,

        /// <summary>Quantised, unsigned, 8 bits.</summary>
        QUInt8 = 13,

        /// <summary>Quantised, signed, 32 bits.</summary>
        QInt32 = 14,

        /// <summary>The upper half of a single-precision number: 8 bits of exponent, 7 of fraction.</summary>
        BFloat16 = 15,
    }
}
