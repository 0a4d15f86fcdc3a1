// Pools over images.
#include "shim.h"

using namespace deepvision;

DV_API Handle dv_nn_max_pool2d(
    Handle input, const int64_t* kernel, int32_t kernel_count, const int64_t* stride, int32_t stride_count,
    const int64_t* padding, int32_t padding_count, const int64_t* dilation, int32_t dilation_count, bool ceil_mode) {
    return tensor_of([&] {
        return at::max_pool2d(
            *input, ints(kernel, kernel_count), ints(stride, stride_count), ints(padding, padding_count),
            ints(dilation, dilation_count), ceil_mode);
    });
}

DV_API int32_t dv_nn_max_pool2d_with_indices(
    Handle input, const int64_t* kernel, int32_t kernel_count, const int64_t* stride, int32_t stride_count,
    const int64_t* padding, int32_t padding_count, const int64_t* dilation, int32_t dilation_count, bool ceil_mode, Handle* results) {
    return pair_of(results, [&] {
        return at::max_pool2d_with_indices(
            *input, ints(kernel, kernel_count), ints(stride, stride_count), ints(padding, padding_count),
            ints(dilation, dilation_count), ceil_mode);
    });
}

// A divisor of 0 stands for none.
DV_API Handle dv_nn_avg_pool2d(
    Handle input, const int64_t* kernel, int32_t kernel_count, const int64_t* stride, int32_t stride_count,
    const int64_t* padding, int32_t padding_count, bool ceil_mode, bool count_include_pad, int64_t divisor) {
    return tensor_of([&] {
        return at::avg_pool2d(
            *input, ints(kernel, kernel_count), ints(stride, stride_count), ints(padding, padding_count), ceil_mode, count_include_pad,
            divisor == 0 ? Optional<int64_t>() : divisor);
    });
}

DV_API Handle dv_nn_adaptive_avg_pool2d(Handle input, const int64_t* size, int32_t size_count) {
    return tensor_of([&] { return at::adaptive_avg_pool2d(*input, ints(size, size_count)); });
}

DV_API int32_t dv_nn_adaptive_max_pool2d(Handle input, const int64_t* size, int32_t size_count, Handle* results) {
    return pair_of(results, [&] { return at::adaptive_max_pool2d(*input, ints(size, size_count)); });
}
