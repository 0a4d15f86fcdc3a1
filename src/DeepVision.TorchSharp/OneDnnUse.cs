namespace DeepVision.Torch;

/// <summary>Whether libtorch computes with oneDNN on the CPU. It is one setting for the whole process.</summary>
public enum OneDnnUse
{
    /// <summary>As long as a few small convolutions come out right, which is tried once. Where they do not, it is switched off and said aloud.</summary>
    Checked,

    /// <summary>Yes, without trying.</summary>
    On,

    /// <summary>No: libtorch takes its own, slower kernels.</summary>
    Off,
}
