// One step of an optimiser for one parameter, in place and outside the graph of gradients. A parameter without a gradient is left alone.
#include "shim.h"

#include <cmath>

using namespace deepvision;

// The buffer is made by the first step that needs it.
DV_API int32_t dv_optim_sgd(
    Handle parameter, Handle* buffer, double rate, double momentum, double dampening, double weight_decay, bool nesterov, bool maximize) {
    return done([&] {
        const at::NoGradGuard no_grad;
        auto grad = parameter->grad();
        if (!grad.defined()) return;
        if (weight_decay != 0) grad = grad.add(*parameter, weight_decay);
        if (momentum != 0) {
            if (*buffer == nullptr) {
                *buffer = make_handle(grad.clone().detach());
            } else {
                (*buffer)->mul_(momentum).add_(grad, 1 - dampening);
            }
            grad = nesterov ? grad.add(**buffer, momentum) : **buffer;
        }
        parameter->add_(grad, maximize ? rate : -rate);
    });
}

// Weight decay shrinks the parameter itself.
DV_API int32_t dv_optim_adamw(
    Handle parameter, Handle exp_avg, Handle exp_avg_sq, Handle max_exp_avg_sq, int64_t step, double rate, double beta1, double beta2,
    double eps, double weight_decay, bool maximize) {
    return done([&] {
        const at::NoGradGuard no_grad;
        auto grad = parameter->grad();
        if (!grad.defined()) return;
        if (maximize) grad = grad.neg();
        parameter->mul_(1 - rate * weight_decay);
        exp_avg->mul_(beta1).add_(grad, 1 - beta1);
        exp_avg_sq->mul_(beta2).addcmul_(grad, grad, 1 - beta2);
        const double correction1 = 1 - std::pow(beta1, static_cast<double>(step));
        const double correction2 = 1 - std::pow(beta2, static_cast<double>(step));
        if (max_exp_avg_sq != nullptr) at::maximum_out(*max_exp_avg_sq, *max_exp_avg_sq, *exp_avg_sq);
        const auto& second = max_exp_avg_sq != nullptr ? *max_exp_avg_sq : *exp_avg_sq;
        const auto denominator = second.sqrt().div_(std::sqrt(correction2)).add_(eps);
        parameter->addcdiv_(*exp_avg, denominator, -(rate / correction1));
    });
}

DV_API int32_t dv_optim_has_grad(Handle parameter, bool* result) {
    return done([&] { *result = parameter->grad().defined(); });
}

DV_API int32_t dv_optim_zero_grads(const Handle* parameters, int32_t count) {
    return done([&] {
        const at::NoGradGuard no_grad;
        for (int32_t i = 0; i < count; ++i) {
            auto grad = parameters[i]->grad();
            if (!grad.defined()) continue;
            if (grad.grad_fn()) grad.detach_();
            grad.zero_();
        }
    });
}

DV_API int32_t dv_nn_clip_grad_norm_(const Handle* parameters, int32_t count, double max_norm, double norm_type, double* total) {
    return done([&] {
        const at::NoGradGuard no_grad;
        std::vector<at::Tensor> grads;
        for (int32_t i = 0; i < count; ++i) {
            if (parameters[i]->grad().defined()) grads.push_back(parameters[i]->grad());
        }
        *total = 0;
        if (grads.empty()) return;
        std::vector<at::Tensor> norms;
        for (const auto& grad : grads) norms.push_back(grad.norm(norm_type).to(grads[0].device()));
        const auto all = at::stack(norms).norm(norm_type);
        *total = all.item<double>();
        const auto factor = (max_norm / (all + 1e-6)).clamp_max(1.0);
        for (auto& grad : grads) grad.mul_(factor.to(grad.device()));
    });
}

DV_API int32_t dv_nn_clip_grad_value_(const Handle* parameters, int32_t count, double value) {
    return done([&] {
        const at::NoGradGuard no_grad;
        for (int32_t i = 0; i < count; ++i) {
            auto grad = parameters[i]->grad();
            if (grad.defined()) grad.clamp_(-value, value);
        }
    });
}
