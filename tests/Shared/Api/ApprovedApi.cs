using System.Reflection;

namespace DeepVision.Tests.Shared;

/// <summary>Compares an assembly's public surface with the approved one, so that review sees every addition.</summary>
internal static class ApprovedApi
{
    private const string UpdateVariable = "DEEPVISION_UPDATE_API";

    /// <summary>Fails where a line is new or gone. With the variable DEEPVISION_UPDATE_API=1 it writes the file instead.</summary>
    public static void Check(Assembly assembly, string approvedFile)
    {
        IReadOnlyList<string> found = PublicApi.Describe(assembly);
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            File.WriteAllLines(approvedFile, found);
        }

        string[] approved = File.ReadAllLines(approvedFile);
        string[] added = [.. found.Except(approved).Select(line => "+ " + line)];
        string[] removed = [.. approved.Except(found).Select(line => "- " + line)];
        Assert.True(
            added.Length + removed.Length == 0,
            $"The public API differs from {approvedFile}. If that is meant, run the test with {UpdateVariable}=1 and review the file.\n"
            + string.Join('\n', removed.Concat(added)));
    }
}
