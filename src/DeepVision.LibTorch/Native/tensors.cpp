// What a tensor is: sizes, type, device, memory; conversions of type and device.
#include "shim.h"

#include <algorithm>
#include <cstring>

using namespace deepvision;

DV_API int64_t dv_dim(Handle self) {
    return answer_of([&] { return static_cast<int64_t>(self->dim()); });
}

DV_API int64_t dv_numel(Handle self) {
    return answer_of([&] { return static_cast<int64_t>(self->numel()); });
}

DV_API int64_t dv_element_size(Handle self) {
    return answer_of([&] { return static_cast<int64_t>(self->element_size()); });
}

DV_API int64_t dv_storage_offset(Handle self) {
    return answer_of([&] { return static_cast<int64_t>(self->storage_offset()); });
}

DV_API int32_t dv_dtype(Handle self) {
    return answer_of([&] { return static_cast<int32_t>(self->scalar_type()); });
}

DV_API int32_t dv_device_type(Handle self) {
    return answer_of([&] { return static_cast<int32_t>(self->device().type()); });
}

DV_API int32_t dv_device_index(Handle self) {
    return answer_of([&] { return static_cast<int32_t>(self->device().index()); });
}

DV_API int32_t dv_is_contiguous(Handle self) {
    return answer_of([&] { return self->is_contiguous() ? 1 : 0; });
}

DV_API int32_t dv_is_sparse(Handle self) {
    return answer_of([&] { return self->is_sparse() ? 1 : 0; });
}

DV_API int32_t dv_size(Handle self, int64_t dim, int64_t* result) {
    return done([&] { *result = self->size(dim); });
}

DV_API int32_t dv_stride(Handle self, int64_t dim, int64_t* result) {
    return done([&] { *result = self->stride(dim); });
}

// Into an array with room for dv_dim values.
DV_API int32_t dv_sizes(Handle self, int64_t* results) {
    return done([&] {
        auto sizes = self->sizes();
        std::copy(sizes.begin(), sizes.end(), results);
    });
}

DV_API int32_t dv_strides(Handle self, int64_t* results) {
    return done([&] {
        auto strides = self->strides();
        std::copy(strides.begin(), strides.end(), results);
    });
}

// The address of the first element.
DV_API int32_t dv_data(Handle self, void** result) {
    return done([&] { *result = self->data_ptr(); });
}

DV_API Handle dv_to_type(Handle self, int32_t type, bool copy, bool non_blocking) {
    return tensor_of([&] { return self->to(static_cast<at::ScalarType>(type), non_blocking, copy); });
}

DV_API Handle dv_to_device(Handle self, int32_t device_type, int32_t device_index, bool copy, bool non_blocking) {
    return tensor_of([&] { return self->to(device_of(device_type, device_index), self->scalar_type(), non_blocking, copy); });
}

DV_API Handle dv_to_type_and_device(Handle self, int32_t type, int32_t device_type, int32_t device_index, bool copy, bool non_blocking) {
    return tensor_of([&] { return self->to(device_of(device_type, device_index), static_cast<at::ScalarType>(type), non_blocking, copy); });
}

DV_API Handle dv_cpu(Handle self) {
    return tensor_of([&] { return self->cpu(); });
}

DV_API Handle dv_squeeze(Handle self, bool one, int64_t dim) {
    return tensor_of([&] { return one ? self->squeeze(dim) : self->squeeze(); });
}

DV_API int32_t dv_squeeze_(Handle self, bool one, int64_t dim) {
    return done([&] { one ? self->squeeze_(dim) : self->squeeze_(); });
}

// Another handle on this tensor: TorchSharp's zero_ gives one back.
DV_API Handle dv_zero_(Handle self) {
    return tensor_of([&] { return self->zero_(); });
}

DV_API Handle dv_repeat_interleave(Handle self, int64_t repeats, bool one, int64_t dim) {
    return tensor_of([&] { return self->repeat_interleave(repeats, one ? Optional<int64_t>(dim) : Optional<int64_t>()); });
}

DV_API Handle dv_pin_memory(Handle self) {
    return tensor_of([&] { return self->pin_memory(); });
}

DV_API int32_t dv_set_(Handle self, Handle source) {
    return done([&] { self->set_(*source); });
}

// The one element of a tensor, as a number of its kind.
DV_API int32_t dv_item(Handle self, ScalarValue* result) {
    return done([&] {
        at::Scalar value = self->item();
        if (value.isBoolean()) {
            *result = {ScalarValue::Boolean, value.toBool() ? 1 : 0};
        } else if (value.isIntegral(false)) {
            *result = {ScalarValue::Integer, value.toLong()};
        } else {
            double real = value.toDouble();
            result->kind = ScalarValue::Real;
            std::memcpy(&result->bits, &real, sizeof(real));
        }
    });
}

DV_API int32_t dv_allclose(Handle self, Handle other, double rtol, double atol, bool equal_nan, int32_t* result) {
    return done([&] { *result = self->allclose(*other, rtol, atol, equal_nan) ? 1 : 0; });
}

DV_API int32_t dv_equal(Handle self, Handle other, int32_t* result) {
    return done([&] { *result = self->equal(*other) ? 1 : 0; });
}
