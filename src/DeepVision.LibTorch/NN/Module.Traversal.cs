using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>The direct submodules with their names, in the order of registration.</summary>
            public virtual IEnumerable<(string name, Module module)> named_children()
            {
                foreach (var (childName, child) in _submodules)
                {
                    yield return (childName, child);
                }
            }

            /// <summary>The direct submodules.</summary>
            public virtual IEnumerable<Module> children() => named_children().Select(child => child.module);

            /// <summary>
            /// All modules below this one with their dotted names: first the direct submodules, then those below each of them. This module
            /// itself is not among them.
            /// </summary>
            public virtual IEnumerable<(string name, Module module)> named_modules()
            {
                foreach (var child in named_children())
                {
                    yield return child;
                }

                foreach (var (childName, child) in named_children())
                {
                    foreach (var (below, module) in child.named_modules())
                    {
                        yield return ($"{childName}.{below}", module);
                    }
                }
            }

            /// <summary>All modules below this one, in the order of <see cref="named_modules"/>.</summary>
            public virtual IEnumerable<Module> modules() => named_modules().Select(module => module.module);

            /// <summary>
            /// The parameters with their dotted names: the module's own, then those of each submodule. One that stands in several places is
            /// listed once.
            /// </summary>
            /// <param name="recurse">False for the module's own only.</param>
            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
            {
                var seen = new HashSet<Parameter>(ReferenceEqualityComparer.Instance);
                foreach (var (parameterName, parameter) in _parameters)
                {
                    if (!parameter.IsInvalid && seen.Add(parameter))
                    {
                        yield return (parameterName, parameter);
                    }
                }

                if (!recurse)
                {
                    yield break;
                }

                foreach (var (childName, child) in named_children())
                {
                    foreach (var (below, parameter) in child.named_parameters(true))
                    {
                        if (seen.Add(parameter))
                        {
                            yield return ($"{childName}.{below}", parameter);
                        }
                    }
                }
            }

            /// <summary>The parameters, in the order of <see cref="named_parameters"/>.</summary>
            /// <param name="recurse">False for the module's own only.</param>
            public virtual IEnumerable<Parameter> parameters(
                bool recurse = true) =>
                named_parameters(recurse).Select(parameter => parameter.parameter);

            /// <summary>
            /// The persistent buffers with their dotted names: the module's own, then those of each submodule. One that stands in several
            /// places is listed once.
            /// </summary>
            /// <param name="recurse">False for the module's own only.</param>
            /// <param name="include_nonpersistent">
            /// Has no effect, as in TorchSharp: a buffer that is not persistent is never listed.
            /// </param>
            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true, bool include_nonpersistent = true)
            {
                var seen = new HashSet<Tensor>(ReferenceEqualityComparer.Instance);
                foreach (var (bufferName, (buffer, persistent)) in _buffers)
                {
                    if (persistent && !buffer.IsInvalid && seen.Add(buffer))
                    {
                        yield return (bufferName, buffer);
                    }
                }

                if (!recurse)
                {
                    yield break;
                }

                foreach (var (childName, child) in named_children())
                {
                    foreach (var (below, buffer) in child.named_buffers(true, include_nonpersistent))
                    {
                        if (seen.Add(buffer))
                        {
                            yield return ($"{childName}.{below}", buffer);
                        }
                    }
                }
            }

            /// <summary>The persistent buffers, in the order of <see cref="named_buffers"/>.</summary>
            /// <param name="recurse">False for the module's own only.</param>
            /// <param name="include_nonpersistent">Has no effect, as in TorchSharp.</param>
            public virtual IEnumerable<Tensor> buffers(bool recurse = true, bool include_nonpersistent = true) =>
                named_buffers(recurse, include_nonpersistent).Select(buffer => buffer.buffer);

            /// <summary>Whether there is a buffer of this dotted name.</summary>
            /// <param name="target">The name, seen from this module.</param>
            public virtual bool has_buffer(string target) => get_buffer(target) is not null;

            /// <summary>Whether there is a parameter of this dotted name.</summary>
            /// <param name="target">The name, seen from this module.</param>
            public virtual bool has_parameter(string target) => get_parameter(target) is not null;

            /// <summary>The buffer of this dotted name, or null.</summary>
            /// <param name="target">The name, seen from this module.</param>
            public virtual Tensor? get_buffer(string target) =>
                _buffers.TryGetValue(target, out var buffer) ? buffer.Tensor
                : ChildOf(target, out var rest) is { } child ? child.get_buffer(rest)
                : null;

            /// <summary>The parameter of this dotted name, or null.</summary>
            /// <param name="target">The name, seen from this module.</param>
            public virtual Parameter? get_parameter(string target) =>
                _parameters.TryGetValue(target, out var parameter) ? parameter
                : ChildOf(target, out var rest) is { } child ? child.get_parameter(rest)
                : null;

            private Module? ChildOf(string target, out string rest)
            {
                var dot = target.IndexOf('.');
                rest = dot < 0 ? "" : target[(dot + 1)..];
                return dot < 0 ? null : named_children().FirstOrDefault(child => target.AsSpan(0, dot).SequenceEqual(child.name)).module;
            }
        }
    }
}
