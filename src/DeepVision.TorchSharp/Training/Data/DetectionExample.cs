using DeepVision.Metrics;
using DeepVision.Preprocessing;
using DeepVision.Tensors;

namespace DeepVision.Torch.Training.Data;

/// <summary>
/// An image with boxes in its pixels. An object with <see cref="GroundTruthBox.Ignore"/> or <see cref="GroundTruthBox.IsCrowd"/>
/// is nothing to be found; losses may keep their hands off the place where it is.
/// </summary>
/// <param name="Image">The image.</param>
/// <param name="Objects">The objects; may be empty.</param>
public sealed record DetectionExample(RgbImage Image, IReadOnlyList<GroundTruthBox> Objects) : TrainingExample(Image)
{
    /// <summary>
    /// The part of an object's area that has to stay inside the image when it is cropped; of one of which less stays, but
    /// something, the rest is kept as ignored. 0 to 1, default 0.3.
    /// </summary>
    public float MinVisible
    {
        get;
        init => field = value is >= 0 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A visible part lies between 0 and 1.");
    } = 0.3f;

    /// <inheritdoc/>
    public override DetectionExample Moved(RgbImage image, BoxMap map)
    {
        ArgumentNullException.ThrowIfNull(image);
        float areaScale = Math.Abs(map.ScaleX * map.ScaleY);
        var moved = new List<GroundTruthBox>(Objects.Count);
        foreach (GroundTruthBox thing in Objects)
        {
            Box whole = map.Apply(thing.Box);
            Box inside = whole.Clip(map.Frame.Width, map.Frame.Height);
            if (inside.Area <= 0)
            {
                continue;
            }

            float visible = inside.Area / whole.Area;
            moved.Add(thing with
            {
                Box = inside,
                Area = thing.Area * areaScale * visible,
                Ignore = thing.Ignore || visible < MinVisible,
            });
        }

        return this with { Image = image, Objects = moved };
    }

    /// <inheritdoc/>
    public override void Validate()
    {
        ArgumentNullException.ThrowIfNull(Objects);
        for (int i = 0; i < Objects.Count; i++)
        {
            GroundTruthBox thing = Objects[i] ?? throw new ArgumentException($"Object {i} is null.");
            Box box = thing.Box;
            if (!(box.X2 > box.X1 && box.Y2 > box.Y1) || !float.IsFinite(box.X1 + box.Y1 + box.X2 + box.Y2))
            {
                throw new ArgumentException($"Object {i} has a box without area or with a corner that is no number: {box}. Leave such objects out.");
            }

            if (thing.ClassIndex < 0)
            {
                throw new ArgumentException($"Object {i} has class {thing.ClassIndex}; classes start at 0.");
            }
        }
    }
}
