using TorchSharp;
using static TorchSharp.torch;

namespace DeepVision.LibTorch.Tests.Scopes;

public sealed class DisposeScopeTests
{
    [LibTorchFact]
    public void Dispose_Scope_DisposesWhatWasMadeInIt()
    {
        Tensor outside = ones(1);
        Tensor inside;
        using (NewDisposeScope())
        {
            inside = outside + 1;
        }

        Assert.True(inside.IsInvalid);
        Assert.False(outside.IsInvalid);
        outside.Dispose();
        Assert.Null(CurrentDisposeScope);
    }

    [LibTorchFact]
    public void MoveToOuter_FromNestedScopes_GoesUpOneByOne()
    {
        Tensor moved;
        using (DisposeScope outer = NewDisposeScope())
        {
            using (DisposeScope inner = NewDisposeScope())
            {
                Assert.Same(inner, CurrentDisposeScope);
                moved = inner.MoveToOuter(ones(1));
                Assert.False(inner.Contains(moved));
                Assert.True(outer.Contains(moved));
            }

            Assert.False(moved.IsInvalid);
            Assert.Same(outer, CurrentDisposeScope);
            Assert.Equal(1, outer.DisposablesCount);
        }

        Assert.True(moved.IsInvalid);
    }

    [LibTorchFact]
    public void MoveToOuterDisposeScope_WithoutAnOuterOne_Detaches()
    {
        Tensor kept;
        using (NewDisposeScope())
        {
            kept = ones(1).MoveToOuterDisposeScope();
        }

        Assert.False(kept.IsInvalid);
        kept.Dispose();
    }

    [LibTorchFact]
    public void Detach_InNestedScopes_OutlivesAll()
    {
        Tensor detached;
        using (NewDisposeScope())
        {
            using (NewDisposeScope())
            {
                detached = ones(1).DetachFromDisposeScope();
            }
        }

        Assert.False(detached.IsInvalid);
        detached.Dispose();
    }

    [LibTorchFact]
    public void DisposeEverythingBut_KeepsTheScopeOpen()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor gone = ones(1);
        Tensor kept = scope.DisposeEverythingBut(ones(1));

        Assert.True(gone.IsInvalid);
        Assert.False(kept.IsInvalid);
        Assert.Equal([kept], scope.DisposablesView);
        scope.DisposeEverything();
        Assert.True(kept.IsInvalid);
    }

    [LibTorchFact]
    public void Attach_ATensorOfNoScope_DisposesIt()
    {
        Tensor tensor = ones(1);
        using (DisposeScope scope = NewDisposeScope())
        {
            scope.Attach(tensor);
        }

        Assert.True(tensor.IsInvalid);
    }

    [LibTorchFact]
    public void Dispose_ATensorEarly_TakesItOutOfItsScope()
    {
        using DisposeScope scope = NewDisposeScope();
        ones(1).Dispose();

        Assert.Equal(0, scope.DisposablesCount);
    }

    [LibTorchFact]
    public void Dispose_TheOuterScopeFirst_LeavesTheInnerOneCurrent()
    {
        DisposeScope outer = NewDisposeScope();
        DisposeScope inner = NewDisposeScope();
        outer.Dispose();

        Assert.Same(inner, CurrentDisposeScope);
        inner.Dispose();
        Assert.Null(CurrentDisposeScope);
        Assert.Throws<ObjectDisposedException>(() => inner.DisposablesCount);
    }

    [LibTorchFact]
    public void Scopes_OfAnotherThread_AreItsOwn()
    {
        using DisposeScope scope = NewDisposeScope();
        DisposeScope? elsewhere = scope;
        Tensor? made = null;
        var thread = new Thread(() =>
        {
            elsewhere = CurrentDisposeScope;
            made = ones(1);
        });
        thread.Start();
        thread.Join();

        Assert.Null(elsewhere);
        Assert.Equal(0, scope.DisposablesCount);
        made!.Dispose();
    }

    [LibTorchFact]
    public void Statistics_CountWhatThisThreadDid()
    {
        ThreadDisposeScopeStatistics statistics = DisposeScopeManager.Statistics;
        statistics.Reset();

        Tensor outside = ones(1);
        using (DisposeScope scope = NewDisposeScope())
        {
            _ = ones(1);
            ones(1).Dispose();
            scope.Attach(outside);
            scope.Detach(outside);
        }

        outside.Dispose();
        Assert.Equal((1, 1), (statistics.CreatedOutsideScopeCount, statistics.DisposedOutsideScopeCount));
        Assert.Equal((2, 2), (statistics.CreatedInScopeCount, statistics.DisposedInScopeCount));
        Assert.Equal((1, 1), (statistics.AttachedToScopeCount, statistics.DetachedFromScopeCount));
        Assert.Equal(0, statistics.ThreadTotalLiveCount);
    }
}
