// Convolution and fully connected layers.
#include "shim.h"

using namespace deepvision;

DV_API Handle dv_nn_conv2d(
    Handle input, Handle weight, Handle bias, const int64_t* stride, int32_t stride_count, const int64_t* padding, int32_t padding_count,
    const int64_t* dilation, int32_t dilation_count, int64_t groups) {
    return tensor_of([&] {
        return at::conv2d(
            *input, *weight, optional_tensor(bias), ints(stride, stride_count), ints(padding, padding_count),
            ints(dilation, dilation_count), groups);
    });
}

DV_API Handle dv_nn_conv2d_padding(
    Handle input, Handle weight, Handle bias, const int64_t* stride, int32_t stride_count, bool same,
    const int64_t* dilation, int32_t dilation_count, int64_t groups) {
    return tensor_of([&] {
        return at::conv2d(
            *input, *weight, optional_tensor(bias), ints(stride, stride_count), same ? "same" : "valid",
            ints(dilation, dilation_count), groups);
    });
}

DV_API Handle dv_nn_linear(Handle input, Handle weight, Handle bias) {
    return tensor_of([&] { return at::linear(*input, *weight, optional_tensor(bias)); });
}
