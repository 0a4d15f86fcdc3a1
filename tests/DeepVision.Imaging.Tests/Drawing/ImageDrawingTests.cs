using DeepVision.Imaging.Drawing;
using DeepVision.Preprocessing;
using DeepVision.Tensors;

namespace DeepVision.Imaging.Tests.Drawing;

public sealed class ImageDrawingTests
{
    [Fact]
    public void DrawBoxes_OneBox_PaintsItsEdgesAndNothingElse()
    {
        RgbImage image = new(20, 12);
        ImageDrawing.DrawBoxes(image, [new BoxAnnotation(4, 3, 15, 9, "", 2)], new DrawingOptions { LineWidth = 1 });
        RgbColor color = ClassColors.ForIndex(2);
        for (int y = 0; y < 12; y++)
        {
            for (int x = 0; x < 20; x++)
            {
                bool edge = x is >= 4 and <= 14 && y is >= 3 and <= 8 && (x is 4 or 14 || y is 3 or 8);
                Assert.Equal(edge ? color : RgbColor.Black, At(image, x, y));
            }
        }
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(3, 1)]
    public void DrawPoints_OnePoint_PaintsASquareWithARimAndNothingElse(int width, int rim)
    {
        RgbImage image = new(20, 12);
        ImageDrawing.DrawPoints(image, [new Landmark(7.9f, 5.1f)], 2, new DrawingOptions { LineWidth = width });
        for (int y = 0; y < 12; y++)
        {
            for (int x = 0; x < 20; x++)
            {
                bool dot = Math.Max(Math.Abs(x - 7), Math.Abs(y - 5)) <= width / 2;
                Assert.Equal(dot ? ClassColors.ForIndex(2) : RgbColor.Black, At(image, x, y));
            }
        }

        // On white the rim shows.
        image.Pixels.Fill(255);
        ImageDrawing.DrawPoints(image, [new Landmark(7.9f, 5.1f)], 2, new DrawingOptions { LineWidth = width });
        int dark = Enumerable.Range(0, 240).Count(i => At(image, i % 20, i / 20) == RgbColor.Black);
        Assert.Equal(((width + (2 * rim)) * (width + (2 * rim))) - (width * width), dark);
    }

    [Theory]
    [InlineData(float.NaN, 0)]
    [InlineData(0, float.NegativeInfinity)]
    [InlineData(-10, 5)]
    [InlineData(5, 100)]
    public void DrawPoints_NotOnTheImage_ChangesNothing(float x, float y)
    {
        RgbImage image = TestImages.Noise(30, 20, seed: 4);
        RgbImage before = image.Clone();
        ImageDrawing.DrawPoints(image, [new Landmark(x, y)], 0);
        Assert.True(before.Pixels.SequenceEqual(image.Pixels));
    }

    [Fact]
    public void DrawDetections_WithLandmarks_PaintsADotForEach()
    {
        RgbImage plain = new(60, 50);
        RgbImage dotted = new(60, 50);
        var face = new Detection(new Box(5, 15, 50, 45), 3, "", 0.5f);
        var options = new DrawingOptions { LineWidth = 1, TextScale = 1 };
        plain.DrawDetections([face], options);
        dotted.DrawDetections([face with { Landmarks = [new(20, 30), new(30, 31)] }], options);

        Assert.Equal(RgbColor.Black, At(plain, 20, 30));
        Assert.Equal(ClassColors.ForIndex(3), At(dotted, 20, 30));
        Assert.Equal(ClassColors.ForIndex(3), At(dotted, 30, 31));
        int changed = Enumerable.Range(0, 3000).Count(i => At(plain, i % 60, i / 60) != At(dotted, i % 60, i / 60));
        Assert.Equal(2, changed);
    }

    [Fact]
    public void DrawBoxes_CornersExchanged_PaintTheSame()
    {
        RgbImage first = new(50, 40);
        RgbImage second = new(50, 40);
        ImageDrawing.DrawBoxes(first, [new BoxAnnotation(5, 20, 30, 35, "a", 1)]);
        ImageDrawing.DrawBoxes(second, [new BoxAnnotation(30, 35, 5, 20, "a", 1)]);
        Assert.True(first.Pixels.SequenceEqual(second.Pixels));
        Assert.Contains(first.Pixels.ToArray(), value => value != 0);
    }

