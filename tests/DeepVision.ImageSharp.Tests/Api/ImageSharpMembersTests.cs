using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using DeepVision.Tests.Shared;

namespace DeepVision.ImageSharp.Tests.Api;

/// <summary>
/// The package is compiled against ImageSharp 2.1 and runs on 3.1 as well. What it calls is therefore listed in ImageSharpMembers.txt: whoever
/// adds a line looks up whether 3.1 has that member, in the same type and with the same parameters.
/// </summary>
public sealed class ImageSharpMembersTests
{
    [Fact]
    public void Members_OfImageSharpThatAreUsed_AreTheApprovedOnes()
    {
        string[] approved = File.ReadAllLines(Repository.PathOf("tests", "DeepVision.ImageSharp.Tests", "Api", "ImageSharpMembers.txt"));
        string[] used = [.. Used()];

        Assert.True(approved.SequenceEqual(used), $"Used are now:\n{string.Join('\n', used)}");
    }

    private static IEnumerable<string> Used()
    {
        using FileStream file = File.OpenRead(typeof(ImageConversion).Assembly.Location);
        using PEReader reader = new(file);
        MetadataReader metadata = reader.GetMetadataReader();
        SortedSet<string> found = new(StringComparer.Ordinal);
        foreach (MemberReferenceHandle handle in metadata.MemberReferences)
        {
            MemberReference member = metadata.GetMemberReference(handle);
            if (TypeOf(metadata, member.Parent) is { } type && type.StartsWith("SixLabors.", StringComparison.Ordinal))
            {
                found.Add($"{type}.{metadata.GetString(member.Name)}");
            }
        }

        return found;
    }

    private static string? TypeOf(MetadataReader metadata, EntityHandle handle) => handle.Kind switch
    {
        HandleKind.TypeReference => NameOf(metadata, (TypeReferenceHandle)handle),
        HandleKind.TypeSpecification => Generic(metadata, (TypeSpecificationHandle)handle),
        _ => null,
    };

    // A generic instance: 15 (GENERICINST), 12 (CLASS) or 11 (VALUETYPE), then the generic type.
    private static string? Generic(MetadataReader metadata, TypeSpecificationHandle handle)
    {
        BlobReader signature = metadata.GetBlobReader(metadata.GetTypeSpecification(handle).Signature);
        return signature.ReadSignatureTypeCode() == SignatureTypeCode.GenericTypeInstance
            && signature.ReadSignatureTypeCode() == SignatureTypeCode.TypeHandle
            && signature.ReadTypeHandle() is { Kind: HandleKind.TypeReference } type
            ? NameOf(metadata, (TypeReferenceHandle)type)
            : null;
    }

    private static string NameOf(MetadataReader metadata, TypeReferenceHandle handle)
    {
        TypeReference type = metadata.GetTypeReference(handle);
        return $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";
    }
}
