namespace TorchSharp;

/// <summary>
/// Disposes the tensors that were made on its thread while it was open, but for those moved or detached. Scopes nest;
/// none is to be held across an <c>await</c>, which may go on on another thread.
/// </summary>
public sealed partial class DisposeScope : IDisposable
{
    private DisposeScopeManager? _manager;

    internal DisposeScope(DisposeScopeManager manager)
    {
        _manager = manager;
        OuterScope = manager.CurrentDisposeScope;
    }

    /// <summary>What would be disposed now, in a new list.</summary>
    /// <exception cref="ObjectDisposedException">The scope was disposed.</exception>
    public IReadOnlyList<IDisposable> DisposablesView => [.. Open().Disposables];

    /// <summary>How many objects would be disposed now.</summary>
    /// <exception cref="ObjectDisposedException">The scope was disposed.</exception>
    public int DisposablesCount => Open().Disposables.Count;

    internal DisposeScope? OuterScope { get; set; }

    internal HashSet<IDisposable> Disposables { get; private set; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>Whether an object belongs to this scope.</summary>
    public bool Contains(IDisposable disposable) => Disposables.Contains(disposable);

    /// <summary>Takes an object out of this scope that was disposed elsewhere.</summary>
    /// <exception cref="ObjectDisposedException">The scope was disposed.</exception>
    public void MarkAsDisposed(IDisposable disposable)
    {
        Open().Disposables.Remove(disposable);
        if (disposable is torch.Tensor tensor)
        {
            tensor.OwningDisposeScope = null;
        }
    }

    /// <summary>Disposes everything in this scope, and closes it.</summary>
    public void Dispose()
    {
        if (_manager is not { } manager)
        {
            return;
        }

        DisposeEverything();
        manager.RemoveDisposeScope(this);
        _manager = null;
    }

    /// <summary>Lets a tensor take the place of another one in its scope.</summary>
    internal static void ReplaceWith(torch.Tensor original, torch.Tensor replacement)
    {
        if (original.OwningDisposeScope is { } scope && scope.Disposables.Remove(original))
        {
            original.OwningDisposeScope = null;
            Put(scope, replacement);
        }
    }

    private static bool Put(DisposeScope scope, IDisposable disposable)
    {
        if (disposable is not torch.Tensor tensor)
        {
            throw new InvalidOperationException($"A dispose scope holds tensors, and '{disposable.GetType()}' is none.");
        }

        DisposeScope? before = tensor.OwningDisposeScope;
        if (ReferenceEquals(before, scope))
        {
            return false;
        }

        scope.Disposables.Add(tensor);
        before?.Disposables.Remove(tensor);
        tensor.OwningDisposeScope = scope;
        return true;
    }

    private DisposeScope Open()
    {
        ObjectDisposedException.ThrowIf(_manager is null, this);
        return this;
    }
}
