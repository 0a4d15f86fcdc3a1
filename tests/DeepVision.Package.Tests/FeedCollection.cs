namespace DeepVision.Package.Tests;

/// <summary>Tests over one feed, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class FeedCollection : ICollectionFixture<PackageFeed>
{
    public const string Name = "the feed";
}
