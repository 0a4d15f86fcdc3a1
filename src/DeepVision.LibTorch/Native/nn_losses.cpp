// Losses. Reductions: 0 none, 1 mean, 2 sum.
#include "shim.h"

using namespace deepvision;

DV_API Handle dv_nn_cross_entropy(
    Handle input, Handle target, Handle weight, int64_t ignore_index, int64_t reduction, double label_smoothing) {
    return tensor_of([&] {
        return at::cross_entropy_loss(*input, *target, optional_tensor(weight), reduction, ignore_index, label_smoothing);
    });
}

DV_API Handle dv_nn_nll_loss(Handle input, Handle target, Handle weight, int64_t ignore_index, int64_t reduction) {
    return tensor_of([&] { return at::nll_loss_nd(*input, *target, optional_tensor(weight), reduction, ignore_index); });
}

DV_API Handle dv_nn_binary_cross_entropy_with_logits(Handle input, Handle target, Handle weight, Handle pos_weights, int64_t reduction) {
    return tensor_of([&] {
        return at::binary_cross_entropy_with_logits(*input, *target, optional_tensor(weight), optional_tensor(pos_weights), reduction);
    });
}

DV_API Handle dv_nn_smooth_l1_loss(Handle input, Handle target, int64_t reduction, double beta) {
    return tensor_of([&] { return at::smooth_l1_loss(*input, *target, reduction, beta); });
}

DV_API Handle dv_nn_l1_loss(Handle input, Handle target, int64_t reduction) {
    return tensor_of([&] { return at::l1_loss(*input, *target, reduction); });
}

DV_API Handle dv_nn_mse_loss(Handle input, Handle target, int64_t reduction) {
    return tensor_of([&] { return at::mse_loss(*input, *target, reduction); });
}
