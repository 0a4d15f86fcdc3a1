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

        // Lines repeat ("}"), so that both their order and their number count.
        string[] approved = File.ReadAllLines(approvedFile);
        if (!found.SequenceEqual(approved))
        {
            IEnumerable<string> removed = approved.Except(found).Select(line => "- " + line.Trim());
            IEnumerable<string> added = found.Except(approved).Select(line => "+ " + line.Trim());
            Assert.Fail(
                $"The public API differs from {approvedFile}. If that is meant, run the test with {UpdateVariable}=1 and review the file.\n"
                + string.Join('\n', removed.Concat(added)));
        }
    }
}