    [Theory]
    [InlineData(float.NaN, 0, 5, 5)]
    [InlineData(0, 0, float.PositiveInfinity, 5)]
    [InlineData(100, 100, 120, 120)]
    [InlineData(-50, -50, -40, -40)]
    public void DrawBoxes_NotOnTheImage_ChangesNothing(float x1, float y1, float x2, float y2)
    {
        RgbImage image = TestImages.Noise(30, 20, seed: 3);
        RgbImage before = image.Clone();
        ImageDrawing.DrawBoxes(image, [new BoxAnnotation(x1, y1, x2, y2, "label", 0)]);
        Assert.True(before.Pixels.SequenceEqual(image.Pixels));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 300)]
    [InlineData(300, 1)]
    [InlineData(7, 5)]
    [InlineData(2000, 10)]
    public void DrawBoxesAndCaption_AnySize_StayOnTheImage(int width, int height)
    {
        RgbImage image = new(width, height);
        ImageDrawing.DrawBoxes(
            image,
            [
                new BoxAnnotation(-1e8f, -1e8f, 1e8f, 1e8f, "everything", -1),
                new BoxAnnotation(0.4f, 0.4f, 0.6f, 0.6f, new string('x', 5000), int.MaxValue),
                new BoxAnnotation(width, height, width, height, "é\u0000\n\uD83D", int.MinValue),
            ],
            new DrawingOptions { LineWidth = 256, TextScale = 256 });
        ImageDrawing.DrawBoxes(image, [new BoxAnnotation(0, 0, width, height, "label", 1)]);
        ImageDrawing.DrawCaption(image, string.Join('\n', Enumerable.Repeat("line", 300)));
        Assert.Equal((width, height), (image.Width, image.Height));
    }

    [Fact]
    public void DrawBoxes_LabelAtTheTopRightCorner_IsWhollyOnTheImage()
    {
        RgbImage image = new(200, 100);
        ImageDrawing.DrawBoxes(image, [new BoxAnnotation(190, 0, 199, 50, "wide label", 4)], new DrawingOptions { LineWidth = 1, TextScale = 1 });
        RgbColor background = ClassColors.ForIndex(4);

        // Ten characters of six cells, less one, and two cells on each side.
        int first = Enumerable.Range(0, 200).First(x => At(image, x, 1) == background);
        Assert.Equal(200 - 63, first);
        Assert.Equal(background, At(image, 199, 1));
    }

    [Fact]
    public void DrawBoxes_Label_IsLegibleOnEveryClassColor()
    {
        for (int index = 0; index < 1000; index++)
        {
            RgbColor background = ClassColors.ForIndex(index);
            RgbColor text = ClassColors.TextOn(background);
            Assert.True(Contrast(background, text) >= 3.0, $"index {index}: {background} with {text}");
        }
    }

    [Fact]
    public void ForIndex_FirstTwenty_DifferFromEachOther()
    {
        RgbColor[] colors = [.. Enumerable.Range(0, 20).Select(ClassColors.ForIndex)];
        for (int i = 0; i < colors.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                int distance = Math.Abs(colors[i].Red - colors[j].Red) + Math.Abs(colors[i].Green - colors[j].Green)
                    + Math.Abs(colors[i].Blue - colors[j].Blue);
                Assert.True(distance >= 30, $"{i} and {j}: {colors[i]}, {colors[j]}");
            }
        }
    }

    [Theory]
    [InlineData(64, 64, 1)]
    [InlineData(640, 480, 2)]
    [InlineData(4000, 3000, 11)]
    public void DrawCaption_ImageSize_DecidesTheTextSize(int width, int height, int scale)
    {
        RgbImage image = new(width, height);
        image.Pixels.Fill(255);
        ImageDrawing.DrawCaption(image, "cat");
        int band = Enumerable.Range(0, height).First(y => At(image, width - 1, y) == RgbColor.White);
        Assert.Equal(11 * scale, band);
    }

    [Fact]
    public void DrawCaption_NonAscii_LooksLikeQuestionMarks()
    {
        RgbImage first = new(100, 20);
        RgbImage second = new(100, 20);
        ImageDrawing.DrawCaption(first, "été 猫 😀");
        ImageDrawing.DrawCaption(second, "?t? ? ?");
        Assert.True(first.Pixels.SequenceEqual(second.Pixels));
    }

    [Fact]
    public void Glyphs_AllCharacters_AreDrawnAndDiffer()
    {
        HashSet<string> shapes = [];
        for (char character = BitmapFont.First; character <= BitmapFont.Last; character++)
        {
            RgbImage image = new(BitmapFont.GlyphWidth, BitmapFont.GlyphHeight);
            new Canvas(image).Text(0, 0, character.ToString(), 1, RgbColor.White);
            Assert.True(shapes.Add(Convert.ToHexString(image.Pixels)), $"'{character}' looks like another character");
            Assert.Equal(character == ' ', !image.Pixels.ContainsAnyExcept((byte)0));
        }

        Assert.Equal(95, shapes.Count);
    }

    [Fact]
    public void Draw_NullOrWrongArguments_Throw()
    {
        RgbImage image = new(1, 1);
        Assert.Throws<ArgumentNullException>(() => ImageDrawing.DrawBoxes(null!, []));
        Assert.Throws<ArgumentNullException>(() => ImageDrawing.DrawBoxes(image, null!));
        Assert.Throws<ArgumentNullException>(() => ImageDrawing.DrawCaption(null!, ""));
        Assert.Throws<ArgumentNullException>(() => ImageDrawing.DrawCaption(image, null!));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DrawingOptions { LineWidth = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new DrawingOptions { TextScale = 257 });
    }

    private static RgbColor At(RgbImage image, int x, int y)
    {
        Span<byte> pixel = image.Row(y).Slice(3 * x, 3);
        return new RgbColor(pixel[0], pixel[1], pixel[2]);
    }

    // WCAG's contrast ratio; 3 is its least for large text.
    private static double Contrast(RgbColor a, RgbColor b)
    {
        double first = Luminance(a) + 0.05;
        double second = Luminance(b) + 0.05;
        return Math.Max(first, second) / Math.Min(first, second);
    }

    private static double Luminance(RgbColor color) => 0.2126 * Linear(color.Red) + 0.7152 * Linear(color.Green) + 0.0722 * Linear(color.Blue);

    private static double Linear(byte channel)
    {
        double value = channel / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }
}
