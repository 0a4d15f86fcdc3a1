namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>
            /// The module's state by dotted name: all parameters, then all persistent buffers, then further names of shared ones. The
            /// tensors are the module's own, not copies.
            /// </summary>
            /// <param name="destination">A dictionary to add to; null for a new one. Names that it has are left alone.</param>
            /// <param name="prefix">Stands before every name, with a dot.</param>
            public virtual Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null)
            {
                destination ??= [];
                var before = string.IsNullOrEmpty(prefix) ? "" : prefix + ".";
                foreach (var (parameterName, parameter) in named_parameters())
                {
                    destination.TryAdd(before + parameterName, parameter);
                }

                foreach (var (bufferName, buffer) in named_buffers(include_nonpersistent: false))
                {
                    destination.TryAdd(before + bufferName, buffer);
                }

                // What stands in several places has been listed under its first name only. TorchSharp leaves it at that in a Sequential,
                // whose modules are not registered.
                foreach (var (childName, child) in _submodules)
                {
                    child.state_dict(destination, before + childName);
                }

                return destination;
            }

            /// <summary>Copies values into the module's parameters and buffers, converting dtype and device.</summary>
            /// <param name="source">Values by dotted name.</param>
            /// <param name="strict">Whether missing and unexpected names are errors.</param>
            /// <param name="skip">Names to leave alone, on both sides.</param>
            /// <returns>The names the module has and the source lacks, and the other way round.</returns>
            /// <exception cref="InvalidOperationException">Names are missing or unexpected and <paramref name="strict"/> is true; nothing
            /// is copied then.</exception>
            public virtual (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(
                Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
            {
                ArgumentNullException.ThrowIfNull(source);
                var skipped = new HashSet<string>(skip ?? []);
                var destination = state_dict();
                List<string> missing = [.. destination.Keys.Where(key => !skipped.Contains(key) && !source.ContainsKey(key))];
                List<string> unexpected = [.. source.Keys.Where(key => !skipped.Contains(key) && !destination.ContainsKey(key))];
                if (strict && missing.Count + unexpected.Count > 0)
                {
                    throw new InvalidOperationException(
                        $"The state dict does not fit {GetName()}: {missing.Count} names are missing ({Some(missing)}) and {unexpected.Count} are unexpected ({Some(unexpected)}).");
                }

                using var noGrad = no_grad();
                foreach (var (key, value) in source)
                {
                    if (!skipped.Contains(key) && destination.TryGetValue(key, out var target))
                    {
                        target.copy_(value);
                    }
                }

                return (missing, unexpected);
            }

            private static string Some(List<string> names) =>
                names.Count == 0 ? "none" : string.Join(", ", names.Take(5)) + (names.Count > 5 ? ", ..." : "");
        }
    }
}
