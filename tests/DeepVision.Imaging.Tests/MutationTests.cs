using System.Globalization;

namespace DeepVision.Imaging.Tests;

/// <summary>
/// Thousands of damaged files of each kind, the same in every run, are loaded in a child process whose memory is capped. Each must be decoded or
/// refused with an <see cref="ImageFileException"/>, in time: crashes, hangs and other exceptions are told apart, and each is a failure.
/// </summary>
public sealed class MutationTests
{
    private const int FilesPerFormat = 5000;
    private const int FilesPerKind = 2000;

    // A million pixels are 3 MB, of which a decoder holds a few copies; the runtime and Skia take some 80 MB.
    private const long PeakLimitBytes = 300 * 1024 * 1024;

    [Theory]
    [InlineData("*.jpg")]
    [InlineData("*.png")]
    [InlineData("*.webp")]
    [InlineData("*.bmp")]
    [InlineData("*.gif")]
    public void Load_MutatedFiles_AreDecodedOrRefused(string pattern) => Check(pattern, "change", FilesPerFormat);

    [Theory]
    [InlineData("*-adam7.png")]
    [InlineData("jpeg-progressive*.jpg")]
    [InlineData("webp-animated*.webp")]
    [InlineData("gif-animated.gif")]
    [InlineData("gif-interlaced.gif")]
    public void Load_MutatedFilesOfARareKind_AreDecodedOrRefused(string pattern) => Check(pattern, "change", FilesPerKind);

    [Theory]
    [InlineData("*.jpg")]
    [InlineData("*.png")]
    [InlineData("*-adam7.png")]
    [InlineData("*.webp")]
    [InlineData("webp-animated*.webp")]
    [InlineData("*.bmp")]
    [InlineData("*.gif")]
    public void Load_CutFiles_AreRescuedOrRefused(string pattern) => Check(pattern, "cut", FilesPerKind);

    [Fact]
    public void Run_FileThatNeverEnds_IsAHangAndNoCrash()
    {
        MutationRun run = MutationRun.Start("hang", "change", 0, 2, hang: TimeSpan.FromSeconds(2));

        Assert.Equal((1, 1, true), (run.Refused, run.Last, run.Hangs));
    }

    private static void Check(string pattern, string damage, int files)
    {
        int decoded = 0;
        int refused = 0;
        int crashes = 0;
        int hangs = 0;
        List<string> failures = [];
        for (int next = 0; next < files;)
        {
            MutationRun run = MutationRun.Start(pattern, damage, next, files - next, MutationRun.UsualHang);
            decoded += run.Decoded;
            refused += run.Refused;
            failures.AddRange(run.Failures);
            Assert.InRange(run.PeakBytes, 0, PeakLimitBytes);
            if (run.ExitCode == 0)
            {
                break;
            }

            Assert.True(run.Last >= next, $"The runner did not start: exit code {run.ExitCode}: {run.Errors}");
            hangs += run.Hangs ? 1 : 0;
            crashes += run.Hangs ? 0 : 1;
            failures.Add(run.Hangs
                ? $"file {run.Last}: HANG, no end after {MutationRun.UsualHang}"
                : $"file {run.Last}: CRASH, the process ended with {run.ExitCode}: {run.Errors}");
            next = run.Last + 1;
        }

        Assert.True(
            failures.Count == 0,
            string.Create(CultureInfo.InvariantCulture, $"{crashes} crashes, {hangs} hangs, {failures.Count} failures:\n{string.Join('\n', failures.Take(20))}"));
        Assert.Equal(files, decoded + refused);

        // Damage that is always refused, or never, would test little.
        Assert.InRange(decoded, files / 50, files * 49 / 50);
    }
}
