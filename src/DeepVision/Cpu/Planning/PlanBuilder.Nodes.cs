using DeepVision.Cpu.Kernels;
using DeepVision.Cpu.Kernels.Convolutions;
using DeepVision.Cpu.Kernels.Elementwise;
using DeepVision.Cpu.Kernels.Pooling;
using DeepVision.Cpu.Kernels.Winograd;
using DeepVision.Graphs;
using DeepVision.Graphs.Operations;

namespace DeepVision.Cpu.Planning;

/// <summary>What each operation becomes, but for those that only move channels and those on tokens.</summary>
internal sealed partial class PlanBuilder
{
    private void AddNode(GraphNode node)
    {
        switch (node.Operation)
        {
            case UpsampleLike when _untaken.Contains(node):
                break;
            case Add when _lateral.TryGetValue(node, out LateralSum lateral):
                AddLateralSum(lateral);
                break;
            case MaxPool when _pooled.Contains(node):
                break;
            case Convolution convolution:
                AddConvolution(node, convolution);
                break;
            case Linear linear:
                AddLinear(node, linear);
                break;
            case MaxPool pool:
                AddOneToOne(node, (x, y) => _kernels.Pool(
                    node.Name, PoolMode.Max, pool.Kernel, pool.Stride, pool.Padding, pool.Dilation, x, y));
                break;
            case AveragePool pool:
                PoolMode average = pool.CountIncludePad ? PoolMode.AverageWithPadding : PoolMode.Average;
                AddOneToOne(node, (x, y) => _kernels.Pool(node.Name, average, pool.Kernel, pool.Stride, pool.Padding, 1, x, y));
                break;
            case AdaptivePool pool:
                PoolMode mode = pool.Kind == PoolingKind.Max ? PoolMode.Max : PoolMode.Average;
                AddOneToOne(node, (x, y) => _kernels.AdaptivePool(node.Name, mode, x, y));
                break;
            case Add add:
                AddBinary(node, BinaryOperation.Add, add.Activation);
                break;
            case Multiply:
                AddBinary(node, BinaryOperation.Multiply, Activation.Identity);
                break;
            case Activate activate:
                AddOneToOne(node, (x, y) => _kernels.Unary(node.Name, activate.Activation, null, x, y));
                break;
            case BatchNorm norm:
                PackedWeights factors = _affine.PackBatchNorm(node, norm.Epsilon, _weights);
                AddOneToOne(node, (x, y) => _kernels.Unary(node.Name, norm.Activation, factors, x, y));
                break;
            case Scale scale:
                AddOneToOne(node, (x, y) => _kernels.Unary(node.Name, Activation.Identity, _affine.FillScale(scale, x.Channels), x, y));
                break;
            case GroupNorm norm:
                PackedWeights affine = _affine.PackNorm(node, _weights);
                AddOneToOne(node, (x, y) => _kernels.GroupNorm(node.Name, norm.Groups, norm.Epsilon, affine, x, y));
                break;
            case Softmax:
                AddOneToOne(node, (x, y) => _kernels.Softmax(node.Name, x, y));
                break;
            case LayerNorm norm:
                PackedWeights learned = _affine.PackNorm(node, _weights);
                AddOneToOne(node, (x, y) => _kernels.LayerNorm(node.Name, norm.Epsilon, learned, x, y));
                break;
            case L2Normalize norm:
                AddOneToOne(node, (x, y) => _kernels.DivideByLength(node.Name, norm.Epsilon, x, y));
                break;
            case ChannelScale:
                PackedWeights scales = _affine.PackChannelScale(node, _weights);
                AddOneToOne(node, (x, y) => _kernels.Unary(node.Name, Activation.Identity, scales, x, y));
                break;
            case ChannelPool pool:
                PoolMode kind = pool.Kind == PoolingKind.Max ? PoolMode.Max : PoolMode.Average;
                AddOneToOne(node, (x, y) => _kernels.ChannelPool(node.Name, kind, x, y));
                break;
            case WeightedAdd sum:
                AddWeightedSum(node, sum);
                break;
            case SpaceToDepth space:
                AddPixelsToChannels(node, space);
                break;
            case UpsampleLike { Mode: UpsampleMode.Bilinear }:
                AddOneToOne(node, (x, y) => _kernels.ResizeBilinear(node.Name, x, y));
                break;
            case UpsampleLike:
                AddOneToOne(node, (x, y) => _kernels.Upsample(node.Name, x, y));
                break;
            case PadChannels pad:
                AddOneToOne(node, (x, y) => _kernels.CopyChannels(node.Name, [x], [pad.Before], y));
                break;
            case Concatenate:
                AddConcatenation(node);
                break;
            case SliceChannels slice:
                AddSlice(node, slice);
                break;
            case ChannelShuffle shuffle:
                AddShuffle(node, shuffle);
                break;
            case MapToTokens or AddPositions:
                AddTokens(node);
                break;
            case AttentionHeads attention:
                AddOneToOne(node, (x, y) => _kernels.Attention(node.Name, attention.Heads, x, y));
                break;
            case TakeToken take:
                AddTakeToken(node, take);
                break;
            case TokensToMap:
                AddTokensToMap(node);
                break;
            case Flatten:
                AddFlatten(node);
                break;
            case Dropout:
                _blocked[node.Output.Id] = Blocked(node.Inputs[0]);
                break;
            case OpaqueOperation opaque when opaque.Find<CpuOperation>() is { } operation:
                AddOpaque(node, opaque, operation);
                break;
            default:
                throw UnsupportedOperation(node);
        }
    }

