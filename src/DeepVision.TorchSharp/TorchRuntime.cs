using DeepVision.Torch.Native;

namespace DeepVision.Torch;

/// <summary>
/// TorchSharp's native libraries in this process. They are loaded and tried when DeepVision first uses them; calling
/// <see cref="Initialize"/> before that decides by hand. Thread-safe.
/// </summary>
public static class TorchRuntime
{
    private static readonly Lock s_lock = new();
    private static volatile bool s_isReady;

    /// <summary>Whether libtorch computes with oneDNN now. Loads the libraries where they are not.</summary>
    /// <exception cref="DllNotFoundException">The native libraries are missing or do not load; the message says what to do.</exception>
    public static bool UsesOneDnn
    {
        get
        {
            EnsureReady();
            return OneDnnSwitch.IsOn;
        }
    }

    /// <summary>
    /// Loads the native libraries and decides whether libtorch computes with oneDNN. Its version 3.7 in libtorch 2.10 gives wrong sums,
    /// without an error, on virtual machines that hide the sizes of their caches; so it is tried on convolutions of 24, 72
    /// and 120 channels beside a plain sum, which takes milliseconds.
    /// </summary>
    /// <param name="oneDnn">Default <see cref="OneDnnUse.Checked"/>.</param>
    /// <param name="say">Hears that oneDNN was switched off and why; null for a line on the error stream.</param>
    /// <remarks>May be called again, to decide otherwise: what runs from then on follows.</remarks>
    /// <exception cref="DllNotFoundException">The native libraries are missing or do not load; the message says what to do.</exception>
    /// <exception cref="NotSupportedException">
    /// oneDNN is to be switched, or computes wrong, and this libtorch has no switch for it.
    /// </exception>
    public static void Initialize(OneDnnUse oneDnn = OneDnnUse.Checked, Action<string>? say = null)
    {
        if (!Enum.IsDefined(oneDnn))
        {
            throw new ArgumentOutOfRangeException(nameof(oneDnn), oneDnn, "There is no such use of oneDNN.");
        }

        lock (s_lock)
        {
            NativeTorch.Load();
            switch (oneDnn)
            {
                case OneDnnUse.On:
                    OneDnnSwitch.Set(true);
                    break;
                case OneDnnUse.Off:
                    OneDnnSwitch.Set(false);
                    break;
                default:
                    OneDnnCheck.Decide(OneDnnCheck.ByLibTorch, OneDnnSwitch.Set, say ?? Console.Error.WriteLine);
                    break;
            }

            s_isReady = true;
        }
    }

    /// <summary>Does what <see cref="Initialize"/> does by default, where nobody has called it.</summary>
    internal static void EnsureReady()
    {
        if (s_isReady)
        {
            return;
        }

        lock (s_lock)
        {
            if (!s_isReady)
            {
                Initialize();
            }
        }
    }
}
