using DeepVision.Backbones;
using DeepVision.Graphs;
using DeepVision.Models;
using DeepVision.Necks;
using DeepVision.Tensors;
using DeepVision.Weights;
using DeepVision.Zoo;

namespace DeepVision.Tests.Weights.Binding;

public sealed class WeightBindingTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("deepvision");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Load_SavedModel_GivesTheSameBits()
    {
        string path = SaveSmall();
        using VisionModel saved = Small().InitializeWeights(seed: 7).Build();
        using VisionModel loaded = Small().LoadWeights(path).Build();

        Assert.True(loaded.Weights.Reports[0].IsExact);
        foreach ((Parameter one, Parameter other) in saved.Graph.Parameters.Zip(loaded.Graph.Parameters))
        {
            Assert.Equal(Values(saved, one), Values(loaded, other));
        }
    }

    [Fact]
    public void Load_MissingUnexpectedAndWrongShape_AreReportedAtOnceWithTheNearestName()
    {
        string path = SaveEdited(tensors =>
        {
            Rename(tensors, "layer1.0.conv1.weight", "layer1.0.conv1.wieght");
            tensors["linear.weight"] = WeightHandle.FromMemory(new TensorShape(3, 64), new float[192]);
        });

        var exception = Assert.Throws<WeightsException>(() => Small().LoadWeights(path).Build());

        Assert.Contains("layer1.0.conv1.weight (the file has layer1.0.conv1.wieght)", exception.Message, StringComparison.Ordinal);
        Assert.Contains("layer1.0.conv1.wieght (the model has layer1.0.conv1.weight)", exception.Message, StringComparison.Ordinal);
        Assert.Contains("linear.weight: expected 10x64, found 3x64", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_OtherClassesAllowed_LoadsTheRestAndReports()
    {
        string path = SaveEdited(tensors => tensors["linear.weight"] = WeightHandle.FromMemory(new TensorShape(3, 64), new float[192]));
        var options = new WeightLoadOptions { WrongShapes = MismatchPolicy.Report };

        using VisionModel model = Small().LoadWeights(path, options).InitializeWeights().Build();

        Assert.Equal(["linear.weight"], model.Weights.Initialized.Select(parameter => parameter.Name));
        Assert.Equal("linear.weight", Assert.Single(model.Weights.Reports[0].WrongShapes).Key);
    }

    [Fact]
    public void Load_WithoutBatchCounts_IsExact()
    {
        string path = SaveEdited(tensors =>
        {
            foreach (string key in tensors.Keys.Where(key => key.EndsWith("num_batches_tracked", StringComparison.Ordinal)).ToArray())
            {
                tensors.Remove(key);
            }
        });

        using VisionModel model = Small().LoadWeights(path).Build();

        Assert.True(model.Weights.Reports[0].IsExact);
        Assert.Empty(model.Weights.Initialized);
    }

    [Fact]
    public void Load_BatchCountsIntoFrozenNorm_AreUnused()
    {
        string path = SaveSmall();
        CifarResNetSpec frozen = CifarResNetSpec.ResNet20 with { Normalization = Normalization.FrozenBatchNorm() };

        using VisionModel model = VisionModel.Create().UseCifarResNet(frozen).UseClassifier(10).LoadWeights(path).Build();

        Assert.All(model.Weights.Reports[0].Unused, key => Assert.EndsWith("num_batches_tracked", key));
        Assert.Equal(19, model.Weights.Reports[0].Unused.Count);
    }

    [Fact]
    public void LoadBackbone_ClassifierFileIntoDetector_LoadsTheBodyAndReportsTheRest()
    {
        string path = Path.Combine(_folder.FullName, "resnet18.safetensors");
        using (VisionModel classifier = VisionModel.FromPreset("resnet18").InitializeWeights(seed: 3).Build())
        {
            classifier.Weights.Save(path);
        }

        using VisionModel detector = VisionModel.Create()
            .UseResNet(ResNetSpec.ResNet18).UseFpn(channels: 32).UseRetinaNet(["cat"])
            .LoadWeights(ModelComponent.Backbone, path)
            .Build();
        using VisionModel source = VisionModel.FromPreset("resnet18").LoadWeights(path).Build();

        WeightReport report = Assert.Single(detector.Weights.Reports);
        Assert.Equal(["fc.weight", "fc.bias"], report.Unused);
        Assert.Empty(report.Missing);
        Assert.All(detector.Weights.Initialized, parameter => Assert.False(parameter.Name.StartsWith("backbone.body", StringComparison.Ordinal)));
        foreach (Parameter parameter in source.Graph.Parameters.Where(parameter => !parameter.Name.StartsWith("fc", StringComparison.Ordinal)))
        {
            Parameter twin = detector.Graph.Parameters.Single(other => other.Name == "backbone.body." + parameter.Name);
            Assert.Equal(Values(source, parameter), Values(detector, twin));
        }
    }

    [Fact]
    public void Load_FormerNamesOfFpnAndRetinaNet_AreRenamed()
    {
        string current = Path.Combine(_folder.FullName, "current.safetensors");
        using VisionModel model = SmallDetector().InitializeWeights(seed: 1).Build();
        model.Weights.Save(current);
        string former = Edit(current, tensors =>
        {
            for (int i = 0; i < 4; i++)
            {
                foreach (string tower in new[] { "head.classification_head.conv", "head.regression_head.conv" })
                {
                    // Highest first, because the old numbers overlap the new ones.
                    Rename(tensors, $"{tower}.{3 - i}.0.weight", $"{tower}.{2 * (3 - i)}.weight");
                    Rename(tensors, $"{tower}.{3 - i}.0.bias", $"{tower}.{2 * (3 - i)}.bias");
                }
            }

            for (int i = 0; i < 3; i++)
            {
                foreach (string list in new[] { "backbone.fpn.inner_blocks", "backbone.fpn.layer_blocks" })
                {
                    Rename(tensors, $"{list}.{i}.0.weight", $"{list}.{i}.weight");
                    Rename(tensors, $"{list}.{i}.0.bias", $"{list}.{i}.bias");
                }
            }
        });

        using VisionModel loaded = SmallDetector().LoadWeights(former).Build();

        Assert.True(loaded.Weights.Reports[0].IsExact);
        Assert.Equal(28, loaded.Weights.Reports[0].Renamed.Count);
        foreach ((Parameter one, Parameter other) in model.Graph.Parameters.Zip(loaded.Graph.Parameters))
        {
            Assert.Equal(Values(model, one), Values(loaded, other));
        }
    }

    [Fact]
    public void Read_NothingGaveValues_NamesTheParameterAndTheRemedy()
    {
        using VisionModel model = Small().Build();

        var exception = Assert.Throws<WeightsException>(model.Weights.EnsureComplete);

        Assert.Contains("InitializeWeights", exception.Message, StringComparison.Ordinal);
        Assert.Equal("conv1.weight", exception.Key);
    }

    [Fact]
    public void Initialize_ConvolutionOfResNet_HasHesDeviation()
    {
        using VisionModel model = VisionModel.FromPreset("resnet18").InitializeWeights(seed: 5).Build();
        Parameter parameter = model.Graph.Parameters.Single(p => p.Name == "layer3.0.conv2.weight");

        float[] values = Values(model, parameter);

        double deviation = Math.Sqrt(values.Average(value => (double)value * value));
        Assert.Equal(Math.Sqrt(2.0 / (256 * 9)), deviation, 4);
        Assert.Equal(0, values.Average(), 4);
    }

    [Fact]
    public void Recognize_SavedModelOfOtherClasses_FindsPresetAndClasses()
    {
        string path = Path.Combine(_folder.FullName, "three.safetensors");
        using (VisionModel model = VisionModel.FromPreset("resnet18", new PresetOptions { Classes = 3 }).InitializeWeights().Build())
        {
            model.Weights.Save(path);
        }

        using WeightFile file = WeightFile.Open(path);
        RecognizedPreset recognized = PresetRecognition.Recognize(file);

        Assert.Equal(("resnet18", 3), (recognized.Preset.Name, recognized.Classes));
    }

    [Theory]
    [InlineData("retinaface_mobilenet_0.25", 3)]
    [InlineData("ssdlite320_mobilenet_v3_large", 4)]
    [InlineData("yolox_nano", 7)]
    public void Recognize_DetectorOfOtherClasses_FindsPresetAndClasses(string preset, int classes)
    {
        string path = Path.Combine(_folder.FullName, "detector.safetensors");
        using (VisionModel model = VisionModel.FromPreset(preset, new PresetOptions { Classes = classes }).InitializeWeights().Build())
        {
            model.Weights.Save(path);
        }

        using WeightFile file = WeightFile.Open(path);
        RecognizedPreset recognized = PresetRecognition.Recognize(file);

        Assert.Equal((preset, classes), (recognized.Preset.Name, recognized.Classes));
    }

    [Fact]
    public void Recognize_HostileClassCount_IsRefusedWithoutMemory()
    {
        string path = Path.Combine(_folder.FullName, "hostile.safetensors");
        byte[] header = System.Text.Encoding.UTF8.GetBytes("{\"fc.weight\":{\"dtype\":\"F32\",\"shape\":[1000000000,0],\"data_offsets\":[0,0]}}");
        File.WriteAllBytes(path, [.. BitConverter.GetBytes((long)header.Length), .. header]);
        using WeightFile file = WeightFile.Open(path);

        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<WeightsException>(() => PresetRecognition.Recognize(file));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1L << 30);
    }

    [Fact]
    public void Load_PrefixThatHidesAnother_TakesTheOneAskedFor()
    {
        string path = SaveEdited(tensors =>
        {
            foreach (string key in tensors.Keys.ToArray())
            {
                tensors.Add("ema." + key, WeightHandle.FromMemory(tensors[key].Shape, new float[tensors[key].Shape.ElementCount]));
            }
        });

        using VisionModel model = Small().LoadWeights(path, new WeightLoadOptions { FilePrefix = "ema." }).Build();

        Assert.All(Values(model, model.Graph.Parameters[0]), value => Assert.Equal(0, value));
    }

    [Fact]
    public void LoadBackbone_WholeModelBehindAPrefix_IsFound()
    {
        string whole = Path.Combine(_folder.FullName, "detector.safetensors");
        using (VisionModel model = SmallDetector().InitializeWeights(seed: 2).Build())
        {
            model.Weights.Save(whole);
        }

        string path = Edit(whole, tensors =>
        {
            foreach (string key in tensors.Keys.ToArray())
            {
                Rename(tensors, key, "model." + key);
            }
        });

        using VisionModel loaded = SmallDetector()
            .LoadWeights(ModelComponent.Backbone, path, new WeightLoadOptions { FilePrefix = "model." }).Build();

        Assert.Empty(loaded.Weights.Reports[0].Missing);
        Assert.NotEmpty(loaded.Weights.Reports[0].Loaded);
    }

    [Fact]
    public void LoadNeck_FormerNames_AreFound()
    {
        static VisionModelBuilder Features() => VisionModel.Create()
            .UseResNet(ResNetSpec.ResNet18 with { BaseWidth = 8 }).UseFpn(new FpnSpec { Channels = 16 });
        string current = Path.Combine(_folder.FullName, "neck.safetensors");
        using (VisionModel model = Features().InitializeWeights(seed: 2).Build())
        {
            model.Weights.Save(current);
        }

        string path = Edit(current, tensors =>
        {
            foreach (string key in tensors.Keys.Where(key => key.Contains("_blocks.", StringComparison.Ordinal)).ToArray())
            {
                Rename(tensors, key, key.Replace(".0.weight", ".weight", StringComparison.Ordinal).Replace(".0.bias", ".bias", StringComparison.Ordinal));
            }
        });

        using VisionModel loaded = Features().LoadWeights(ModelComponent.Neck, path).InitializeWeights().Build();

        Assert.Empty(loaded.Weights.Reports[0].Missing);
        Assert.Equal(16, loaded.Weights.Reports[0].Renamed.Count);
    }

    [Theory]
    [InlineData("model.")]
    [InlineData("net.encoder.")]
    [InlineData("module.model._orig_mod.")]
    public void Load_PathBeforeAllKeys_IsTakenAwayAndReported(string prefix)
    {
        string path = SaveEdited(tensors => Prefix(tensors, prefix));
        using VisionModel model = Small().LoadWeights(path).Build();
        using WeightFile file = WeightFile.Open(path);

        Assert.True(model.Weights.Reports[0].IsExact);
        Assert.Equal(prefix.Replace("._orig_mod", "", StringComparison.Ordinal), model.Weights.Reports[0].RemovedPrefix);
        Assert.Contains("taken away", model.Weights.Reports[0].ToString(), StringComparison.Ordinal);
        Assert.Equal("cifar_resnet20", PresetRecognition.Recognize(file).Preset.Name);
    }

    [Fact]
    public void Load_ModelUnderAPathBesideOthers_IsFoundAndTheRestUnexpected()
    {
        string path = SaveEdited(tensors =>
        {
            Prefix(tensors, "model.");
            tensors["loss.weight"] = WeightHandle.FromMemory(new TensorShape(1), new float[1]);
        });

        var exception = Assert.Throws<WeightsException>(() => Small().LoadWeights(path).Build());
        using VisionModel model = Small().LoadWeights(path, new WeightLoadOptions { UnexpectedKeys = MismatchPolicy.Report }).Build();

        Assert.Contains("0 missing, 1 unexpected", exception.Message, StringComparison.Ordinal);
        Assert.Equal("model.", model.Weights.Reports[0].RemovedPrefix);
    }

    [Fact]
    public void Load_ModelUnderTwoPaths_NamesBoth()
    {
        string path = SaveEdited(tensors =>
        {
            foreach (string key in tensors.Keys.ToArray())
            {
                tensors["student." + key] = tensors[key];
                Rename(tensors, key, "teacher." + key);
            }
        });

        var exception = Assert.Throws<WeightsException>(() => Small().LoadWeights(path).Build());
        using VisionModel model = Small()
            .LoadWeights(path, new WeightLoadOptions { FilePrefix = "teacher.", UnexpectedKeys = MismatchPolicy.Report }).Build();

        Assert.Contains("'student.'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("'teacher.'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("FilePrefix", exception.Message, StringComparison.Ordinal);
        Assert.Contains("UnexpectedKeys = MismatchPolicy.Report", exception.Message, StringComparison.Ordinal);
        Assert.Empty(model.Weights.Reports[0].Missing);
    }

    [Fact]
    public void Load_OtherModelUnderAPath_SaysThatAllKeysBeginWithIt()
    {
        string path = SaveEdited(tensors =>
        {
            foreach (string key in tensors.Keys.ToArray())
            {
                Rename(tensors, key, "encoder." + key + "x");
            }
        });

        var exception = Assert.Throws<WeightsException>(() => Small().LoadWeights(path).Build());

        Assert.Contains("All keys of the file begin with 'encoder.'", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model.")]
    [InlineData("model.backbone.body.")]
    public void LoadBackbone_BehindAPath_IsFound(string prefix)
    {
        string whole = Path.Combine(_folder.FullName, "resnet.safetensors");
        using (VisionModel model = VisionModel.FromPreset("resnet18").InitializeWeights(seed: 2).Build())
        {
            model.Weights.Save(whole);
        }

        string path = Edit(whole, tensors => Prefix(tensors, prefix));
        using VisionModel loaded = VisionModel.Create().UseResNet(ResNetSpec.ResNet18).UseFpn(channels: 16).UseRetinaNet(["cat"])
            .LoadWeights(ModelComponent.Backbone, path).InitializeWeights().Build();

        Assert.Empty(loaded.Weights.Reports[0].Missing);
        Assert.NotEmpty(loaded.Weights.Reports[0].Loaded);
        Assert.NotEqual("", loaded.Weights.Reports[0].RemovedPrefix);
    }

    [Fact]
    public void Load_BatchCountsOfOneDimension_AreTakenAsPyTorchDoes()
    {
        string path = SaveEdited(tensors =>
        {
            foreach (string key in tensors.Keys.Where(key => key.EndsWith("num_batches_tracked", StringComparison.Ordinal)).ToArray())
            {
                tensors[key] = WeightHandle.FromMemory(new TensorShape(1), new float[] { 5 });
            }
        });

        using VisionModel model = Small().LoadWeights(path).Build();

        Assert.True(model.Weights.Reports[0].IsExact);
        Assert.Equal([5f], Values(model, model.Graph.Parameters.First(parameter => parameter.Name.EndsWith("num_batches_tracked", StringComparison.Ordinal))));
    }

    [Fact]
    public void Load_TensorThatCannotBeRead_IsNamedWhereItIsAskedForOnly()
    {
        // A header by hand: safetensors has types that the writer does not have.
        string path = SaveEdited(tensors => tensors["extra"] = WeightHandle.FromMemory(new TensorShape(2), new float[2]));
        string other = Path.Combine(_folder.FullName, "other.safetensors");
        Replace(path, other, """
            "extra":{"dtype":"F32","shape":[2]
            """, """
            "extra":{"dtype":"C64","shape":[1]
            """);
        string asked = Path.Combine(_folder.FullName, "asked.safetensors");
        Replace(other, asked, """
            "linear.bias":{"dtype":"F32","shape":[10]
            """, """
            "linear.bias":{"dtype":"U32","shape":[10]
            """);

        using VisionModel model = Small().LoadWeights(other).Build();
        var exception = Assert.Throws<WeightsException>(() => Small().LoadWeights(asked).Build());

        Assert.Contains("extra", model.Weights.Reports[0].Unused);
        Assert.Contains("In the file but not read: linear.bias: its dtype 'U32'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Recognize_TwoPresetsOfTheSameParameters_NamesBoth()
    {
        using WeightFile file = WeightFile.Open(SaveSmall());

        RecognizedPreset recognized = PresetRecognition.Recognize(file);

        Assert.Equal("cifar_resnet20", recognized.Preset.Name);
        Assert.Equal(["fashion_resnet20"], recognized.Alternatives.Select(preset => preset.Name));
    }

    [Fact]
    public void Recognize_UnknownKeys_NamesTheNearest()
    {
        string path = SaveEdited(tensors => tensors.Remove("layer1.0.bn1.weight"));
        using WeightFile file = WeightFile.Open(path);

        var exception = Assert.Throws<WeightsException>(() => PresetRecognition.Recognize(file));

        Assert.Contains("cifar_resnet20", exception.Message, StringComparison.Ordinal);
        Assert.Contains("layer1.0.bn1.weight", exception.Message, StringComparison.Ordinal);
    }

    private static VisionModelBuilder Small() => VisionModel.FromPreset("cifar_resnet20");

    private static VisionModelBuilder SmallDetector() =>
        VisionModel.Create().UseResNet(ResNetSpec.ResNet18 with { BaseWidth = 8 }).UseFpn(channels: 16).UseRetinaNet(["cat", "dog"]);

    private static float[] Values(VisionModel model, Parameter parameter)
    {
        var values = new float[parameter.Shape.ElementCount];
        model.Weights.Read(parameter, values);
        return values;
    }

    private static void Prefix(Dictionary<string, WeightHandle> tensors, string prefix)
    {
        foreach (string key in tensors.Keys.ToArray())
        {
            Rename(tensors, key, prefix + key);
        }
    }

    // Bytes of the same number, so that no offset changes.
    private static void Replace(string path, string target, string old, string replacement)
    {
        byte[] content = File.ReadAllBytes(path);
        int at = content.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(old));
        System.Text.Encoding.ASCII.GetBytes(replacement).CopyTo(content, at);
        File.WriteAllBytes(target, content);
    }

    private static void Rename(Dictionary<string, WeightHandle> tensors, string from, string to)
    {
        tensors.Add(to, tensors[from]);
        tensors.Remove(from);
    }

    private string SaveSmall()
    {
        string path = Path.Combine(_folder.FullName, "small.safetensors");
        using VisionModel model = Small().InitializeWeights(seed: 7).Build();
        model.Weights.Save(path);
        return path;
    }

    private string SaveEdited(Action<Dictionary<string, WeightHandle>> edit) => Edit(SaveSmall(), edit);

    private string Edit(string path, Action<Dictionary<string, WeightHandle>> edit)
    {
        using WeightFile file = WeightFile.Open(path);
        var tensors = file.Tensors.ToDictionary(pair => pair.Key, pair => pair.Value);
        edit(tensors);
        string edited = Path.Combine(_folder.FullName, "edited.safetensors");
        SafeTensorsWriter.Write(edited, tensors);
        return edited;
    }
}
