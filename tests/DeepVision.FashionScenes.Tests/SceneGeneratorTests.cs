namespace DeepVision.FashionScenes.Tests;

public sealed class SceneGeneratorTests
{
    private readonly SceneGenerator _generator = new(SyntheticArticles.Create(), 7);

    [Fact]
    public void Render_SyntheticArticles_HasTheSameBitsOnEveryMachine() =>
        Assert.Equal("4df166a590a0c131688c48ef7340fe97671c2c96a4deacc04670c2299e61cc1b", SceneSetHash.Compute(_generator, 20));

    [Fact]
    public void Render_InAnyOrderAndAtOnce_GivesTheSameScenes()
    {
        Scene[] inOrder = [.. Enumerable.Range(0, 8).Select(_generator.Render)];
        var atOnce = new Scene[8];

        Parallel.For(0, 8, i => atOnce[7 - i] = _generator.Render(7 - i));

        for (int i = 0; i < 8; i++)
        {
            Assert.True(inOrder[i].Image.Pixels.SequenceEqual(atOnce[i].Image.Pixels));
            Assert.Equal(inOrder[i].Objects, atOnce[i].Objects);
        }
    }

    [Fact]
    public void Render_ManyScenes_KeepsToTheLimits()
    {
        for (int i = 0; i < 100; i++)
        {
            Scene scene = _generator.Render(i);

            Assert.Equal((256, 256), (scene.Image.Width, scene.Image.Height));
            Assert.InRange(scene.Objects.Count, 1, 12);
            Assert.All(scene.Objects, thing =>
            {
                Assert.InRange(thing.Label, 0, 9);
                Assert.True(thing.Left >= 0 && thing.Left < thing.Right && thing.Right <= 256);
                Assert.True(thing.Top >= 0 && thing.Top < thing.Bottom && thing.Bottom <= 256);
                Assert.InRange(thing.VisiblePixels, 1, thing.TotalPixels);
                Assert.True(thing.VisiblePixels <= (thing.Right - thing.Left) * (thing.Bottom - thing.Top));
            });
            Assert.Equal(1, scene.Objects[^1].VisibleFraction); // nothing covers the last article
        }
    }

    [Fact]
    public void Render_OtherSeed_GivesOtherPixels()
    {
        var other = new SceneGenerator(SyntheticArticles.Create(), 8);

        Assert.False(_generator.Render(0).Image.Pixels.SequenceEqual(other.Render(0).Image.Pixels));
    }

    [Fact]
    public void Constructor_NoArticles_Throws() =>
        Assert.Throws<ArgumentException>(() => new SceneGenerator(new FashionArticles(FashionSplit.Training, [], []), 1));

    [Fact]
    public void Render_NegativeIndex_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => _generator.Render(-1));
}
