using System.Reflection;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>Moves the module and all below it; see <see cref="ModuleExtensionMethods"/>.</summary>
            /// <param name="device">The device.</param>
            /// <param name="dtype">The dtype of floating-point parameters and buffers.</param>
            /// <param name="non_blocking">Whether a copy may go on while the call returns.</param>
            protected internal virtual Module _to(Device device, ScalarType dtype, bool non_blocking)
            {
                Move(FloatingPoint(dtype), device, non_blocking);
                return this;
            }

            /// <summary>Moves the module and all below it to a device.</summary>
            /// <param name="deviceType">The kind of device.</param>
            /// <param name="deviceIndex">Its number, or -1.</param>
            /// <param name="non_blocking">Whether a copy may go on while the call returns.</param>
            protected internal virtual Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking)
            {
                Move(null, new Device(deviceType, deviceType == DeviceType.CUDA ? deviceIndex : -1), non_blocking);
                return this;
            }

            /// <summary>Converts the floating-point parameters and buffers of the module and all below it.</summary>
            /// <param name="dtype">A floating-point dtype.</param>
            /// <param name="non_blocking">Whether a copy may go on while the call returns.</param>
            protected internal virtual Module _to(ScalarType dtype, bool non_blocking)
            {
                Move(FloatingPoint(dtype), null, non_blocking);
                return this;
            }

            /// <summary>
            /// Moves the children, then the module's own tensors. A tensor that changes is a new object, put into the place of the old one
            /// in the module's lists and in the field or property that held it; the old one is disposed.
            /// </summary>
            private protected virtual void Move(ScalarType? dtype, Device? device, bool nonBlocking)
            {
                foreach (var (_, child) in named_children())
                {
                    MoveChild(child, dtype, device, nonBlocking);
                }

                foreach (var (parameterName, parameter) in _parameters.ToArray())
                {
                    if (Moved(parameter, dtype, device, nonBlocking) is { } moved)
                    {
                        SetMember(parameterName, parameter, moved);
                        _parameters[parameterName] = moved;
                        parameter.Dispose();
                    }
                }

                foreach (var (bufferName, (buffer, persistent)) in _buffers.ToArray())
                {
                    if (persistent && Moved(buffer, dtype, device, nonBlocking) is { } moved)
                    {
                        SetMember(bufferName, buffer, moved);
                        _buffers[bufferName] = (moved, persistent);
                        buffer.Dispose();
                    }
                }
            }

            // Through the virtual methods, so that an override in a user's module is heard.
            private static void MoveChild(Module child, ScalarType? dtype, Device? device, bool nonBlocking)
            {
                if (device is null)
                {
                    child._to(dtype!.Value, nonBlocking);
                }
                else if (dtype is null)
                {
                    child._to(device.type, device.index, nonBlocking);
                }
                else
                {
                    child._to(device, dtype.Value, nonBlocking);
                }
            }

            private static Parameter? Moved(Parameter parameter, ScalarType? dtype, Device? device, bool nonBlocking)
            {
                if (parameter.IsInvalid || !Changes(parameter, dtype, device, out var targetType, out var targetDevice))
                {
                    return null;
                }

                // The move is not part of any computation: the new parameter is a leaf.
                using var noGrad = no_grad();
                var moved = new Parameter(parameter.to(targetType, targetDevice, non_blocking: nonBlocking), parameter.requires_grad);
                moved.DetachFromDisposeScope();
                using var grad = parameter.grad;
                if (grad is not null)
                {
                    using var movedGrad = grad.to(targetType, targetDevice, non_blocking: nonBlocking);
                    moved.grad = movedGrad;
                }

                return moved;
            }

            private static Tensor? Moved(Tensor buffer, ScalarType? dtype, Device? device, bool nonBlocking)
            {
                if (buffer.IsInvalid || !Changes(buffer, dtype, device, out var targetType, out var targetDevice))
                {
                    return null;
                }

                using var noGrad = no_grad();
                return buffer.to(targetType, targetDevice, non_blocking: nonBlocking).DetachFromDisposeScope();
            }

            private static bool Changes(
                Tensor tensor, ScalarType? dtype, Device? device, out ScalarType targetType, out Device targetDevice)
            {
                // Counters and index tables keep their integers.
                var current = tensor.dtype;
                targetType = dtype is { } wanted && is_floating_point(current) ? wanted : current;
                targetDevice = device ?? tensor.device;
                return targetType != current || targetDevice.type != tensor.device_type
                    || (targetDevice.index >= 0 && targetDevice.index != tensor.device_index);
            }

            private void SetMember(string memberName, Tensor old, Tensor moved)
            {
                foreach (var (fieldName, field) in ComponentFields(GetType()))
                {
                    if (fieldName == memberName && ReferenceEquals(field.GetValue(this), old))
                    {
                        field.SetValue(this, moved);
                        return;
                    }
                }

                var property = GetType().GetProperty(memberName, BindingFlags.Public | BindingFlags.Instance);
                if (property is { CanRead: true, CanWrite: true } && ReferenceEquals(property.GetValue(this), old))
                {
                    property.SetValue(this, moved);
                }
            }

            private static ScalarType FloatingPoint(ScalarType dtype) => is_floating_point(dtype)
                ? dtype
                : throw new ArgumentException($"A module can only be converted to a floating-point dtype, found {dtype}.", nameof(dtype));
        }
    }
}
