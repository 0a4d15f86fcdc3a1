using System.Reflection;
using System.Runtime.CompilerServices;

namespace DeepVision.Tests.Shared;

/// <summary>Types as C# writes them, with the nullability and the tuple names of the place where they stand.</summary>
internal static class TypeNames
{
    private static readonly NullabilityInfoContext s_context = new();

    private static readonly Dictionary<Type, string> s_keywords = new()
    {
        [typeof(void)] = "void", [typeof(bool)] = "bool", [typeof(byte)] = "byte", [typeof(sbyte)] = "sbyte", [typeof(short)] = "short",
        [typeof(ushort)] = "ushort", [typeof(int)] = "int", [typeof(uint)] = "uint", [typeof(long)] = "long", [typeof(ulong)] = "ulong",
        [typeof(float)] = "float", [typeof(double)] = "double", [typeof(string)] = "string", [typeof(object)] = "object",
    };

    /// <summary>A type with nothing said about nullability.</summary>
    public static string Of(Type type) => Of(type, null, new Queue<string?>());

    public static string Of(ParameterInfo parameter) => Of(parameter.ParameterType, s_context.Create(parameter), TupleNames(parameter.GetCustomAttributes()));

    public static string Of(PropertyInfo property) => Of(property.PropertyType, s_context.Create(property), TupleNames(property.GetCustomAttributes()));

    public static string Of(FieldInfo field) => Of(field.FieldType, s_context.Create(field), TupleNames(field.GetCustomAttributes()));

    /// <summary>A generic parameter with what it asks of its argument.</summary>
    public static string Constrained(Type parameter)
    {
        GenericParameterAttributes special = parameter.GenericParameterAttributes & GenericParameterAttributes.SpecialConstraintMask;
        bool unmanaged = parameter.GetCustomAttributesData().Any(data => data.AttributeType.Name == "IsUnmanagedAttribute");
        List<string> asked = [];
        if (unmanaged)
        {
            asked.Add("unmanaged");
        }
        else if (special.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint))
        {
            asked.Add("struct");
        }

        if (special.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
        {
            asked.Add("class");
        }

        asked.AddRange(parameter.GetGenericParameterConstraints().Where(type => type != typeof(ValueType)).Select(Of).Order(StringComparer.Ordinal));
        if (special.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint) && !special.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint))
        {
            asked.Add("new()");
        }

        return asked.Count == 0 ? parameter.Name : $"{parameter.Name} : {string.Join(" + ", asked)}";
    }

    // One name for each element of each tuple, the outer tuple's first.
    private static Queue<string?> TupleNames(IEnumerable<Attribute> attributes) =>
        new(attributes.OfType<TupleElementNamesAttribute>().FirstOrDefault()?.TransformNames ?? []);

    private static string Of(Type type, NullabilityInfo? info, Queue<string?> names)
    {
        if (type.IsByRef)
        {
            return Of(type.GetElementType()!, info, names);
        }

        if (Nullable.GetUnderlyingType(type) is { } inner)
        {
            return Of(inner, info is { GenericTypeArguments.Length: 1 } ? info.GenericTypeArguments[0] : null, names) + "?";
        }

        if (type.IsValueType || type.IsGenericParameter || type.IsPointer)
        {
            return Plain(type, info, names);
        }

        // What is read tells more than what is written, except where there is only a setter.
        NullabilityState? state = info is null ? null : info.ReadState == NullabilityState.Unknown ? info.WriteState : info.ReadState;
        return Plain(type, info, names) + state switch { NullabilityState.Nullable => "?", NullabilityState.Unknown => "~", _ => "" };
    }

    private static string Plain(Type type, NullabilityInfo? info, Queue<string?> names)
    {
        if (s_keywords.TryGetValue(type, out string? keyword))
        {
            return keyword;
        }

        if (type.IsArray)
        {
            return $"{Of(type.GetElementType()!, info?.ElementType, names)}[{new string(',', type.GetArrayRank() - 1)}]";
        }

        if (type.IsPointer)
        {
            return Of(type.GetElementType()!, null, names) + "*";
        }

        if (type.IsGenericParameter)
        {
            return type.Name;
        }

        // A nested type carries its outer type's generic arguments as its own first ones.
        Type[] arguments = type.GetGenericArguments();
        int outer = type.DeclaringType?.GetGenericArguments().Length ?? 0;
        string name = type.Name.Split('`')[0];
        string prefix = type.IsNested
            ? Plain(outer > 0 && type.IsConstructedGenericType ? type.DeclaringType!.MakeGenericType(arguments[..outer]) : type.DeclaringType!, null, names) + "."
            : type.Namespace is "System" or null ? "" : type.Namespace + ".";
        if (arguments.Length == outer)
        {
            return prefix + name;
        }

        NullabilityInfo? InfoOf(int index) => info is not null && index < info.GenericTypeArguments.Length ? info.GenericTypeArguments[index] : null;
        if (typeof(ITuple).IsAssignableFrom(type) && type.IsValueType && type.IsConstructedGenericType)
        {
            string?[] elements = [.. arguments.Select(_ => names.Count > 0 ? names.Dequeue() : null)];
            return $"({string.Join(", ", arguments.Select((argument, index) => (Of(argument, InfoOf(index), names) + " " + elements[index]).TrimEnd()))})";
        }

        return $"{prefix}{name}<{string.Join(", ", arguments.Select((argument, index) => Of(argument, InfoOf(index), names)).Skip(outer))}>";
    }
}
