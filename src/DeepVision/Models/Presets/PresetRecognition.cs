using DeepVision.Graphs;
using DeepVision.Weights;

namespace DeepVision.Models;

/// <summary>Finds the preset that a file of weights belongs to, by its keys and shapes.</summary>
public static class PresetRecognition
{
    // No published head has more; a file that claims so is damaged or hostile.
    private const int MaxClasses = 100_000;

    /// <summary>The preset whose parameters the file gives exactly, batch counts aside.</summary>
    /// <param name="file">The open file.</param>
    /// <returns>
    /// The preset, its number of classes where the file was trained on others, and the presets that fit as well: keys and shapes
    /// do not tell apart what differs in labels and preprocessing only.
    /// </returns>
    /// <exception cref="WeightsException">No preset fits; the message names the nearest and what differs.</exception>
    public static RecognizedPreset Recognize(WeightFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var fitting = new List<(ModelPreset Preset, int Classes)>();
        (ModelPreset Preset, int Differences, string Example)? nearest = null;
        foreach (ModelPreset preset in ModelPresets.All)
        {
            foreach (int classes in PossibleClasses(preset, file))
            {
                (int differences, string example) = Compare(preset, classes, file);
                if (differences == 0)
                {
                    fitting.Add((preset, classes));
                }
                else if (nearest is null || differences < nearest.Value.Differences)
                {
                    nearest = (preset, differences, example);
                }
            }
        }

        if (fitting.Count > 0)
        {
            (ModelPreset preset, int classes) = fitting[0];
            return new RecognizedPreset(preset, classes, [.. fitting.Skip(1).Select(other => other.Preset)]);
        }

        (ModelPreset best, int count, string first) = nearest!.Value;
        throw new WeightsException(
            $"{file.Name}: its {file.Tensors.Count} tensors are those of no preset. The nearest is '{best.Name}' with {count} differences, "
            + $"{first}. Name the preset, or compose the model yourself.")
        {
            FileName = file.Name,
        };
    }

    private static (int Count, string Example) Compare(ModelPreset preset, int classes, WeightFile file)
    {
        using VisionModel model = preset.CreateBuilder(new PresetOptions { Classes = classes }).Build();
        int differences = 0;
        int matched = 0;
        string example = "";
        foreach (Parameter parameter in model.Parameters.Where(parameter => parameter.Role != ParameterRole.BatchCount))
        {
            if (!file.Tensors.TryGetValue(model.KeyIn(file, parameter.Name), out WeightHandle? handle))
            {
                Differ($"no '{parameter.Name}'");
            }
            else if (handle.Shape != parameter.Shape)
            {
                matched++;
                Differ($"'{parameter.Name}' is {handle.Shape} and not {parameter.Shape}");
            }
            else
            {
                matched++;
            }
        }

        int counts = file.Tensors.Keys.Count(key => key.EndsWith(".num_batches_tracked", StringComparison.Ordinal));
        int surplus = file.Tensors.Count - counts - matched;
        return (differences + surplus, differences > 0 ? example : $"{surplus} keys that the preset does not have");

        void Differ(string what)
        {
            example = differences++ == 0 ? "first " + what : example;
        }
    }

    /// <summary>The preset's number of classes, and the one that the file's last layer speaks for.</summary>
    private static IEnumerable<int> PossibleClasses(ModelPreset preset, WeightFile file)
    {
        int usual = preset.Labels.Count;
        yield return usual;
        using VisionModel model = preset.CreateBuilder().Build();
        using VisionModel doubled = preset.CreateBuilder(new PresetOptions { Classes = 2 * usual }).Build();

        // The layer that grows with the classes is the one to ask.
        Parameter? last = model.Parameters.Zip(doubled.Parameters)
            .FirstOrDefault(pair => pair.First.Shape != pair.Second.Shape).First;
        if (last is not null && file.Tensors.TryGetValue(last.Name, out WeightHandle? handle)
            && handle.Shape.Rank == last.Shape.Rank && handle.Shape.With(0, last.Shape[0]) == last.Shape)
        {
            long rows = (long)handle.Shape[0] * usual;
            if (rows % last.Shape[0] == 0 && rows / last.Shape[0] is var classes and > 0 and <= MaxClasses && classes != usual)
            {
                yield return (int)classes;
            }
        }
    }
}
