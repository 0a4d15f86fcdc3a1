// Gradients: what is tracked, the backward pass, the modes of a thread.
#include "shim.h"

#include <ATen/core/grad_mode.h>
#include <c10/core/InferenceMode.h>
#include <torch/csrc/autograd/autograd.h>

using namespace deepvision;

DV_API int32_t dv_requires_grad(Handle self) {
    return answer_of([&] { return self->requires_grad() ? 1 : 0; });
}

DV_API int32_t dv_set_requires_grad(Handle self, bool requires_grad) {
    return done([&] { self->set_requires_grad(requires_grad); });
}

DV_API int32_t dv_is_leaf(Handle self) {
    return answer_of([&] { return self->is_leaf() ? 1 : 0; });
}

DV_API int32_t dv_retain_grad(Handle self) {
    return done([&] { self->retain_grad(); });
}

// Null without an error where there is no gradient: has_grad says which.
DV_API Handle dv_grad(Handle self, int32_t* has_grad) {
    *has_grad = 0;
    Handle result = nullptr;
    int32_t status = done([&] {
        const at::Tensor& grad = self->grad();
        if (grad.defined()) {
            result = make_handle(grad);
        }
    });
    *has_grad = status != 0 ? -1 : result != nullptr ? 1 : 0;
    return result;
}

DV_API int32_t dv_set_grad(Handle self, Handle grad) {
    return done([&] { self->mutable_grad() = grad == nullptr ? at::Tensor() : *grad; });
}

DV_API int32_t dv_backward(const Handle* tensors, int32_t tensors_count, const Handle* gradients, int32_t gradients_count, bool retain_graph,
                           bool create_graph, const Handle* inputs, int32_t inputs_count) {
    return done([&] {
        torch::autograd::backward(
            tensors_of(tensors, tensors_count), tensors_of(gradients, gradients_count), retain_graph, create_graph,
            tensors_of(inputs, inputs_count));
    });
}

DV_API int32_t dv_autograd_grad(const Handle* outputs, int32_t outputs_count, const Handle* inputs, int32_t inputs_count,
                                const Handle* gradients, int32_t gradients_count, bool retain_graph, bool create_graph, bool allow_unused,
                                Handle** results) {
    return list_of(results, [&] {
        return torch::autograd::grad(
            tensors_of(outputs, outputs_count), tensors_of(inputs, inputs_count), tensors_of(gradients, gradients_count), retain_graph,
            create_graph, allow_unused);
    });
}

DV_API int32_t dv_grad_mode() {
    return at::GradMode::is_enabled() ? 1 : 0;
}

DV_API void dv_set_grad_mode(bool enabled) {
    at::GradMode::set_enabled(enabled);
}

DV_API int32_t dv_inference_mode() {
    return c10::InferenceMode::is_enabled() ? 1 : 0;
}

// The guard belongs to the thread that made it and is deleted there.
DV_API int32_t dv_inference_guard(bool enabled, void** result) {
    return done([&] { *result = new c10::InferenceMode(enabled); });
}

DV_API void dv_inference_guard_delete(void* guard) {
    done([&] { delete static_cast<c10::InferenceMode*>(guard); });
}
