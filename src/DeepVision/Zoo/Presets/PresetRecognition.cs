using DeepVision.Graphs;
using DeepVision.Graphs.Operations;
using DeepVision.Weights;

namespace DeepVision.Zoo;

/// <summary>Finds the preset that a file of weights belongs to, by its keys and shapes.</summary>
public static class PresetRecognition
{
    // No published head has more; a file that claims so is damaged or hostile.
    private const int MaxClasses = 100_000;

    // Wrappers around wrappers; each is compared with all presets.
    private const int MaxPrefixes = 3;

    // Other classes are tried where at most one name in so many is wrong.
    private const int ShareOfNames = 10;

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

        // A wrapper's path before all keys, like Lightning's "model.", which loading takes away as well.
        string[] prefixes = ["", .. KeyPrefix.SharedBy(file.Tensors.Keys).Take(MaxPrefixes)];
        foreach (ModelPreset preset in ModelPresets.All)
        {
            using VisionModel model = preset.CreateBuilder().Build();
            string prefix = prefixes.MinBy(candidate => Compare(model, file, candidate).Differences)!;
            Comparison usual = Compare(model, file, prefix);
            Take(preset, preset.Labels.Count, usual);
            if (usual.WrongShapes > 0 && usual.WrongNames * ShareOfNames <= file.Tensors.Count && ClassesIn(file, preset, model, prefix) is { } classes)
            {
                using VisionModel other = preset.CreateBuilder(new PresetOptions { Classes = classes }).Build();
                Take(preset, classes, Compare(other, file, prefix));
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

        void Take(ModelPreset preset, int classes, Comparison comparison)
        {
            if (comparison.Differences == 0)
            {
                fitting.Add((preset, classes));
            }
            else if (nearest is null || comparison.Differences < nearest.Value.Differences)
            {
                nearest = (preset, comparison.Differences, comparison.Example);
            }
        }
    }

    private static Comparison Compare(VisionModel model, WeightFile file, string prefix)
    {
        int missing = 0;
        int wrongShapes = 0;
        int matched = 0;
        string? example = null;
        foreach (Parameter parameter in model.Parameters.Where(parameter => parameter.Role != ParameterRole.BatchCount))
        {
            if (!file.Tensors.TryGetValue(model.KeyIn(file, parameter.Name, prefix), out WeightHandle? handle))
            {
                missing++;
                example ??= $"first no '{parameter.Name}'";
                continue;
            }

            matched++;
            if (handle.Shape != parameter.Shape)
            {
                wrongShapes++;
                example ??= $"first '{parameter.Name}' is {handle.Shape} and not {parameter.Shape}";
            }
        }

        int counts = file.Tensors.Keys.Count(key => key.EndsWith(".num_batches_tracked", StringComparison.Ordinal));
        int surplus = file.Tensors.Count - counts - matched;
        return new Comparison(missing + surplus, wrongShapes, example ?? $"{surplus} keys that the preset does not have");
    }

    /// <summary>The number of classes that the file's last layer speaks for; null where it is the preset's, or none.</summary>
    private static int? ClassesIn(WeightFile file, ModelPreset preset, VisionModel model, string prefix)
    {
        int usual = preset.Labels.Count;
        using VisionModel doubled = preset.CreateBuilder(new PresetOptions { Classes = 2 * usual }).Build();

        // The layer that grows with the classes is the one to ask. Its rows are a multiple of the classes and some more, as of a
        // background that each anchor has besides.
        (Parameter last, Parameter twice) = model.Parameters.Zip(doubled.Parameters).FirstOrDefault(pair => pair.First.Shape != pair.Second.Shape);
        if (last is null || !file.Tensors.TryGetValue(model.KeyIn(file, last.Name, prefix), out WeightHandle? handle)
            || handle.Shape.Rank != last.Shape.Rank || handle.Shape.With(0, last.Shape[0]) != last.Shape)
        {
            return null;
        }

        long rowsOfClass = (twice.Shape[0] - last.Shape[0]) / usual;
        long rows = handle.Shape[0] - (last.Shape[0] - (rowsOfClass * usual));
        return rowsOfClass > 0 && rows % rowsOfClass == 0 && rows / rowsOfClass is var classes and > 0 and <= MaxClasses && classes != usual
            ? (int)classes
            : null;
    }

    private readonly record struct Comparison(int WrongNames, int WrongShapes, string Example)
    {
        public int Differences => WrongNames + WrongShapes;
    }
}
