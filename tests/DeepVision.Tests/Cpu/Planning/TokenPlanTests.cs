using DeepVision.Cpu;
using DeepVision.Graphs;
using DeepVision.Graphs.Operations;
using DeepVision.Tensors;

namespace DeepVision.Tests.Cpu.Planning;

/// <summary>Tokens as views of each other: which pixel of which channel each output is.</summary>
public sealed class TokenPlanTests
{
    private const int Height = 3;
    private const int Width = 5;

    public static TheoryData<int> Channels => [1, 3, 15, 16, 17, 33];

    [Theory]
    [MemberData(nameof(Channels))]
    public void TokensAndBack_AnyChannels_IsExact(int channels)
    {
        var builder = new GraphBuilder("tokens");
        GraphScope root = builder.Root;
        GraphValue image = builder.Input("image", channels);
        GraphValue tokens = root.Add("class_token", new MapToTokens(), image);
        GraphValue map = root.Add("map", new TokensToMap(), tokens, image);
        builder.Output("tokens", tokens);
        builder.Output("map", map);
        builder.Output("twice", root.Add("twice", new Scale { Factor = 2 }, map));
        builder.Output("class", root.Add("take", new TakeToken(), tokens));
        builder.Output("last", root.Add("take_last", new TakeToken { Index = Height * Width }, tokens));

        // Parts of the tokens as parts of something else: copies, since both cannot lie in two places.
        builder.Output("maps", root.Add("maps", new Concatenate(), map, root.Add("other_map", new TokensToMap(), tokens, image), image));
        builder.Output("vectors", root.Add("vectors", new Concatenate(), root.Add("a", new TakeToken { Index = 4 }, tokens), root.Add("b", new TakeToken(), tokens)));
        ModelGraph graph = builder.Build();

        var shape = new TensorShape(2, channels, Height, Width);
        float[] pixels = Noise.Array((int)shape.ElementCount, 1);
        float[] token = Noise.Array(channels, 2);
        foreach (CpuInstructionSet set in InstructionSetData.All)
        {
            using CpuGraph compiled = CpuGraph.Compile(graph, new ParameterArray(token), new CpuOptions { InstructionSet = set, Threads = 2 });
            IReadOnlyDictionary<string, HostTensor> found = compiled.Run(new HostTensor(shape, pixels));
            float Token(int n, int c, int t) => t == 0 ? token[c] : pixels[(((n * channels) + c) * Height * Width) + t - 1];
            Check("tokens", channels, 16, Token);
            Check("map", channels, 15, (n, c, p) => Token(n, c, p + 1));
            Check("twice", channels, 15, (n, c, p) => 2 * Token(n, c, p + 1));
            Check("class", channels, 1, (_, c, _) => token[c]);
            Check("last", channels, 1, (n, c, _) => Token(n, c, 15));
            Check("maps", 3 * channels, 15, (n, c, p) => Token(n, c % channels, p + 1));
            Check("vectors", 2 * channels, 1, (n, c, _) => c < channels ? Token(n, c, 4) : token[c - channels]);

            void Check(string name, int outChannels, int length, Func<int, int, int, float> expected)
            {
                Span<float> values = found[name].Values;
                Assert.Equal(2 * outChannels * length, values.Length);
                for (int i = 0; i < values.Length; i++)
                {
                    (int plane, int pixel) = Math.DivRem(i, length);
                    float value = expected(plane / outChannels, plane % outChannels, pixel);
                    Assert.True(values[i] == value, $"{set} {name}: {values[i]} at {i}, expected {value}.");
                }
            }
        }
    }

    [Fact]
    public void AddPositions_EachToken_GetsItsVector()
    {
        var builder = new GraphBuilder("positions");
        GraphValue image = builder.Input("image", 2);
        GraphValue tokens = builder.Root.Add("class_token", new MapToTokens(), image);
        builder.Output("out", builder.Root.Add("positions", new AddPositions { Tokens = 3 }, tokens));
        ModelGraph graph = builder.Build();
        foreach (CpuInstructionSet set in InstructionSetData.All)
        {
            // The class token is (10, 20); the positions are (10, 20), (30, 40), (50, 60).
            using CpuGraph compiled = CpuGraph.Compile(graph, new ParameterArray(10, 20, 30, 40, 50, 60), new CpuOptions { InstructionSet = set });
            HostTensor found = compiled.Run(new HostTensor(new TensorShape(1, 2, 1, 2), [1, 2, 3, 4]))["out"];
            Assert.Equal([20, 31, 52, 40, 43, 64], found.Values.ToArray());
        }
    }

    [Fact]
    public void SelfAttention_UnitWeights_MixesTheTokens()
    {
        // All projections are 1 for one channel, without bias: queries, keys and values are the tokens themselves.
        var builder = new GraphBuilder("attention");
        GraphValue image = builder.Input("image", 1);
        builder.Output("out", builder.Root.Add("attention", new SelfAttention { Heads = 1 }, image));
        float log = MathF.Sqrt(MathF.Log(2));
        ModelGraph graph = builder.Build();
        foreach (CpuInstructionSet set in InstructionSetData.All)
        {
            using CpuGraph compiled = CpuGraph.Compile(graph, new UnitWeights(), new CpuOptions { InstructionSet = set });
            HostTensor found = compiled.Run(new HostTensor(new TensorShape(1, 1, 2, 1), [0, log]))["out"];
            Closeness.AssertClose([log / 2, log * 2 / 3], found.Values.ToArray(), 5e-7, $"{set}");
        }
    }

    private sealed class UnitWeights : IParameterValues
    {
        public void Read(Parameter parameter, Span<float> destination)
        {
            if (parameter.Derivation is { } derivation)
            {
                derivation.Evaluate(this, destination);
                return;
            }

            destination.Fill(parameter.Name.EndsWith("bias", StringComparison.Ordinal) ? 0 : 1);
        }
    }
}
