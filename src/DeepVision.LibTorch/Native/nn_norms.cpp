// Norms over batches, groups and the last axes, and to unit length.
#include "shim.h"

using namespace deepvision;

DV_API Handle dv_nn_batch_norm(
    Handle input, Handle mean, Handle variance, Handle weight, Handle bias, bool training, double momentum, double eps) {
    return tensor_of([&] {
        // One value has no variance; libtorch itself would divide by zero in the running statistics.
        TORCH_CHECK(
            !training || input->dim() < 2 || input->size(1) == 0 || input->numel() != input->size(1),
            "Expected more than 1 value per channel when training, got input size ", input->sizes());
        return at::batch_norm(
            *input, optional_tensor(weight), optional_tensor(bias), optional_tensor(mean), optional_tensor(variance), training, momentum,
            eps, at::globalContext().userEnabledCuDNN());
    });
}

DV_API Handle dv_nn_group_norm(Handle input, int64_t groups, Handle weight, Handle bias, double eps) {
    return tensor_of([&] {
        return at::group_norm(
            *input, groups, optional_tensor(weight), optional_tensor(bias), eps, at::globalContext().userEnabledCuDNN());
    });
}

DV_API Handle dv_nn_layer_norm(Handle input, const int64_t* shape, int32_t shape_count, Handle weight, Handle bias, double eps) {
    return tensor_of([&] {
        return at::layer_norm(
            *input, ints(shape, shape_count), optional_tensor(weight), optional_tensor(bias), eps, at::globalContext().userEnabledCuDNN());
    });
}

DV_API Handle dv_nn_normalize(Handle input, double p, int64_t dim, double eps) {
    return tensor_of([&] { return *input / input->norm(p, dim, true).clamp_min(eps).expand_as(*input); });
}
