// Loads damaged image files in a process of its own, so that a crash of a native decoder is seen and counted.
// Arguments: folder with originals, the pattern of their names, "change" or "cut", first number, count. For each file one line is written before it is loaded
// ("BEGIN n") and one after ("decoded", "refused", or "FAILED ..."): a file without a second line crashed the process. The last line
// is "PEAK" and the most memory in bytes that the process had. The pattern "hang" loads nothing and never ends its second file: the
// test's own test.
using System.Diagnostics;
using System.Globalization;
using DeepVision.Imaging;
using DeepVision.Imaging.MutationRunner;

const ulong Seed = 20261122;
const long MaxPixels = 1_000_000;

string pattern = args[1];
bool cuts = args[2] == "cut";
int first = int.Parse(args[3], CultureInfo.InvariantCulture);
int count = int.Parse(args[4], CultureInfo.InvariantCulture);
if (pattern == "hang")
{
    Console.WriteLine($"BEGIN {first}\nrefused\nBEGIN {first + 1}");
    Thread.Sleep(Timeout.Infinite);
}

byte[][] originals = [.. Directory.GetFiles(args[0], pattern).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];
Mutator mutator = new(originals, Seed);
for (int number = first; number < first + count; number++)
{
    byte[] file = cuts ? mutator.Cut(number) : mutator.Mutate(number);
    if (pattern.EndsWith(".png", StringComparison.Ordinal) && !cuts && number % 2 == 0)
    {
        PngChecksums.Repair(file);
    }

    // Every way through the loader gets its share.
    ImageLoadOptions options = new()
    {
        MaxPixels = MaxPixels,
        Damaged = cuts || number % 3 == 0 ? DamagedData.Accept : DamagedData.Refuse,
        Alpha = number % 4 < 2 ? AlphaHandling.Drop : AlphaHandling.BlendOver,
    };
    Console.WriteLine($"BEGIN {number}");
    Console.Out.Flush();
    Console.WriteLine(Outcome(file, options));
}

Console.WriteLine($"PEAK {Process.GetCurrentProcess().PeakWorkingSet64}");
return 0;

static string Outcome(byte[] file, ImageLoadOptions options)
{
    if (file.Length == 0)
    {
        return "refused";
    }

    try
    {
        return ImageFile.Load(file, options).Pixels.Length > 0 ? "decoded" : "FAILED no pixels";
    }
    catch (ImageFileException exception)
    {
        return exception.Message.Length > 40 && exception.Reason != ImageFileReason.MissingLibrary ? "refused" : $"FAILED {exception.Message}";
    }
    catch (Exception exception)
    {
        return $"FAILED {exception.ToString().ReplaceLineEndings(" | ")}";
    }
}
