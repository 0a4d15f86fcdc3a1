// Sums, products and powers of tensors.
#include "shim.h"

using namespace deepvision;

namespace {

// Rounding 1 is towards zero, 2 is down, anything else none.
template <class Divisor>
at::Tensor quotient(const at::Tensor& self, const Divisor& divisor, int32_t rounding) {
    return rounding == 1 ? self.div(divisor, "trunc") : rounding == 2 ? self.div(divisor, "floor") : self.div(divisor);
}

template <class Divisor>
void divide(at::Tensor& self, const Divisor& divisor, int32_t rounding) {
    rounding == 1 ? self.div_(divisor, "trunc") : rounding == 2 ? self.div_(divisor, "floor") : self.div_(divisor);
}

}  // namespace

DV_API Handle dv_add_tensor(Handle self, Handle target, ScalarValue alpha) {
    return tensor_of([&] { return self->add(*target, number(alpha)); });
}

DV_API Handle dv_add_scalar(Handle self, ScalarValue scalar, ScalarValue alpha) {
    return tensor_of([&] { return self->add(number(scalar), number(alpha)); });
}

DV_API int32_t dv_add_tensor_(Handle self, Handle target, ScalarValue alpha) {
    return done([&] { self->add_(*target, number(alpha)); });
}

DV_API int32_t dv_add_scalar_(Handle self, ScalarValue scalar, ScalarValue alpha) {
    return done([&] { self->add_(number(scalar), number(alpha)); });
}

DV_API Handle dv_sub_tensor(Handle self, Handle target) {
    return tensor_of([&] { return self->sub(*target); });
}

DV_API Handle dv_sub_scalar(Handle self, ScalarValue target) {
    return tensor_of([&] { return self->sub(number(target)); });
}

DV_API int32_t dv_sub_tensor_(Handle self, Handle target) {
    return done([&] { self->sub_(*target); });
}

DV_API int32_t dv_sub_scalar_(Handle self, ScalarValue target) {
    return done([&] { self->sub_(number(target)); });
}

DV_API Handle dv_mul_tensor(Handle self, Handle target) {
    return tensor_of([&] { return self->mul(*target); });
}

DV_API Handle dv_mul_scalar(Handle self, ScalarValue target) {
    return tensor_of([&] { return self->mul(number(target)); });
}

DV_API int32_t dv_mul_tensor_(Handle self, Handle target) {
    return done([&] { self->mul_(*target); });
}

DV_API int32_t dv_mul_scalar_(Handle self, ScalarValue target) {
    return done([&] { self->mul_(number(target)); });
}

DV_API Handle dv_div_tensor(Handle self, Handle target, int32_t rounding_mode) {
    return tensor_of([&] { return quotient(*self, *target, rounding_mode); });
}

DV_API Handle dv_div_scalar(Handle self, ScalarValue target, int32_t rounding_mode) {
    return tensor_of([&] { return quotient(*self, number(target), rounding_mode); });
}

DV_API Handle dv_remainder_tensor(Handle self, Handle target) {
    return tensor_of([&] { return self->remainder(*target); });
}

DV_API Handle dv_remainder_scalar(Handle self, ScalarValue scalar) {
    return tensor_of([&] { return self->remainder(number(scalar)); });
}

DV_API Handle dv_pow_tensor(Handle self, Handle exponent) {
    return tensor_of([&] { return self->pow(*exponent); });
}

DV_API Handle dv_pow_scalar(Handle self, ScalarValue exponent) {
    return tensor_of([&] { return self->pow(number(exponent)); });
}

DV_API Handle dv_addcmul(Handle self, Handle tensor1, Handle tensor2, ScalarValue value) {
    return tensor_of([&] { return self->addcmul(*tensor1, *tensor2, number(value)); });
}

DV_API Handle dv_addcdiv(Handle self, Handle tensor1, Handle tensor2, ScalarValue value) {
    return tensor_of([&] { return self->addcdiv(*tensor1, *tensor2, number(value)); });
}

DV_API Handle dv_lerp(Handle self, Handle end, Handle weight) {
    return tensor_of([&] { return self->lerp(*end, *weight); });
}

DV_API int32_t dv_div_tensor_(Handle self, Handle target, int32_t rounding_mode) {
    return done([&] { divide(*self, *target, rounding_mode); });
}

DV_API int32_t dv_div_scalar_(Handle self, ScalarValue target, int32_t rounding_mode) {
    return done([&] { divide(*self, number(target), rounding_mode); });
}

DV_API int32_t dv_remainder_tensor_(Handle self, Handle target) {
    return done([&] { self->remainder_(*target); });
}

DV_API int32_t dv_remainder_scalar_(Handle self, ScalarValue scalar) {
    return done([&] { self->remainder_(number(scalar)); });
}

DV_API int32_t dv_pow_tensor_(Handle self, Handle exponent) {
    return done([&] { self->pow_(*exponent); });
}

DV_API int32_t dv_pow_scalar_(Handle self, ScalarValue exponent) {
    return done([&] { self->pow_(number(exponent)); });
}

DV_API int32_t dv_addcmul_(Handle self, Handle tensor1, Handle tensor2, ScalarValue value) {
    return done([&] { self->addcmul_(*tensor1, *tensor2, number(value)); });
}

DV_API int32_t dv_addcdiv_(Handle self, Handle tensor1, Handle tensor2, ScalarValue value) {
    return done([&] { self->addcdiv_(*tensor1, *tensor2, number(value)); });
}

DV_API int32_t dv_lerp_(Handle self, Handle end, Handle weight) {
    return done([&] { self->lerp_(*end, *weight); });
}

DV_API Handle dv_floor_divide_tensor(Handle self, Handle other) {
    return tensor_of([&] { return self->floor_divide(*other); });
}

DV_API Handle dv_floor_divide_scalar(Handle self, ScalarValue other) {
    return tensor_of([&] { return self->floor_divide(number(other)); });
}

DV_API Handle dv_matmul(Handle self, Handle target) {
    return tensor_of([&] { return self->matmul(*target); });
}

DV_API Handle dv_mm(Handle self, Handle target) {
    return tensor_of([&] { return self->mm(*target); });
}

DV_API Handle dv_bmm(Handle self, Handle batch2) {
    return tensor_of([&] { return self->bmm(*batch2); });
}

DV_API Handle dv_dot(Handle self, Handle target) {
    return tensor_of([&] { return self->dot(*target); });
}
