using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace DeepVision.Tests.Architecture;

/// <summary>
/// A compiled assembly and its symbols: which of its types refer to which other ones of it, in signatures, fields, bases and method bodies, and in which
/// folder each was written. A nested type counts as the outermost around it.
/// </summary>
internal sealed class CompiledAssembly : IDisposable
{
    // Custom debug information with the documents of types that have no code.
    private static readonly Guid s_typeDocuments = new("932E74BC-DBA9-4478-8D46-0F32A7BAB3D3");

    private readonly PEReader _file;
    private readonly MetadataReader _reader;
    private readonly MetadataReaderProvider _symbolFile;
    private readonly MetadataReader _symbols;
    private readonly Dictionary<TypeDefinitionHandle, string> _documents = [];
    private readonly Dictionary<TypeDefinitionHandle, HashSet<TypeDefinitionHandle>> _references = [];

    /// <summary>Reads an assembly and the .pdb beside it.</summary>
    public CompiledAssembly(string path)
    {
        _file = new PEReader(File.OpenRead(path));
        _reader = _file.GetMetadataReader();
        _symbolFile = MetadataReaderProvider.FromPortablePdbStream(File.OpenRead(Path.ChangeExtension(path, ".pdb")));
        _symbols = _symbolFile.GetMetadataReader();
        foreach (TypeDefinitionHandle handle in _reader.TypeDefinitions)
        {
            TypeDefinitionHandle outermost = Outermost(handle);
            var references = new TypeReferences(_file, _reader, Outermost);
            references.AddAllOf(handle);
            references.Found.Remove(outermost);
            if (_references.TryGetValue(outermost, out HashSet<TypeDefinitionHandle>? found))
            {
                found.UnionWith(references.Found);
            }
            else
            {
                _references.Add(outermost, references.Found);
            }

            if (DocumentOf(handle) is { } document)
            {
                _documents.TryAdd(outermost, document);
            }
        }
    }

    /// <summary>Every type with what it refers to, by name, and the files they were written in; types of the compiler are left out.</summary>
    public IEnumerable<(CompiledType From, CompiledType To)> References =>
        from pair in _references
        where _documents.ContainsKey(pair.Key)
        from target in pair.Value
        where _documents.ContainsKey(target)
        select (Describe(pair.Key), Describe(target));

    /// <summary>Every type that was written.</summary>
    public IEnumerable<CompiledType> Types => _documents.Keys.Select(Describe);

    public void Dispose()
    {
        _symbolFile.Dispose();
        _file.Dispose();
    }

    private CompiledType Describe(TypeDefinitionHandle handle)
    {
        TypeDefinition type = _reader.GetTypeDefinition(handle);
        return new CompiledType(_reader.GetString(type.Namespace), _reader.GetString(type.Name), _documents[handle]);
    }

    private TypeDefinitionHandle Outermost(TypeDefinitionHandle handle)
    {
        while (_reader.GetTypeDefinition(handle).GetDeclaringType() is { IsNil: false } outer)
        {
            handle = outer;
        }

        return handle;
    }

    private string? DocumentOf(TypeDefinitionHandle handle)
    {
        foreach (MethodDefinitionHandle method in _reader.GetTypeDefinition(handle).GetMethods())
        {
            MethodDebugInformation information = _symbols.GetMethodDebugInformation(method.ToDebugInformationHandle());
            if (!information.Document.IsNil)
            {
                return _symbols.GetString(_symbols.GetDocument(information.Document).Name);
            }
        }

        foreach (CustomDebugInformationHandle custom in _symbols.GetCustomDebugInformation(handle))
        {
            CustomDebugInformation information = _symbols.GetCustomDebugInformation(custom);
            if (_symbols.GetGuid(information.Kind) == s_typeDocuments)
            {
                DocumentHandle document = MetadataTokens.DocumentHandle(_symbols.GetBlobReader(information.Value).ReadCompressedInteger());
                return _symbols.GetString(_symbols.GetDocument(document).Name);
            }
        }

        return null;
    }
}

/// <summary>A type as it was compiled.</summary>
internal sealed record CompiledType(string Namespace, string Name, string Document)
{
    public override string ToString() => $"{Namespace}.{Name}";
}
