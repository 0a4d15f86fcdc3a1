using System.Globalization;
using System.Reflection;
using System.Text;

namespace DeepVision.Tests.Shared;

/// <summary>
/// The visible members of an assembly in one canonical line each: declaring type, kind, name, types, parameter names,
/// defaults and nullability. A reference type whose nullability the assembly does not state ends in '~'.
/// </summary>
internal static class MirroredMembers
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>All lines, sorted.</summary>
    public static IReadOnlyList<string> Describe(Assembly assembly)
    {
        var lines = new SortedSet<string>(StringComparer.Ordinal);
        foreach (Type type in assembly.GetTypes().Where(IsVisible))
        {
            lines.Add($"{TypeNames.Of(type)}: {Shape(type)}");
            if (type.IsSubclassOf(typeof(Delegate)))
            {
                continue;
            }

            foreach (MemberInfo member in type.GetMembers(Declared))
            {
                if (Describe(member) is { } text)
                {
                    lines.Add($"{TypeNames.Of(type)}: {text}");
                }
            }
        }

        return [.. lines];
    }

    private static bool IsVisible(Type type) =>
        type.IsNested ? (type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamORAssem) && IsVisible(type.DeclaringType!) : type.IsPublic;

    private static bool IsVisible(MethodBase? method) => method is not null && (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly);

    private static string Shape(Type type)
    {
        if (type.IsEnum)
        {
            return "enum " + TypeNames.Of(Enum.GetUnderlyingType(type));
        }

        if (type.IsSubclassOf(typeof(Delegate)))
        {
            MethodInfo invoke = type.GetMethod("Invoke")!;
            return $"delegate {TypeNames.Of(invoke.ReturnParameter)} ({Parameters(invoke)})";
        }

        string kind = type.IsInterface ? "interface"
            : type.IsValueType ? "struct"
            : type is { IsAbstract: true, IsSealed: true } ? "static class"
            : type.IsAbstract ? "abstract class"
            : type.IsSealed ? "sealed class"
            : "class";
        return type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) ? $"{kind} : {TypeNames.Of(parent)}" : kind;
    }

    private static string? Describe(MemberInfo member) => member switch
    {
        _ when member.Name.Contains('<', StringComparison.Ordinal) => null,
        ConstructorInfo { IsStatic: false } constructor when IsVisible(constructor) => $"{Access(constructor)}new({Parameters(constructor)})",
        MethodInfo method when IsVisible(method) && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)) && !IsFinaliser(method) =>
            $"{Access(method)}{Virtual(method)}{TypeNames.Of(method.ReturnParameter)} {method.Name}{Generics(method)}({Parameters(method)})",
        PropertyInfo property when IsVisible(property.GetMethod) || IsVisible(property.SetMethod) => Property(property),
        FieldInfo { IsSpecialName: false } field when field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly => Field(field),
        EventInfo @event when IsVisible(@event.AddMethod) => $"event {TypeNames.Of(@event.EventHandlerType!)} {@event.Name}",
        _ => null,
    };

    private static bool IsFinaliser(MethodInfo method) => method is { Name: "Finalize", IsVirtual: true };

    private static string Property(PropertyInfo property)
    {
        MethodInfo accessor = IsVisible(property.GetMethod) ? property.GetMethod! : property.SetMethod!;
        var text = new StringBuilder();
        text.Append(Access(accessor)).Append(Virtual(accessor)).Append(TypeNames.Of(property)).Append(' ').Append(property.Name);
        if (property.GetIndexParameters() is { Length: > 0 })
        {
            int count = accessor == property.GetMethod ? accessor.GetParameters().Length : accessor.GetParameters().Length - 1;
            text.Append('[').Append(string.Join(", ", accessor.GetParameters().Take(count).Select(Parameter))).Append(']');
        }

        text.Append(" {");
        text.Append(IsVisible(property.GetMethod) ? " get;" : "");
        if (IsVisible(property.SetMethod))
        {
            bool init = property.SetMethod!.ReturnParameter.GetRequiredCustomModifiers().Length > 0;
            string access = property.GetMethod is { IsPublic: true } && !property.SetMethod.IsPublic ? "protected " : "";
            text.Append(' ').Append(access).Append(init ? "init;" : "set;");
        }

        return text.Append(" }").ToString();
    }

    private static string Field(FieldInfo field) =>
        field.DeclaringType!.IsEnum
            ? $"{field.Name} = {Convert.ToInt64(field.GetRawConstantValue(), CultureInfo.InvariantCulture)}"
            : $"{(field.IsPublic ? "" : "protected ")}{(field.IsLiteral ? "const " : field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}"
                + $"{TypeNames.Of(field)} {field.Name}{(field.IsLiteral ? " = " + Literal(field.GetRawConstantValue(), field.FieldType) : "")}";

    private static string Access(MethodBase method) => (method.IsPublic ? "" : "protected ") + (method.IsStatic ? "static " : "");

    // An implementation of an interface is virtual and sealed in metadata, and no user can tell.
    private static string Virtual(MethodInfo method) =>
        !method.IsVirtual || method.IsFinal || method.DeclaringType!.IsInterface ? ""
        : method.GetBaseDefinition() != method ? "override "
        : method.IsAbstract ? "abstract "
        : "virtual ";

    private static string Generics(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(TypeNames.Constrained))}>" : "";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        string modifier = parameter.GetCustomAttributesData().Any(data => data.AttributeType.Name is "ParamArrayAttribute" or "ParamCollectionAttribute") ? "params "
            : parameter.IsOut ? "out "
            : parameter.ParameterType.IsByRef ? parameter.IsIn ? "in " : "ref "
            : "";
        string optional = parameter.HasDefaultValue ? " = " + Literal(parameter.RawDefaultValue, parameter.ParameterType) : "";
        return $"{modifier}{TypeNames.Of(parameter)} {parameter.Name}{optional}";
    }

    private static string Literal(object? value, Type type) => value switch
    {
        null => type.IsValueType && Nullable.GetUnderlyingType(type) is null ? "default" : "null",
        string text => "\"" + text + "\"",
        bool truth => truth ? "true" : "false",
        float number => number.ToString("R", CultureInfo.InvariantCulture) + "f",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
