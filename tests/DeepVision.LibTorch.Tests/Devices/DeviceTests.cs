using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.LibTorch.Tests.Devices;

public sealed class DeviceTests
{
    [Theory]
    [InlineData("cpu", DeviceType.CPU, -1, "cpu")]
    [InlineData("cuda", DeviceType.CUDA, -1, "cuda")]
    [InlineData("CUDA:1", DeviceType.CUDA, 1, "cuda:1")]
    [InlineData("meta", DeviceType.META, -1, "meta")]
    public void Device_FromADescription_HasKindAndIndex(string description, DeviceType type, int index, string text)
    {
        Device device = description;

        Assert.Equal((type, index), (device.type, device.index));
        Assert.Equal(text, device.ToString());
    }

    [Fact]
    public void Device_OfAnUnknownKind_Fails() => Assert.Throws<ArgumentException>(() => new Device("gpu"));

    [LibTorchFact]
    public void Device_OfATensor_IsTheCpu()
    {
        using Tensor x = ones(1);

        Assert.Equal((DeviceType.CPU, -1, false), (x.device_type, x.device_index, x.is_cuda));
        Assert.Equal("cpu", x.device.ToString());
        using Tensor there = x.to(CPU);
        Assert.True(there.is_cpu());
    }

    [LibTorchFact]
    public void Cuda_WithoutADevice_Fails()
    {
        Assert.Equal(cuda.device_count() > 0, cuda.is_available());
        cuda.manual_seed_all(1);
        if (!cuda.is_available())
        {
            using Tensor x = ones(1);
            Assert.Throws<InvalidOperationException>(() => x.cuda());
            Assert.Throws<InvalidOperationException>(() => x.to(CUDA));
            Assert.Throws<InvalidOperationException>(() => zeros(1, device: CUDA));
        }
    }

    [LibTorchFact]
    public void Tf32_Switches_KeepTheirValue()
    {
        bool products = backends.cuda.matmul.allow_tf32;
        bool convolutions = backends.cudnn.allow_tf32;
        try
        {
            backends.cuda.matmul.allow_tf32 = !products;
            backends.cudnn.allow_tf32 = !convolutions;
            Assert.Equal((!products, !convolutions), (backends.cuda.matmul.allow_tf32, backends.cudnn.allow_tf32));
        }
        finally
        {
            backends.cuda.matmul.allow_tf32 = products;
            backends.cudnn.allow_tf32 = convolutions;
        }
    }

    [LibTorchFact]
    public void Threads_AtTheStart_AreTheProcessorsOrWhatTheUserSays()
    {
        int expected = Environment.GetEnvironmentVariable("OMP_NUM_THREADS") is { Length: > 0 } stated
            ? int.Parse(stated, System.Globalization.CultureInfo.InvariantCulture)
            : Environment.ProcessorCount;
        int found = get_num_threads();
        try
        {
            Assert.Equal(expected, found);
            set_num_threads(1);
            Assert.Equal(1, get_num_threads());
        }
        finally
        {
            set_num_threads(found);
        }
    }

    [LibTorchFact]
    public void Version_OfLibtorch_IsKnown() => Assert.Matches(@"^\d+\.\d+", torch.__version__);
}
