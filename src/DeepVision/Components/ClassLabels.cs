namespace DeepVision.Components;

/// <summary>Names for a head's classes: those that the builder was given, or numbers.</summary>
public static class ClassLabels
{
    private const int MaxClasses = 10_000_000;

    /// <summary>One name a class: the given ones, or <c>class 0</c> and so on where none were given.</summary>
    /// <param name="given">The names given; empty for none.</param>
    /// <param name="classes">How many classes the head has.</param>
    /// <param name="head">The head's name, for the error.</param>
    /// <exception cref="ModelBuildException">Another number of names was given.</exception>
    public static IReadOnlyList<string> Resolve(IReadOnlyList<string> given, int classes, string head)
    {
        ArgumentNullException.ThrowIfNull(given);
        if (classes > MaxClasses)
        {
            throw new ModelBuildException($"The {head} would have {classes} classes; at most {MaxClasses} are supported.") { Component = head };
        }

        if (given.Count == classes)
        {
            return given;
        }

        return given.Count == 0
            ? [.. Enumerable.Range(0, classes).Select(index => $"class {index}")]
            : throw new ModelBuildException($"The {head} has {classes} classes; {given.Count} labels were given. Give one label a class, or none.")
            {
                Component = head,
            };
    }
}
