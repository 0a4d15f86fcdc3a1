using System.Globalization;

namespace DeepVision.FashionScenes.Tool;

/// <summary>Options written as pairs: --name value.</summary>
internal sealed class CommandLine
{
    private readonly Dictionary<string, string> _values = [];

    /// <summary>Reads the pairs; an option that is not among <paramref name="known"/> is an error.</summary>
    public static CommandLine Parse(string[] arguments, params string[] known)
    {
        var result = new CommandLine();
        for (int i = 0; i < arguments.Length; i += 2)
        {
            string name = arguments[i].StartsWith("--", StringComparison.Ordinal) ? arguments[i][2..] : "";
            if (!known.Contains(name))
            {
                throw new ArgumentException($"'{arguments[i]}' is not an option; expected one of --{string.Join(", --", known)}.");
            }

            result._values[name] = i + 1 < arguments.Length
                ? arguments[i + 1]
                : throw new ArgumentException($"--{name} needs a value.");
        }

        return result;
    }

    public string Text(string name, string otherwise) => _values.GetValueOrDefault(name, otherwise);

    public string Required(string name) =>
        _values.TryGetValue(name, out string? value) ? value : throw new ArgumentException($"--{name} is missing.");

    public T OneOf<T>(string name)
        where T : struct, Enum =>
        Enum.TryParse(Required(name), ignoreCase: true, out T value) && Enum.IsDefined(value)
            ? value
            : throw new ArgumentException($"--{name} expects one of {string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant()}; found '{Required(name)}'.");

    public int Number(string name, int otherwise) =>
        !_values.TryGetValue(name, out string? text) ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value
        : throw new ArgumentException($"--{name} expects a whole number from 0 on; found '{text}'.");
}
