namespace TorchSharp.Modules;

/// <summary>Marks modules without parameters and buffers, of their own or below them.</summary>
public interface IParameterLessModule
{
}
