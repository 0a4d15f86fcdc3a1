using System.Diagnostics;

namespace DeepVision.Tests.Torch.Weights;

/// <summary>The machine's Python with PyTorch and torchvision.</summary>
internal static class PythonTorch
{
    private const string Interpreter = "/usr/bin/python3";

    /// <summary>Why tests that need it cannot run; null where they can.</summary>
    internal static string? ReasonToSkip { get; } = TorchLibrary.ReasonToSkip ?? Find();

    /// <summary>Runs a script; what it prints comes back.</summary>
    internal static string Run(string script, params string[] arguments)
    {
        (int code, string output, string errors) = Start(script, arguments);
        Assert.True(code == 0, $"Python failed ({code}):\n{errors}");
        return output;
    }

    private static string? Find()
    {
        try
        {
            return Start("import torch, torchvision", []).Code == 0 ? null : "needs torch and torchvision in /usr/bin/python3";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "needs /usr/bin/python3 with torch and torchvision";
        }
    }

    private static (int Code, string Output, string Errors) Start(string script, string[] arguments)
    {
        var info = new ProcessStartInfo(Interpreter) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in new[] { "-c", script }.Concat(arguments))
        {
            info.ArgumentList.Add(argument);
        }

        // libtorch of this process must not meet Python's.
        info.Environment.Remove("LD_LIBRARY_PATH");
        using Process process = Process.Start(info)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }
}
