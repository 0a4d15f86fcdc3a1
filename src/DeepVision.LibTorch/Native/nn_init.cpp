// What initialisation needs beyond the tensors' own members.
#include "shim.h"

#include <cmath>

using namespace deepvision;

// Draws from a normal distribution cut off at low and high, by the inverse of its distribution function.
DV_API int32_t dv_nn_trunc_normal_(Handle tensor, double mean, double std, double low, double high, GeneratorHandle generator) {
    return done([&] {
        const at::NoGradGuard no_grad;
        const auto distribution = [](double x) { return (1 + std::erf(x / std::sqrt(2.0))) / 2; };
        const double from = distribution((low - mean) / std);
        const double to = distribution((high - mean) / std);
        tensor->uniform_(2 * from - 1, 2 * to - 1, optional_generator(generator));
        tensor->erfinv_().mul_(std * std::sqrt(2.0)).add_(mean).clamp_(low, high);
    });
}
