using TorchSharp;

// A sum on the CPU: nothing is known of a native library before it has been called.
using torch.Tensor ones = torch.ones(2, 3);
float sum = ones.sum().item<float>();
Console.WriteLine($"TorchSharp with libtorch {torch.__version__}: a sum of six ones is {sum}");
return sum == 6 ? 0 : 1;
