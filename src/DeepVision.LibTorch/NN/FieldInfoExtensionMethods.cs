using System.Reflection;
using TorchSharp.Utils;

namespace TorchSharp;

/// <summary>The names of module components that stand in fields.</summary>
public static class FieldInfoExtensionMethods
{
    /// <summary>The name that <see cref="ComponentNameAttribute"/> gives the field's component, or else the field's own.</summary>
    /// <param name="field">A field of a module.</param>
    public static string ComponentName(this FieldInfo field) => field.GetCustomAttribute<ComponentNameAttribute>()?.Name ?? field.Name;
}
