using DeepVision.Imaging.Codecs;

namespace DeepVision.Imaging.Tests;

public sealed class SkiaLibraryTests
{
    [Fact]
    public void Failure_LibraryThatAnswers_IsNull() => Assert.Null(SkiaLibrary.Failure(() => 1));

    [Fact]
    public void Missing_AnyCause_NamesLibraryPackageAndMachine()
    {
        var cause = new DllNotFoundException("Unable to load shared library 'libSkiaSharp'.");
        foreach (Exception thrown in (Exception[])[cause, new TypeInitializationException("SkiaSharp.SKObject", cause)])
        {
            Exception found = SkiaLibrary.Failure(() => throw thrown)!;
            Assert.Same(thrown, found);

            ImageFileException exception = SkiaLibrary.Missing(ImageFormat.Png, found);

            Assert.Equal((ImageFileReason.MissingLibrary, ImageFormat.Png), (exception.Reason, exception.Format));
            Assert.Contains(cause.Message, exception.Message, StringComparison.Ordinal);
            Assert.Contains("SkiaSharp.NativeAssets.", exception.Message, StringComparison.Ordinal);
            Assert.Contains(System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier, exception.Message, StringComparison.Ordinal);
        }
    }
}
