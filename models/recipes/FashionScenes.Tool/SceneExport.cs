using System.Globalization;
using DeepVision.Imaging;

namespace DeepVision.FashionScenes.Tool;

/// <summary>Writes scenes for training outside the library: lossless PNG files and one table of the truth.</summary>
internal static class SceneExport
{
    private static readonly ImageSaveOptions s_fast = new() { PngCompression = PngCompression.Fast };

    public static void Write(SceneGenerator scenes, int first, int count, string folder)
    {
        Directory.CreateDirectory(folder);
        using var table = new StreamWriter(Path.Combine(folder, "annotations.csv")) { NewLine = "\n" };
        table.WriteLine("file,label,left,top,right,bottom,visible,ignored");
        for (int index = first; index < first + count; index++)
        {
            Scene scene = scenes.Render(index);
            string name = index.ToString("D6", CultureInfo.InvariantCulture) + ".png";
            ImageFile.Save(scene.Image, Path.Combine(folder, name), s_fast);
            foreach (SceneObject thing in scene.Objects)
            {
                table.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name},{thing.Label},{thing.Left},{thing.Top},{thing.Right},{thing.Bottom},{thing.VisibleFraction:F4},{(thing.Ignored ? 1 : 0)}"));
            }
        }
    }
}
