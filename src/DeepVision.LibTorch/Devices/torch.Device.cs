namespace TorchSharp;

public static partial class torch
{
    /// <summary>Where a tensor's elements are: a kind of device, and which one of that kind.</summary>
    public class Device
    {
        /// <summary>A device by its description, such as <c>cpu</c>, <c>cuda</c> or <c>cuda:1</c>.</summary>
        /// <exception cref="ArgumentException">There is no such kind of device.</exception>
        /// <exception cref="FormatException">The index is no number.</exception>
        public Device(string description)
        {
            string[] parts = description.Split(':');
            type = Enum.Parse<DeviceType>(parts[0].ToUpperInvariant());
            index = parts.Length > 1 ? int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture) : -1;
        }

        /// <summary>A device by the name of its kind, and its index; -1 for the current one.</summary>
        /// <exception cref="ArgumentException">There is no such kind of device.</exception>
        public Device(string deviceType, int index = -1)
        {
            type = Enum.Parse<DeviceType>(deviceType.ToUpperInvariant());
            this.index = index;
        }

        /// <summary>A device by its kind, and its index; -1 for the current one.</summary>
        public Device(DeviceType deviceType, int index = -1)
        {
            type = deviceType;
            this.index = index;
        }

        /// <summary>A CUDA device.</summary>
        public Device(int index)
            : this(DeviceType.CUDA, index)
        {
        }

        /// <summary>The kind of device.</summary>
        public DeviceType type { get; private set; }

        /// <summary>Which device of its kind; -1 for the current one.</summary>
        public int index { get; private set; }

        /// <summary>A device by its description, such as <c>cpu</c>, <c>cuda</c> or <c>cuda:1</c>.</summary>
        public static implicit operator Device(string description) => new(description);

        /// <summary>The description that makes this device.</summary>
        public override string ToString()
        {
            string kind = type.ToString().ToLowerInvariant();
            return type == DeviceType.CPU || index < 0 ? kind : $"{kind}:{index}";
        }
    }
}
