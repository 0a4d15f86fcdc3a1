using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        /// <summary>Adam: steps of the size of the learning rate, by averages of the gradients and of their squares.</summary>
        /// <param name="parameters">The parameters.</param>
        /// <param name="lr">The learning rate.</param>
        /// <param name="beta1">The share of the gradients' average that stays at each step.</param>
        /// <param name="beta2">The share of the average of their squares that stays.</param>
        /// <param name="eps">What is added to the root of the squares' average.</param>
        /// <param name="weight_decay">The share of the parameter that is added to its gradient.</param>
        /// <param name="amsgrad">Whether the largest average of the squares so far counts.</param>
        /// <param name="maximize">Whether the loss is to grow.</param>
        public static Adam Adam(
            IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
            double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
            new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

        /// <summary>Adam: steps of the size of the learning rate, by averages of the gradients and of their squares.</summary>
        /// <param name="parameters">The parameters with their names, which do not matter here.</param>
        /// <param name="lr">The learning rate.</param>
        /// <param name="beta1">The share of the gradients' average that stays at each step.</param>
        /// <param name="beta2">The share of the average of their squares that stays.</param>
        /// <param name="eps">What is added to the root of the squares' average.</param>
        /// <param name="weight_decay">The share of the parameter that is added to its gradient.</param>
        /// <param name="amsgrad">Whether the largest average of the squares so far counts.</param>
        /// <param name="maximize">Whether the loss is to grow.</param>
        public static Adam Adam(
            IEnumerable<(string name, Parameter parameter)> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999,
            double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
            new(parameters.Select(named => named.parameter), lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

        /// <summary>Adam: steps of the size of the learning rate, by averages of the gradients and of their squares.</summary>
        /// <param name="parameters">Groups of parameters.</param>
        /// <param name="lr">The learning rate where a group states none; so with all that follows.</param>
        /// <param name="beta1">The share of the gradients' average that stays at each step.</param>
        /// <param name="beta2">The share of the average of their squares that stays.</param>
        /// <param name="eps">What is added to the root of the squares' average.</param>
        /// <param name="weight_decay">The share of the parameter that is added to its gradient.</param>
        /// <param name="amsgrad">Whether the largest average of the squares so far counts.</param>
        /// <param name="maximize">Whether the loss is to grow.</param>
        public static Adam Adam(
            IEnumerable<Adam.ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
            double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
            new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);
    }
}
