using System.Runtime.CompilerServices;
using DeepVision.Cpu.Kernels.Elementwise;
using DeepVision.Cpu.Kernels.Vectors;
using DeepVision.Cpu.Planning;

namespace DeepVision.Cpu.Kernels.Tokens;

/// <summary>
/// softmax(q k^T / sqrt(d)) v for each head. An item is two vectors of queries of one head: scores lie as (token, query), so
/// that keys are read where they are and the softmax runs over whole vectors; scores of the item stay in the second-level cache.
/// </summary>
internal sealed unsafe class Attention<TOps, TVector> : Step
    where TOps : struct, IVectorOps<TVector>
    where TVector : struct
{
    private const int PartialSum = 64;
    private readonly int _heads;
    private readonly int _headChannels;
    private readonly int _tokens;
    private readonly TensorView _input;
    private readonly TensorView _output;
    private readonly int _queryItems;

    /// <param name="name">The node.</param>
    /// <param name="heads">How many heads.</param>
    /// <param name="input">Queries, keys and values one after the other along the channels.</param>
    /// <param name="output">A third of the channels.</param>
    internal Attention(string name, int heads, in TensorView input, in TensorView output)
        : base(name)
    {
        _heads = heads;
        _headChannels = output.Channels / heads;
        _tokens = input.Pixels;
        _input = input;
        _output = output;
        _queryItems = (_tokens + Queries - 1) / Queries;
    }

    internal override int Items => _input.Batch * _heads * _queryItems;

    internal override long ScratchFloats =>
        SumFloats + Queries + ((long)_headChannels * Queries) + ((long)_tokens * Queries) + (IsAligned ? 0 : (long)_tokens * ValueStride);

    internal override long MultiplyAdds => 2L * _input.Batch * _tokens * _tokens * _output.Channels;

    /// <summary>Queries of an item.</summary>
    private static int Queries => 2 * TOps.Width;

    private static int SumFloats => QuadProduct<TOps, TVector>.Rows * 2 * TOps.Width;

    /// <summary>Whether heads begin at whole blocks: values are read, and results written, as vectors then.</summary>
    private bool IsAligned => _headChannels % TOps.Width == 0;

    /// <summary>Floats of a token in the copy of unaligned values.</summary>
    private int ValueStride => HeadBlocks * TOps.Width;

    private int HeadBlocks => (_headChannels + TOps.Width - 1) / TOps.Width;

    internal override string Describe() =>
        $"attention {_heads} heads of {_headChannels}{(IsAligned ? "" : " unaligned")}, {Queries} queries at once {_input} -> {_output}";

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Run(float** slots, float* scratch, int item)
    {
        (int rest, int queryItem) = Math.DivRem(item, _queryItems);
        (int image, int head) = Math.DivRem(rest, _heads);
        int first = queryItem * Queries;
        int count = Math.Min(Queries, _tokens - first);
        float* input = _input.Resolve(slots) + (image * _input.ImageStride);
        float* output = _output.Resolve(slots) + (image * _output.ImageStride) + ((nint)first * TOps.Width);
        float* sums = scratch;
        float* shares = sums + SumFloats;
        float* queries = shares + Queries;
        float* scores = queries + ((nint)_headChannels * Queries);
        float* values = scores + ((nint)_tokens * Queries);

        int channel = head * _headChannels;
        CopyQueries(input, channel, first, count, queries);
        FindScores(input, channel + _output.Channels, queries, scores, sums);
        Exponentiate(scores, shares);
        Exponentiate(scores + TOps.Width, shares + TOps.Width);
        if (IsAligned)
        {
            float* plane = input + ((channel + (2 * _output.Channels)) / TOps.Width * _input.PlaneStride);
            Mix(scores, shares, plane, (nint)_input.PlaneStride, TOps.Width, output, channel, count, sums);
        }
        else
        {
            CopyValues(input, channel + (2 * _output.Channels), values);
            Mix(scores, shares, values, TOps.Width, ValueStride, output, channel, count, sums);
            if (head == _heads - 1)
            {
                float* last = output + ((_output.Blocks - 1) * _output.PlaneStride);
                ChannelTail.Clear(last, count, TOps.Width, _output.LastLanes);
            }
        }
    }

    /// <summary>The item's queries as (channel, query), over sqrt(d); zeros beyond the last query.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CopyQueries(float* input, int firstChannel, int first, int count, float* queries)
    {
        float scale = (float)(1 / Math.Sqrt(_headChannels));
        for (int c = 0; c < _headChannels; c++, queries += Queries)
        {
            (int block, int lane) = Math.DivRem(firstChannel + c, TOps.Width);
            float* source = input + (block * _input.PlaneStride) + ((nint)first * TOps.Width) + lane;
            for (int q = 0; q < count; q++)
            {
                queries[q] = source[(nint)q * TOps.Width] * scale;
            }

            for (int q = count; q < Queries; q++)
            {
                queries[q] = 0;
            }
        }
    }

    /// <summary>The product of every token's key with the item's queries.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FindScores(float* input, int firstChannel, float* queries, float* scores, float* sums)
    {
        int rows;
        for (int token = 0; token < _tokens; token += rows)
        {
            // What does not fill four rows goes one by one: the same row four times.
            rows = token + QuadProduct<TOps, TVector>.Rows <= _tokens ? QuadProduct<TOps, TVector>.Rows : 1;
            new Span<float>(sums, SumFloats).Clear();
            int depth;
            for (int c = 0; c < _headChannels; c += depth)
            {
                (int block, int lane) = Math.DivRem(firstChannel + c, TOps.Width);
                depth = Math.Min(TOps.Width - lane, _headChannels - c);
                float* keys = input + (block * _input.PlaneStride) + ((nint)token * TOps.Width) + lane;
                QuadProduct<TOps, TVector>.Add(
                    keys, rows == 1 ? 0 : TOps.Width, 1, queries + ((nint)c * Queries), TOps.Width, Queries, depth, sums);
            }

            nint bytes = (nint)rows * Queries * sizeof(float);
            Buffer.MemoryCopy(sums, scores + ((nint)token * Queries), bytes, bytes);
        }
    }

    /// <summary>e^(score - largest) for one vector of queries, and one over the sum for each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Exponentiate(float* scores, float* shares)
    {
        nint end = (nint)_tokens * Queries;
        TVector largest = TOps.Broadcast(float.NegativeInfinity);
        for (nint i = 0; i < end; i += Queries)
        {
            largest = TOps.Max(largest, TOps.Load(scores + i));
        }

        // Short partial sums keep the sum of many tokens accurate.
        TVector total = TOps.Zero;
        for (nint start = 0; start < end; start += PartialSum * Queries)
        {
            nint stop = Math.Min(end, start + (PartialSum * Queries));
            TVector sum = TOps.Zero;
            for (nint i = start; i < stop; i += Queries)
            {
                TVector value = VectorMath<TOps, TVector>.Exp(TOps.Subtract(TOps.Load(scores + i), largest));
                TOps.Store(scores + i, value);
                sum = TOps.Add(sum, value);
            }

            total = TOps.Add(total, sum);
        }

        TOps.Store(shares, TOps.Divide(TOps.Broadcast(1), total));
    }

    /// <summary>The values of a head whose channels do not begin at a whole block, token by token, zeros behind them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CopyValues(float* input, int firstChannel, float* values)
    {
        new Span<float>(values, _tokens * ValueStride).Clear();
        for (int c = 0; c < _headChannels; c++)
        {
            (int block, int lane) = Math.DivRem(firstChannel + c, TOps.Width);
            float* source = input + (block * _input.PlaneStride) + lane;
            for (int token = 0; token < _tokens; token++)
            {
                values[((nint)token * ValueStride) + c] = source[(nint)token * TOps.Width];
            }
        }
    }

    /// <summary>The mean of the values by the scores of each query, two blocks of the head's channels at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Mix(
        float* scores, float* shares, float* values, nint blockStride, nint tokenStride, float* output, int firstChannel, int count, float* sums)
    {
        for (int block = 0; block < HeadBlocks; block += 2)
        {
            int blocks = Math.Min(2, HeadBlocks - block);
            float* plane = values + (block * blockStride);
            for (int q = 0; q < count; q += QuadProduct<TOps, TVector>.Rows)
            {
                new Span<float>(sums, SumFloats).Clear();
                QuadProduct<TOps, TVector>.Add(
                    scores + q, 1, Queries, plane, blocks == 2 ? blockStride : 0, tokenStride, _tokens, sums);
                int rows = Math.Min(QuadProduct<TOps, TVector>.Rows, count - q);
                for (int row = 0; row < rows; row++)
                {
                    TVector share = TOps.Broadcast(shares[q + row]);
                    for (int b = 0; b < blocks; b++)
                    {
                        float* sum = sums + (((2 * row) + b) * TOps.Width);
                        TOps.Store(sum, TOps.Multiply(TOps.Load(sum), share));
                        Write(sum, output + ((nint)(q + row) * TOps.Width), firstChannel, (block + b) * TOps.Width);
                    }
                }
            }
        }
    }

    /// <summary>One vector of a head's channels to its place, lane by lane where heads share vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Write(float* vector, float* token, int headChannel, int offset)
    {
        if (IsAligned)
        {
            TOps.Store(token + ((headChannel + offset) / TOps.Width * _output.PlaneStride), TOps.Load(vector));
            return;
        }

        int lanes = Math.Min(TOps.Width, _headChannels - offset);
        for (int i = 0; i < lanes; i++)
        {
            (int block, int lane) = Math.DivRem(headChannel + offset + i, TOps.Width);
            token[(block * _output.PlaneStride) + lane] = vector[i];
        }
    }
}