    internal static ModelBuildException UnsupportedOperation(GraphNode node) =>
        new($"Node '{node.Name}' ({node.Operation.Describe()}): the CPU engine has no implementation of this operation.") { Component = node.Name };

    private void AddLinear(GraphNode node, Linear linear)
    {
        TensorView x = Blocked(node.Inputs[0]);
        TensorView y = Allocate(node.Output);
        Step step = _kernels.Convolution(
            node.Name, LayerPreparation.Pointwise, LayerPreparation.WeightsOf(node, _weights), x, y, null, linear.Activation, _threads);
        Emit(step, y, x);
    }

    private void AddOneToOne(GraphNode node, Func<TensorView, TensorView, Step> create)
    {
        TensorView x = Blocked(node.Inputs[0]);
        TensorView y = Allocate(node.Output);
        Emit(create(x, y), y, x);
    }

    private void AddBinary(GraphNode node, BinaryOperation operation, Activation activation)
    {
        TensorView left = Blocked(node.Inputs[0]);
        TensorView right = Blocked(node.Inputs[1]);
        TensorView y = Allocate(node.Output);
        Emit(_kernels.Binary(node.Name, operation, left, right, y, activation), y, left, right);
    }

    private void AddWeightedSum(GraphNode node, WeightedAdd sum)
    {
        PackedWeights factors = SumPacking.Pack(node, sum, _weights);
        TensorView[] inputs = [.. node.Inputs.Select(Blocked)];
        TensorView y = Allocate(node.Output);
        Emit(_kernels.WeightedSum(node.Name, inputs, factors, y), y, inputs);
    }

    /// <summary>A planar image is read as it is.</summary>
    private void AddPixelsToChannels(GraphNode node, SpaceToDepth space)
    {
        TensorView x = _planar[node.Inputs[0].Id] ?? Blocked(node.Inputs[0]);
        TensorView y = Allocate(node.Output);
        Emit(_kernels.PixelsToChannels(node.Name, space.BlockSize, x, y), y, x);
    }

    private void AddFlatten(GraphNode node)
    {
        TensorView x = Blocked(node.Inputs[0]);
        if (x.Pixels == 1 && _placement.Find(node.Output) == null)
        {
            _blocked[node.Output.Id] = x;
            return;
        }

        TensorView y = Allocate(node.Output);
        TensorView planes = TensorView.Create(y.Slot, x.Batch, x.Channels, x.Height, x.Width, block: 1) with
        {
            Offset = y.Offset,
            ImageStride = y.ImageStride,
        };
        Emit(_kernels.ToPlanar(node.Name, x, planes), y, x);
    }
}
