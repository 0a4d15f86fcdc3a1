using System.Collections.Concurrent;
using System.Reflection;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            // A type's fields do not change; finding them is the slow part of building and moving a module.
            private static readonly ConcurrentDictionary<Type, (string Name, FieldInfo Field)[]> FieldsOfTypes = new();

            private bool _areComponentsRegistered;

            /// <summary>
            /// Registers the modules, parameters and buffers that the fields of this object hold and that are not registered yet, under the
            /// fields' names (or those of <see cref="Utils.ComponentNameAttribute"/>): first the fields of the most derived type, in their
            /// order, then those of its bases. To be called at the end of the constructor. A second call does nothing.
            /// </summary>
            protected virtual void RegisterComponents()
            {
                if (_areComponentsRegistered)
                {
                    return;
                }

                foreach (var (fieldName, field) in ComponentFields(GetType()))
                {
                    if (_submodules.ContainsKey(fieldName) || _parameters.ContainsKey(fieldName) || _buffers.ContainsKey(fieldName))
                    {
                        continue;
                    }

                    switch (field.GetValue(this))
                    {
                        case Module module:
                            register_module(fieldName, module);
                            break;
                        case Parameter parameter:
                            register_parameter(fieldName, parameter);
                            break;
                        case Tensor tensor:
                            register_buffer(fieldName, tensor);
                            break;
                    }
                }

                _areComponentsRegistered = true;
            }

            /// <summary>Registers a submodule; the same as <see cref="register_module"/>.</summary>
            /// <param name="name">Its name: not empty, without dots, not taken.</param>
            /// <param name="module">The submodule, which belongs to this module from now on.</param>
            public void add_module(string name, Module module) => register_module(name, module);

            /// <summary>Registers a submodule. A null or disposed one takes the name out of the list instead.</summary>
            /// <param name="name">Its name: not empty, without dots, not taken.</param>
            /// <param name="submodule">The submodule, which belongs to this module from now on.</param>
            /// <exception cref="ArgumentException">The name is empty or holds a dot.</exception>
            /// <exception cref="InvalidOperationException">The name is taken. Register null under it first to replace a
            /// submodule.</exception>
            public virtual void register_module(string name, Module submodule)
            {
                if (submodule is null || submodule._disposed)
                {
                    _submodules.Remove(name);
                    return;
                }

                if (string.IsNullOrEmpty(name) || name.Contains('.'))
                {
                    throw new ArgumentException($"'{name}' cannot name a submodule of {GetName()}: expected a name that is not empty and has no dot.", nameof(name));
                }

                if (_submodules.ContainsKey(name))
                {
                    throw new InvalidOperationException($"{GetName()} has a submodule '{name}' already. Register null under that name first to replace it.");
                }

                submodule.RegisterComponents();
                _submodules.Add(name, submodule);
            }

            /// <summary>Registers a tensor that belongs to the module's state but is not trained.</summary>
            /// <param name="name">Its name, not taken by another buffer.</param>
            /// <param name="tensor">The tensor, which belongs to this module from now on.</param>
            /// <param name="persistent">
            /// Whether it is listed and saved. One that is not persistent is neither moved nor disposed with the module, as in TorchSharp.
            /// </param>
            /// <exception cref="ArgumentNullException">The tensor is null or disposed.</exception>
            /// <exception cref="InvalidOperationException">The name is taken.</exception>
            public virtual void register_buffer(string name, Tensor tensor, bool persistent = true)
            {
                if (tensor is null || tensor.IsInvalid)
                {
                    throw new ArgumentNullException(nameof(tensor), $"The buffer '{name}' of {GetName()} is null or disposed.");
                }

                if (!_buffers.TryAdd(name, (tensor, persistent)))
                {
                    throw new InvalidOperationException($"{GetName()} has a buffer '{name}' already.");
                }
            }

            /// <summary>Registers a trainable tensor.</summary>
            /// <param name="name">Its name, not taken by another parameter.</param>
            /// <param name="param">The parameter, which belongs to this module from now on.</param>
            /// <exception cref="ArgumentNullException">The parameter is null or disposed.</exception>
            /// <exception cref="InvalidOperationException">The name is taken.</exception>
            public virtual void register_parameter(string name, Parameter param)
            {
                if (param is null || param.IsInvalid)
                {
                    throw new ArgumentNullException(nameof(param), $"The parameter '{name}' of {GetName()} is null or disposed.");
                }

                if (!_parameters.TryAdd(name, param))
                {
                    throw new InvalidOperationException($"{GetName()} has a parameter '{name}' already.");
                }
            }

            /// <summary>Puts a parameter under a name, in place of the one there was; null takes the name out of the list.</summary>
            /// <param name="name">The name.</param>
            /// <param name="value">The parameter or null.</param>
            private protected void ConditionallyRegisterParameter(string name, Parameter? value)
            {
                if (value is null)
                {
                    _parameters.Remove(name);
                }
                else
                {
                    _parameters[name] = value;
                }
            }

            /// <summary>Puts a buffer under a name, in place of the one there was; null takes the name out of the list.</summary>
            /// <param name="name">The name.</param>
            /// <param name="value">The tensor or null.</param>
            /// <param name="persistent">Whether it is listed and saved.</param>
            private protected void ConditionallyRegisterBuffer(string name, Tensor? value, bool persistent = true)
            {
                if (value is null)
                {
                    _buffers.Remove(name);
                }
                else
                {
                    _buffers[name] = (value, persistent);
                }
            }

            /// <summary>
            /// What the setter of a component's property does: takes the new tensor over and disposes the one that was there.
            /// </summary>
            private protected void SetComponent(ref Parameter? field, Parameter? value, string componentName)
            {
                if (ReferenceEquals(field, value))
                {
                    return;
                }

                field?.Dispose();
                value?.DetachFromDisposeScope();
                field = value;
                ConditionallyRegisterParameter(componentName, value);
            }

            /// <inheritdoc cref="SetComponent(ref Parameter?, Parameter?, string)"/>
            private protected void SetComponent(ref Tensor? field, Tensor? value, string componentName)
            {
                if (ReferenceEquals(field, value))
                {
                    return;
                }

                field?.Dispose();
                value?.DetachFromDisposeScope();
                field = value;
                ConditionallyRegisterBuffer(componentName, value);
            }

            private static (string Name, FieldInfo Field)[] ComponentFields(Type type) => FieldsOfTypes.GetOrAdd(type, static t =>
            {
                const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly;
                var found = new OrderedDictionary<string, FieldInfo>();
                for (var current = t; current is not null && current != typeof(Module); current = current.BaseType)
                {
                    foreach (var field in current.GetFields(Declared))
                    {
                        // Any reference type can hold a component at run time; a value type or a string cannot.
                        if (!field.FieldType.IsValueType && field.FieldType != typeof(string))
                        {
                            found.TryAdd(field.ComponentName(), field);
                        }
                    }
                }

                return [.. found.Select(pair => (pair.Key, pair.Value))];
            });
        }
    }
}
