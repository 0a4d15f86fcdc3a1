using DeepVision.Metrics;
using DeepVision.Preprocessing;
using DeepVision.Tensors;
using DeepVision.Torch.Training.Augmentations;
using DeepVision.Torch.Training.Data;

namespace DeepVision.Tests.Torch.Training.Augmentations;

public sealed class AugmentationTests
{
    private static readonly Box s_box = new(4, 3, 12, 11);

    public static TheoryData<Augmentation> All => new(
        new HorizontalFlip(),
        new ScaleJitter(0.5, 2),
        new RandomCrop(new ImageSize(16, 12)),
        new RandomCrop(new ImageSize(26, 22)) { Border = 1, Fill = FillColor.Gray(9) },
        new ColorJitter(),
        new RandomChannelOrder());

    [Theory]
    [MemberData(nameof(All))]
    public void Apply_SameNumbers_GivesTheSame(Augmentation augmentation)
    {
        for (int index = 0; index < 20; index++)
        {
            DetectionExample first = augmentation.Apply(Example(), new ExampleRandom(1, 2, index));
            DetectionExample second = augmentation.Apply(Example(), new ExampleRandom(1, 2, index));
            Assert.True(first.Image.Pixels.SequenceEqual(second.Image.Pixels));
            Assert.Equal(first.Objects, second.Objects);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Apply_LeavesTheExampleAsItIs(Augmentation augmentation)
    {
        DetectionExample example = Example();
        for (int index = 0; index < 10; index++)
        {
            augmentation.Apply(example, new ExampleRandom(3, 0, index));
        }

        Assert.True(Example().Image.Pixels.SequenceEqual(example.Image.Pixels));
        Assert.Equal(s_box, example.Objects[0].Box);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Apply_Boxes_FollowThePixels(Augmentation augmentation)
    {
        bool changed = false;
        for (int index = 0; index < 40; index++)
        {
            DetectionExample found = augmentation.Apply(Example(), new ExampleRandom(4, 1, index));
            changed |= !found.Image.Pixels.SequenceEqual(Example().Image.Pixels);
            Box seen = BrightPart(found.Image);
            if (found.Objects.Count == 0)
            {
                Assert.Equal(0, seen.Area);
                continue;
            }

            // Half a pixel for the blur of scaling; nothing otherwise.
            double slack = augmentation is ScaleJitter ? 0.75 : 0;
            Box box = found.Objects[0].Box;
            Assert.True(
                Math.Abs(box.X1 - seen.X1) <= slack && Math.Abs(box.Y1 - seen.Y1) <= slack && Math.Abs(box.X2 - seen.X2) <= slack && Math.Abs(box.Y2 - seen.Y2) <= slack,
                $"Draw {index}: the box is {box}, the bright part {seen}");
        }

        Assert.True(changed);
    }

    [Fact]
    public void Flip_Always_MirrorsPixelsAndBoxes()
    {
        var example = new DetectionExample(TestImages.Places(20, 16), [new GroundTruthBox(s_box, 1)]);
        DetectionExample found = new HorizontalFlip { Probability = 1 }.Apply(example, new ExampleRandom(0, 0, 0));
        Assert.Equal(19, found.Image.Row(5)[0]);
        Assert.Equal(0, found.Image.Row(5)[3 * 19]);
        Assert.Equal(5, found.Image.Row(5)[1]);
        Assert.Equal(new Box(8, 3, 16, 11), found.Objects[0].Box);
        example = example with { Objects = [new GroundTruthBox(new Box(16, 1, 20, 5), 1)] };
        Assert.Equal(new Box(0, 1, 4, 5), new HorizontalFlip { Probability = 1 }.Apply(example, new ExampleRandom(0, 0, 0)).Objects[0].Box);
    }

    [Fact]
    public void Flip_Half_HappensAboutHalfOfTheTime()
    {
        var example = new ClassificationExample(TestImages.Places(20, 16), 0);
        int flips = Enumerable.Range(0, 1000).Count(i => new HorizontalFlip().Apply(example, new ExampleRandom(1, 0, i)).Image.Pixels[0] == 19);
        Assert.InRange(flips, 440, 560);
    }

    [Fact]
    public void Crop_ObjectCutToLessThanItsVisiblePart_IsIgnored()
    {
        var example = new DetectionExample(new RgbImage(20, 16), [new GroundTruthBox(new Box(0, 0, 10, 10), 1), new GroundTruthBox(new Box(0, 0, 2, 2), 1)]);
        DetectionExample moved = example.Moved(new RgbImage(12, 16), new BoxMap(new ImageSize(12, 16)) { ShiftX = -8 });
        GroundTruthBox rest = Assert.Single(moved.Objects);
        Assert.Equal(new Box(0, 0, 2, 10), rest.Box);
        Assert.True(rest.Ignore);
        Assert.False((example with { MinVisible = 0.1f }).Moved(new RgbImage(12, 16), new BoxMap(new ImageSize(12, 16)) { ShiftX = -8 }).Objects[0].Ignore);
    }

    [Fact]
    public void Crop_OutOfABorder_ReachesEveryPlace()
    {
        var crop = new RandomCrop(new ImageSize(28, 28)) { Border = 2 };
        var seen = new HashSet<(int, int)>();
        for (int i = 0; i < 500; i++)
        {
            RgbImage image = crop.Apply(new ClassificationExample(TestImages.Rectangle(28, 28, 10, 10, 11, 11), 0), new ExampleRandom(2, 0, i)).Image;
            Box place = BrightPart(image);
            seen.Add(((int)place.X1, (int)place.Y1));
        }

        Assert.Equal(25, seen.Count);
        Assert.All(seen, place => Assert.True(place.Item1 is >= 8 and <= 12 && place.Item2 is >= 8 and <= 12));
    }

    [Fact]
    public void ChannelOrder_ManyDraws_GivesAllSix()
    {
        var image = new RgbImage(1, 1, [10, 20, 30]);
        var seen = Enumerable.Range(0, 200)
            .Select(i => Convert.ToHexString(new RandomChannelOrder().Apply(new ClassificationExample(image, 0), new ExampleRandom(2, 0, i)).Image.Pixels));
        Assert.Equal(6, seen.Distinct().Count());
    }

    [Fact]
    public void ColorJitter_NoRange_ChangesNothing()
    {
        var jitter = new ColorJitter { Brightness = 0, Contrast = 0, Saturation = 0 };
        RgbImage image = TestImages.Places(9, 7, 100);
        Assert.True(image.Pixels.SequenceEqual(jitter.Apply(new ClassificationExample(image, 0), new ExampleRandom(1, 0, 0)).Image.Pixels));
    }

    [Fact]
    public void ColorJitter_Brightness_ScalesEveryChannelAlike()
    {
        var jitter = new ColorJitter { Brightness = 0.5, Contrast = 0, Saturation = 0 };
        for (int i = 0; i < 20; i++)
        {
            RgbImage found = jitter.Apply(new ClassificationExample(new RgbImage(1, 1, [100, 50, 20]), 0), new ExampleRandom(1, 0, i)).Image;
            double factor = found.Pixels[0] / 100.0;
            Assert.InRange(factor, 0.5, 1.5);
            Assert.InRange(found.Pixels[1], (50 * factor) - 1, (50 * factor) + 1);
            Assert.InRange(found.Pixels[2], (20 * factor) - 1, (20 * factor) + 1);
        }
    }

    private static DetectionExample Example() =>
        new(TestImages.Rectangle(20, 16, 4, 3, 12, 11), [new GroundTruthBox(s_box, 1)]) { MinVisible = 0 };

    // Around the pixels that are more white than black.
    private static Box BrightPart(RgbImage image)
    {
        int left = image.Width, top = image.Height, right = 0, bottom = 0;
        for (int y = 0; y < image.Height; y++)
        {
            for (int x = 0; x < image.Width; x++)
            {
                if (image.Row(y)[3 * x] > 127)
                {
                    (left, top, right, bottom) = (Math.Min(left, x), Math.Min(top, y), Math.Max(right, x + 1), Math.Max(bottom, y + 1));
                }
            }
        }

        return right == 0 ? default : new Box(left, top, right, bottom);
    }
}
