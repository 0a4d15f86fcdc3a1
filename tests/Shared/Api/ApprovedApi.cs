using System.Reflection;
using PublicApiGenerator;

namespace DeepVision.Tests.Shared;

/// <summary>Compares an assembly's public surface with the approved one, so that review sees every addition.</summary>
internal static class ApprovedApi
{
    private const string UpdateVariable = "DEEPVISION_UPDATE_API";

    private static readonly ApiGeneratorOptions s_options = new() { IncludeAssemblyAttributes = false };

    /// <summary>Fails where a line is new or gone. With the variable DEEPVISION_UPDATE_API=1 it writes the file instead.</summary>
    public static void Check(Assembly assembly, string approvedFile)
    {
        string[] found = assembly.GeneratePublicApi(s_options).ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            File.WriteAllLines(approvedFile, found);
        }

        string[] approved = File.ReadAllLines(approvedFile);
        if (!found.SequenceEqual(approved))
        {
            string[] foundInTypes = [.. WithTypes(found)];
            string[] approvedInTypes = [.. WithTypes(approved)];
            IEnumerable<string> removed = approvedInTypes.Except(foundInTypes).Select(line => "- " + line);
            IEnumerable<string> added = foundInTypes.Except(approvedInTypes).Select(line => "+ " + line);
            int first = found.Zip(approved).TakeWhile(pair => pair.First == pair.Second).Count() + 1;
            Assert.Fail(
                $"The public API differs from {approvedFile}, first in line {first}. If that is meant, run the test with {UpdateVariable}=1 and review the file.\n"
                + string.Join('\n', removed.Concat(added)));
        }
    }

    // Many types have a member of the same text, so that a line counts together with the type that it stands in.
    private static IEnumerable<string> WithTypes(IEnumerable<string> lines)
    {
        string type = "";
        foreach (string line in lines)
        {
            string text = line.TrimStart();
            bool opensType = line.Length - text.Length == 4 && text.StartsWith("public ", StringComparison.Ordinal);
            type = opensType ? text : type;
            yield return opensType ? text : $"{type}: {text}";
        }
    }
}
