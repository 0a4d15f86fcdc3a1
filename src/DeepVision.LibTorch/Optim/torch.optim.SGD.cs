using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        /// <summary>Stochastic gradient descent, with momentum, weight decay and Nesterov's form.</summary>
        /// <param name="parameters">The parameters.</param>
        /// <param name="learningRate">The learning rate.</param>
        /// <param name="momentum">The share of the last step that goes into the next; 0 for none.</param>
        /// <param name="dampening">The share of the gradient that does not go into the momentum.</param>
        /// <param name="weight_decay">The share of the parameter that is added to its gradient.</param>
        /// <param name="nesterov">Whether the gradient is taken where the momentum leads.</param>
        /// <param name="maximize">Whether the loss is to grow.</param>
        public static SGD SGD(
            IEnumerable<Parameter> parameters, double learningRate, double momentum = 0, double dampening = 0, double weight_decay = 0,
            bool nesterov = false, bool maximize = false) =>
            new(parameters, learningRate, momentum, dampening, weight_decay, nesterov, maximize);

        /// <summary>Stochastic gradient descent, with momentum, weight decay and Nesterov's form.</summary>
        /// <param name="parameters">The parameters with their names, which do not matter here.</param>
        /// <param name="learningRate">The learning rate.</param>
        /// <param name="momentum">The share of the last step that goes into the next; 0 for none.</param>
        /// <param name="dampening">The share of the gradient that does not go into the momentum.</param>
        /// <param name="weight_decay">The share of the parameter that is added to its gradient.</param>
        /// <param name="nesterov">Whether the gradient is taken where the momentum leads.</param>
        /// <param name="maximize">Whether the loss is to grow.</param>
        public static SGD SGD(
            IEnumerable<(string name, Parameter parameter)> parameters, double learningRate, double momentum = 0, double dampening = 0,
            double weight_decay = 0, bool nesterov = false, bool maximize = false) =>
            new(parameters.Select(named => named.parameter), learningRate, momentum, dampening, weight_decay, nesterov, maximize);

        /// <summary>Stochastic gradient descent, with momentum, weight decay and Nesterov's form.</summary>
        /// <param name="parameters">Groups of parameters.</param>
        /// <param name="learningRate">The learning rate where a group states none; so with all that follows.</param>
        /// <param name="momentum">The share of the last step that goes into the next; 0 for none.</param>
        /// <param name="dampening">The share of the gradient that does not go into the momentum.</param>
        /// <param name="weight_decay">The share of the parameter that is added to its gradient.</param>
        /// <param name="nesterov">Whether the gradient is taken where the momentum leads.</param>
        /// <param name="maximize">Whether the loss is to grow.</param>
        public static SGD SGD(
            IEnumerable<SGD.ParamGroup> parameters, double learningRate, double momentum = 0.0, double dampening = 0,
            double weight_decay = 0, bool nesterov = false, bool maximize = false) =>
            new(parameters, learningRate, momentum, dampening, weight_decay, nesterov, maximize);
    }
}
