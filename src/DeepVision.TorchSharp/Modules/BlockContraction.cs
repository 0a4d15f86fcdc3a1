using DeepVision.Graphs;

namespace DeepVision.Torch.Modules;

/// <summary>Whether calls can become one, and what goes in and out of it.</summary>
internal static class BlockContraction
{
    /// <summary>
    /// Calls can become one if they hang together and nothing outside lies on a way from one of them to another.
    /// </summary>
    /// <param name="items">All calls in an order in which they can run.</param>
    /// <param name="members">Those that shall become one.</param>
    /// <param name="before">What can run before it, in order.</param>
    /// <param name="after">What can run after it, in order.</param>
    internal static bool TryOrder(IReadOnlyList<PlanItem> items, PlanItem[] members, out List<PlanItem> before, out List<PlanItem> after)
    {
        before = [];
        after = [];
        if (!HangTogether(members))
        {
            return false;
        }

        HashSet<PlanItem> inside = [.. members];
        var made = new HashSet<GraphValue>();
        var late = new HashSet<GraphValue>();
        int seen = 0;
        foreach (PlanItem item in items)
        {
            if (inside.Contains(item))
            {
                if (item.Inputs.Any(late.Contains))
                {
                    return false;
                }

                made.UnionWith(item.Outputs);
                seen++;
            }
            else if (item.Inputs.Any(value => made.Contains(value) || late.Contains(value)))
            {
                late.UnionWith(item.Outputs);
                after.Add(item);
            }
            else
            {
                (seen == members.Length ? after : before).Add(item);
            }
        }

        return true;
    }

    /// <summary>The values that the calls read from others, in the order of use, and those that others or the caller read.</summary>
    internal static (GraphValue[] Inputs, GraphValue[] Outputs) Borders(
        IReadOnlyList<PlanItem> items, PlanItem[] members, HashSet<GraphValue> given)
    {
        HashSet<PlanItem> inside = [.. members];
        HashSet<GraphValue> made = [.. members.SelectMany(item => item.Outputs)];
        HashSet<GraphValue> readOutside = [.. items.Where(item => !inside.Contains(item)).SelectMany(item => item.Inputs)];
        return (
            [.. members.SelectMany(item => item.Inputs).Where(value => !made.Contains(value)).Distinct()],
            [.. members.SelectMany(item => item.Outputs).Where(value => readOutside.Contains(value) || given.Contains(value))]);
    }

    // Parts that share no value, like the entries of a ModuleList, are no call of their own.
    private static bool HangTogether(PlanItem[] members)
    {
        var reached = new HashSet<GraphValue>(members[0].Inputs.Concat(members[0].Outputs));
        var waiting = members.Skip(1).ToList();
        while (waiting.FindIndex(item => item.Inputs.Concat(item.Outputs).Any(reached.Contains)) is var next and >= 0)
        {
            reached.UnionWith(waiting[next].Inputs.Concat(waiting[next].Outputs));
            waiting.RemoveAt(next);
        }

        return waiting.Count == 0;
    }
}
