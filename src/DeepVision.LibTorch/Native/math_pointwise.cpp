// Functions of each element.
#include "shim.h"

using namespace deepvision;

DV_API Handle dv_abs(Handle self) {
    return tensor_of([&] { return self->abs(); });
}

DV_API int32_t dv_abs_(Handle self) {
    return done([&] { self->abs_(); });
}

DV_API Handle dv_neg(Handle self) {
    return tensor_of([&] { return self->neg(); });
}

DV_API int32_t dv_neg_(Handle self) {
    return done([&] { self->neg_(); });
}

DV_API Handle dv_exp(Handle self) {
    return tensor_of([&] { return self->exp(); });
}

DV_API int32_t dv_exp_(Handle self) {
    return done([&] { self->exp_(); });
}

DV_API Handle dv_log(Handle self) {
    return tensor_of([&] { return self->log(); });
}

DV_API int32_t dv_log_(Handle self) {
    return done([&] { self->log_(); });
}

DV_API Handle dv_log1p(Handle self) {
    return tensor_of([&] { return self->log1p(); });
}

DV_API int32_t dv_log1p_(Handle self) {
    return done([&] { self->log1p_(); });
}

DV_API Handle dv_log2(Handle self) {
    return tensor_of([&] { return self->log2(); });
}

DV_API int32_t dv_log2_(Handle self) {
    return done([&] { self->log2_(); });
}

DV_API Handle dv_sqrt(Handle self) {
    return tensor_of([&] { return self->sqrt(); });
}

DV_API int32_t dv_sqrt_(Handle self) {
    return done([&] { self->sqrt_(); });
}

DV_API Handle dv_rsqrt(Handle self) {
    return tensor_of([&] { return self->rsqrt(); });
}

DV_API int32_t dv_rsqrt_(Handle self) {
    return done([&] { self->rsqrt_(); });
}

DV_API Handle dv_reciprocal(Handle self) {
    return tensor_of([&] { return self->reciprocal(); });
}

DV_API int32_t dv_reciprocal_(Handle self) {
    return done([&] { self->reciprocal_(); });
}

DV_API Handle dv_sigmoid(Handle self) {
    return tensor_of([&] { return self->sigmoid(); });
}

DV_API int32_t dv_sigmoid_(Handle self) {
    return done([&] { self->sigmoid_(); });
}

DV_API Handle dv_tanh(Handle self) {
    return tensor_of([&] { return self->tanh(); });
}

DV_API int32_t dv_tanh_(Handle self) {
    return done([&] { self->tanh_(); });
}

DV_API Handle dv_floor(Handle self) {
    return tensor_of([&] { return self->floor(); });
}

DV_API int32_t dv_floor_(Handle self) {
    return done([&] { self->floor_(); });
}

DV_API Handle dv_ceil(Handle self) {
    return tensor_of([&] { return self->ceil(); });
}

DV_API int32_t dv_ceil_(Handle self) {
    return done([&] { self->ceil_(); });
}

DV_API Handle dv_trunc(Handle self) {
    return tensor_of([&] { return self->trunc(); });
}

DV_API int32_t dv_trunc_(Handle self) {
    return done([&] { self->trunc_(); });
}

DV_API Handle dv_sin(Handle self) {
    return tensor_of([&] { return self->sin(); });
}

DV_API int32_t dv_sin_(Handle self) {
    return done([&] { self->sin_(); });
}

DV_API Handle dv_cos(Handle self) {
    return tensor_of([&] { return self->cos(); });
}

DV_API int32_t dv_cos_(Handle self) {
    return done([&] { self->cos_(); });
}

DV_API Handle dv_relu(Handle self) {
    return tensor_of([&] { return self->relu(); });
}

DV_API int32_t dv_relu_(Handle self) {
    return done([&] { self->relu_(); });
}

DV_API Handle dv_sign(Handle self) {
    return tensor_of([&] { return self->sign(); });
}

DV_API int32_t dv_sign_(Handle self) {
    return done([&] { self->sign_(); });
}

DV_API Handle dv_square(Handle self) {
    return tensor_of([&] { return self->square(); });
}

DV_API Handle dv_atan(Handle self) {
    return tensor_of([&] { return self->atan(); });
}

DV_API Handle dv_expm1(Handle self) {
    return tensor_of([&] { return self->expm1(); });
}

DV_API Handle dv_erf(Handle self) {
    return tensor_of([&] { return self->erf(); });
}

DV_API Handle dv_round(Handle self, int64_t decimals) {
    return tensor_of([&] { return self->round(decimals); });
}

DV_API Handle dv_clamp_scalar(Handle self, ScalarValue min, ScalarValue max) {
    return tensor_of([&] { return self->clamp(optional_number(min), optional_number(max)); });
}

DV_API Handle dv_clamp_tensor(Handle self, Handle min, Handle max) {
    return tensor_of([&] { return self->clamp(optional_tensor(min), optional_tensor(max)); });
}

DV_API Handle dv_clamp_min(Handle self, ScalarValue min) {
    return tensor_of([&] { return self->clamp_min(number(min)); });
}

DV_API Handle dv_clamp_max(Handle self, ScalarValue max) {
    return tensor_of([&] { return self->clamp_max(number(max)); });
}

DV_API Handle dv_masked_fill(Handle self, Handle mask, ScalarValue value) {
    return tensor_of([&] { return self->masked_fill(*mask, number(value)); });
}

DV_API int32_t dv_clamp_scalar_(Handle self, ScalarValue min, ScalarValue max) {
    return done([&] { self->clamp_(optional_number(min), optional_number(max)); });
}

DV_API int32_t dv_clamp_tensor_(Handle self, Handle min, Handle max) {
    return done([&] { self->clamp_(optional_tensor(min), optional_tensor(max)); });
}

DV_API int32_t dv_clamp_min_(Handle self, ScalarValue min) {
    return done([&] { self->clamp_min_(number(min)); });
}

DV_API int32_t dv_clamp_max_(Handle self, ScalarValue max) {
    return done([&] { self->clamp_max_(number(max)); });
}

DV_API int32_t dv_masked_fill_(Handle self, Handle mask, ScalarValue value) {
    return done([&] { self->masked_fill_(*mask, number(value)); });
}

DV_API Handle dv_maximum(Handle self, Handle other) {
    return tensor_of([&] { return self->maximum(*other); });
}

DV_API Handle dv_minimum(Handle self, Handle other) {
    return tensor_of([&] { return self->minimum(*other); });
}

DV_API Handle dv_softmax(Handle self, int64_t dim, int32_t dtype) {
    return tensor_of([&] { return self->softmax(dim, optional_type(dtype)); });
}

DV_API Handle dv_log_softmax(Handle self, int64_t dim, int32_t dtype) {
    return tensor_of([&] { return self->log_softmax(dim, optional_type(dtype)); });
}

DV_API int32_t dv_fill_(Handle self, ScalarValue value) {
    return done([&] { self->fill_(number(value)); });
}

DV_API int32_t dv_copy_(Handle self, Handle source, bool non_blocking) {
    return done([&] { self->copy_(*source, non_blocking); });
}
