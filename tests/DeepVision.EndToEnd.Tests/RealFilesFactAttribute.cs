using DeepVision.Imaging;
using DeepVision.Tests.Shared;

namespace DeepVision.EndToEnd.Tests;

/// <summary>
/// A fact that needs files of <c>../shared/data</c> and the codecs to read them; skipped, with the reason, where either is
/// missing.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RealFilesFactAttribute : FactAttribute
{
    /// <param name="relativePaths">The files or folders under <c>shared/data</c> that the test reads.</param>
    public RealFilesFactAttribute(params string[] relativePaths) => Skip = SharedData.ReasonToSkip(relativePaths)
        ?? ImageFile.MissingLibrary(ImageFormat.Jpeg)?.Message
        ?? ImageFile.MissingLibrary(ImageFormat.Png)?.Message;
}
