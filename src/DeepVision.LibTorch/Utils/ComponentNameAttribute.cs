namespace TorchSharp.Utils;

/// <summary>Names the component that a field of a module holds, where that is not the field's own name.</summary>
[AttributeUsage(AttributeTargets.Field)]
public class ComponentNameAttribute : Attribute
{
    /// <summary>The name under which the module, parameter or buffer is registered.</summary>
    public string Name { get; set; } = "";
}
