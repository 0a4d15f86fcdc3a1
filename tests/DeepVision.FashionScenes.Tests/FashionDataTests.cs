namespace DeepVision.FashionScenes.Tests;

public sealed class FashionDataTests
{
    [FashionDataFact]
    public void Load_EachSplit_HasItsArticles()
    {
        Assert.Equal(55_000, FashionArticles.Load(FashionSplit.Training).Count);
        Assert.Equal(5_000, FashionArticles.Load(FashionSplit.Validation).Count);
        FashionArticles test = FashionArticles.Load(FashionSplit.Test);
        Assert.Equal(10_000, test.Count);
        Assert.Equal(Enumerable.Repeat(1_000, 10), Enumerable.Range(0, test.Count).CountBy(test.GetLabel).Select(pair => pair.Value));
    }

    [FashionDataFact]
    public void Load_TrainingAndValidation_ShareNoIndex()
    {
        IdxFile all = IdxFile.Read(Path.Combine(FashionArticles.DefaultFolder, "train-labels-idx1-ubyte.gz"));
        FashionArticles training = FashionArticles.Load(FashionSplit.Training);
        FashionArticles validation = FashionArticles.Load(FashionSplit.Validation);

        for (int i = 0; i < 60_000; i++)
        {
            int label = i % 12 == 0 ? validation.GetLabel(i / 12) : training.GetLabel(i - 1 - (i / 12));
            Assert.Equal(all.Values[i], label);
        }
    }

    [FashionDataFact]
    public void Compute_TestSet_IsTheCommittedHash() =>
        Assert.Equal(SceneSetHash.TestSet, SceneSetHash.Compute(SceneGenerator.Create(FashionSplit.Test), SceneGenerator.TestCount));
}
