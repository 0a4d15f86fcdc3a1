using System.Reflection;

namespace DeepVision.Tests.Shared;

/// <summary>Compares the committed list of mirrored members with an assembly.</summary>
internal static class MirrorComparison
{
    /// <summary>The lines of the committed list, without its heading.</summary>
    public static IReadOnlyList<string> Read(string file) => [.. File.ReadLines(file).Where(line => line.Length > 0 && line[0] != '#')];

    /// <summary>The lines of <paramref name="mirrored"/> that <paramref name="original"/> has not, each with the closest that it has.</summary>
    public static IReadOnlyList<string> Missing(IReadOnlyList<string> mirrored, Assembly original)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        ILookup<string, string> byName = MirroredMembers.Describe(original).ToLookup(NameOf);
        List<string> missing = [];
        foreach (string line in mirrored)
        {
            if (!byName[NameOf(line)].Any(candidate => Agree(line, candidate)))
            {
                missing.Add("mirrored: " + line + "\n" + string.Join('\n', byName[NameOf(line)].Select(candidate => "original: " + candidate)));
            }
        }

        return missing;
    }

    /// <summary>
    /// Whether two lines say the same. Where the original states no nullability ('~'), a mirrored type may stand with or without
    /// a question mark.
    /// </summary>
    internal static bool Agree(string mirrored, string original)
    {
        int at = 0;
        foreach (char expected in original)
        {
            if (expected == '~')
            {
                at += at < mirrored.Length && mirrored[at] == '?' ? 1 : 0;
            }
            else if (at < mirrored.Length && mirrored[at] == expected)
            {
                at++;
            }
            else
            {
                return false;
            }
        }

        return at == mirrored.Length;
    }

    // The declaring type and the member's name: what stands before the parameters, without the types.
    private static string NameOf(string line)
    {
        int colon = line.IndexOf(": ", StringComparison.Ordinal);
        string member = line[(colon + 2)..];
        int depth = 0;
        int end = member.Length;
        for (int i = 0; i < member.Length; i++)
        {
            depth += member[i] is '<' ? 1 : member[i] is '>' ? -1 : 0;
            if (depth == 0 && i > 0 && (member[i] is '[' or '{' or '=' || (member[i] == '(' && member[i - 1] != ' ')) && member[i - 1] != '[')
            {
                end = i;
                break;
            }
        }

        string head = member[..end].TrimEnd();
        string name = head[(head.LastIndexOf(' ') + 1)..].Split('<')[0];
        return line[..colon] + "." + name;
    }
}
