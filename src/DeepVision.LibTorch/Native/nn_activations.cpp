// Activations. In place, the result is another handle of the input.
#include "shim.h"

using namespace deepvision;

DV_API Handle dv_nn_relu(Handle x, bool inplace) {
    return tensor_of([&] { return inplace ? at::relu_(*x) : at::relu(*x); });
}

DV_API Handle dv_nn_relu6(Handle x, bool inplace) {
    return tensor_of([&] { return inplace ? at::relu6_(*x) : at::relu6(*x); });
}

DV_API Handle dv_nn_leaky_relu(Handle x, double slope, bool inplace) {
    return tensor_of([&] { return inplace ? at::leaky_relu_(*x, slope) : at::leaky_relu(*x, slope); });
}

DV_API Handle dv_nn_silu(Handle x, bool inplace) {
    return tensor_of([&] { return inplace ? at::silu_(*x) : at::silu(*x); });
}

DV_API Handle dv_nn_hardswish(Handle x, bool inplace) {
    return tensor_of([&] { return inplace ? at::hardswish_(*x) : at::hardswish(*x); });
}

DV_API Handle dv_nn_hardsigmoid(Handle x, bool inplace) {
    return tensor_of([&] { return inplace ? at::hardsigmoid_(*x) : at::hardsigmoid(*x); });
}

DV_API Handle dv_nn_gelu(Handle x, bool tanh, bool inplace) {
    return tensor_of([&] {
        const char* approximate = tanh ? "tanh" : "none";
        return inplace ? at::gelu_(*x, approximate) : at::gelu(*x, approximate);
    });
}

DV_API Handle dv_nn_mish(Handle x, bool inplace) {
    return tensor_of([&] { return inplace ? at::mish_(*x) : at::mish(*x); });
}

DV_API Handle dv_nn_elu(Handle x, double alpha, bool inplace) {
    return tensor_of([&] { return inplace ? at::elu_(*x, alpha) : at::elu(*x, alpha); });
}

DV_API Handle dv_nn_hardtanh(Handle x, double low, double high, bool inplace) {
    return tensor_of([&] { return inplace ? at::hardtanh_(*x, low, high) : at::hardtanh(*x, low, high); });
}

DV_API Handle dv_nn_sigmoid(Handle x, bool inplace) {
    return tensor_of([&] { return inplace ? at::sigmoid_(*x) : at::sigmoid(*x); });
}

DV_API Handle dv_nn_tanh(Handle x, bool inplace) {
    return tensor_of([&] { return inplace ? at::tanh_(*x) : at::tanh(*x); });
}

DV_API Handle dv_nn_dropout(Handle x, double p, bool training, bool inplace) {
    return tensor_of([&] { return inplace ? at::dropout_(*x, p, training) : at::dropout(*x, p, training); });
}

DV_API Handle dv_nn_dropout2d(Handle x, double p, bool training, bool inplace) {
    return tensor_of([&] { return inplace ? at::feature_dropout_(*x, p, training) : at::feature_dropout(*x, p, training); });
}

DV_API Handle dv_nn_softplus(Handle x, double beta, double threshold) {
    return tensor_of([&] { return at::softplus(*x, beta, threshold); });
}
