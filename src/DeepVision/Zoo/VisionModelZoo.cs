using DeepVision.Weights;
using DeepVision.Zoo;

namespace DeepVision;

/// <summary>Models that are composed and published already, as members of <see cref="VisionModel"/>.</summary>
public static class VisionModelZoo
{
    extension(VisionModel)
    {
        /// <summary>Starts a model from a preset; add weights and build it.</summary>
        /// <param name="name">One of <see cref="ModelPresets.All"/>, like <c>resnet50</c>.</param>
        /// <exception cref="ArgumentException">There is no such preset; the message names the nearest.</exception>
        /// <param name="options">What differs from the preset, like the classes; null for nothing.</param>
        public static VisionModelBuilder FromPreset(string name, PresetOptions? options = null) => ModelPresets.Find(name).CreateBuilder(options);

        /// <summary>Starts a published model from its manifest, with its weights; build it.</summary>
        /// <param name="path">The manifest, or the folder that holds <c>manifest.json</c>.</param>
        /// <exception cref="WeightsException">The manifest cannot be read, or the weight file is not the one it was written for.</exception>
        /// <exception cref="IOException">A file is not there or cannot be read.</exception>
        public static VisionModelBuilder FromManifest(string path) => ModelManifest.Load(path).CreateBuilder();
    }
}
