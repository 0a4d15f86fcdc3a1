// Comparisons, and tests of each element.
#include "shim.h"

using namespace deepvision;

DV_API Handle dv_eq_tensor(Handle self, Handle target) {
    return tensor_of([&] { return self->eq(*target); });
}

DV_API Handle dv_eq_scalar(Handle self, ScalarValue target) {
    return tensor_of([&] { return self->eq(number(target)); });
}

DV_API Handle dv_ne_tensor(Handle self, Handle target) {
    return tensor_of([&] { return self->ne(*target); });
}

DV_API Handle dv_ne_scalar(Handle self, ScalarValue target) {
    return tensor_of([&] { return self->ne(number(target)); });
}

DV_API Handle dv_lt_tensor(Handle self, Handle target) {
    return tensor_of([&] { return self->lt(*target); });
}

DV_API Handle dv_lt_scalar(Handle self, ScalarValue target) {
    return tensor_of([&] { return self->lt(number(target)); });
}

DV_API Handle dv_le_tensor(Handle self, Handle target) {
    return tensor_of([&] { return self->le(*target); });
}

DV_API Handle dv_le_scalar(Handle self, ScalarValue target) {
    return tensor_of([&] { return self->le(number(target)); });
}

DV_API Handle dv_gt_tensor(Handle self, Handle target) {
    return tensor_of([&] { return self->gt(*target); });
}

DV_API Handle dv_gt_scalar(Handle self, ScalarValue target) {
    return tensor_of([&] { return self->gt(number(target)); });
}

DV_API Handle dv_ge_tensor(Handle self, Handle target) {
    return tensor_of([&] { return self->ge(*target); });
}

DV_API Handle dv_ge_scalar(Handle self, ScalarValue target) {
    return tensor_of([&] { return self->ge(number(target)); });
}

DV_API Handle dv_isnan(Handle self) {
    return tensor_of([&] { return at::isnan(*self); });
}

DV_API Handle dv_isinf(Handle self) {
    return tensor_of([&] { return at::isinf(*self); });
}

DV_API Handle dv_isfinite(Handle self) {
    return tensor_of([&] { return at::isfinite(*self); });
}

DV_API Handle dv_logical_and(Handle self, Handle other) {
    return tensor_of([&] { return self->logical_and(*other); });
}

DV_API Handle dv_bitwise_and(Handle self, Handle other) {
    return tensor_of([&] { return self->bitwise_and(*other); });
}

DV_API Handle dv_logical_or(Handle self, Handle other) {
    return tensor_of([&] { return self->logical_or(*other); });
}

DV_API Handle dv_bitwise_or(Handle self, Handle other) {
    return tensor_of([&] { return self->bitwise_or(*other); });
}

DV_API Handle dv_logical_xor(Handle self, Handle other) {
    return tensor_of([&] { return self->logical_xor(*other); });
}

DV_API Handle dv_bitwise_xor(Handle self, Handle other) {
    return tensor_of([&] { return self->bitwise_xor(*other); });
}

DV_API Handle dv_logical_not(Handle self) {
    return tensor_of([&] { return self->logical_not(); });
}

DV_API Handle dv_bitwise_not(Handle self) {
    return tensor_of([&] { return self->bitwise_not(); });
}

DV_API Handle dv_isclose(Handle self, Handle other, double rtol, double atol, bool nan_equal) {
    return tensor_of([&] { return self->isclose(*other, rtol, atol, nan_equal); });
}
