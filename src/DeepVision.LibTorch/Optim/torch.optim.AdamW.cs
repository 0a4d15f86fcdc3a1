using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        /// <summary>AdamW: Adam whose weight decay shrinks the parameters themselves and leaves the averages alone.</summary>
        /// <param name="parameters">The parameters.</param>
        /// <param name="lr">The learning rate.</param>
        /// <param name="beta1">The share of the gradients' average that stays at each step.</param>
        /// <param name="beta2">The share of the average of their squares that stays.</param>
        /// <param name="eps">What is added to the root of the squares' average.</param>
        /// <param name="weight_decay">The share of the learning rate by which the parameter shrinks at each step.</param>
        /// <param name="amsgrad">Whether the largest average of the squares so far counts.</param>
        /// <param name="maximize">Whether the loss is to grow.</param>
        public static AdamW AdamW(
            IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
            double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
            new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

        /// <summary>AdamW: Adam whose weight decay shrinks the parameters themselves and leaves the averages alone.</summary>
        /// <param name="parameters">The parameters with their names, which do not matter here.</param>
        /// <param name="lr">The learning rate.</param>
        /// <param name="beta1">The share of the gradients' average that stays at each step.</param>
        /// <param name="beta2">The share of the average of their squares that stays.</param>
        /// <param name="eps">What is added to the root of the squares' average.</param>
        /// <param name="weight_decay">The share of the learning rate by which the parameter shrinks at each step.</param>
        /// <param name="amsgrad">Whether the largest average of the squares so far counts.</param>
        /// <param name="maximize">Whether the loss is to grow.</param>
        public static AdamW AdamW(
            IEnumerable<(string name, Parameter parameter)> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999,
            double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
            new(parameters.Select(named => named.parameter), lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

        /// <summary>AdamW: Adam whose weight decay shrinks the parameters themselves and leaves the averages alone.</summary>
        /// <param name="parameters">Groups of parameters.</param>
        /// <param name="lr">The learning rate where a group states none; so with all that follows.</param>
        /// <param name="beta1">The share of the gradients' average that stays at each step.</param>
        /// <param name="beta2">The share of the average of their squares that stays.</param>
        /// <param name="eps">What is added to the root of the squares' average.</param>
        /// <param name="weight_decay">The share of the learning rate by which the parameter shrinks at each step.</param>
        /// <param name="amsgrad">Whether the largest average of the squares so far counts.</param>
        /// <param name="maximize">Whether the loss is to grow.</param>
        public static AdamW AdamW(
            IEnumerable<AdamW.ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
            double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
            new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);
    }
}
