// New tensors: filled, counted, random, joined, or over the caller's memory.
#include "shim.h"

using namespace deepvision;

namespace {

at::Tensor tracked(at::Tensor tensor, bool requires_grad) {
    if (requires_grad) {
        tensor.set_requires_grad(true);
    }
    return tensor;
}

}  // namespace

DV_API Handle dv_empty(const int64_t* size, int32_t size_count, int32_t type, int32_t device_type, int32_t device_index, bool requires_grad) {
    return tensor_of([&] { return tracked(at::empty(ints(size, size_count), options_of(type, device_type, device_index)), requires_grad); });
}

DV_API Handle dv_empty_strided(const int64_t* size, int32_t size_count, const int64_t* strides, int32_t strides_count, int32_t type,
                               int32_t device_type, int32_t device_index, bool requires_grad) {
    return tensor_of([&] {
        return tracked(
            at::empty_strided(ints(size, size_count), ints(strides, strides_count), options_of(type, device_type, device_index)), requires_grad);
    });
}

DV_API Handle dv_zeros(const int64_t* size, int32_t size_count, int32_t type, int32_t device_type, int32_t device_index, bool requires_grad) {
    return tensor_of([&] { return tracked(at::zeros(ints(size, size_count), options_of(type, device_type, device_index)), requires_grad); });
}

DV_API Handle dv_ones(const int64_t* size, int32_t size_count, int32_t type, int32_t device_type, int32_t device_index, bool requires_grad) {
    return tensor_of([&] { return tracked(at::ones(ints(size, size_count), options_of(type, device_type, device_index)), requires_grad); });
}

DV_API Handle dv_full(const int64_t* size, int32_t size_count, ScalarValue value, int32_t type, int32_t device_type, int32_t device_index,
                      bool requires_grad) {
    return tensor_of([&] {
        return tracked(at::full(ints(size, size_count), number(value), options_of(type, device_type, device_index)), requires_grad);
    });
}

DV_API Handle dv_arange(ScalarValue start, ScalarValue stop, ScalarValue step, int32_t type, int32_t device_type, int32_t device_index,
                        bool requires_grad) {
    return tensor_of([&] {
        return tracked(at::arange(number(start), number(stop), number(step), options_of(type, device_type, device_index)), requires_grad);
    });
}

DV_API Handle dv_linspace(double start, double end, int64_t steps, int32_t type, int32_t device_type, int32_t device_index, bool requires_grad) {
    return tensor_of([&] { return tracked(at::linspace(start, end, steps, options_of(type, device_type, device_index)), requires_grad); });
}

DV_API Handle dv_eye(int64_t rows, int64_t columns, int32_t type, int32_t device_type, int32_t device_index, bool requires_grad) {
    return tensor_of([&] { return tracked(at::eye(rows, columns, options_of(type, device_type, device_index)), requires_grad); });
}

DV_API Handle dv_rand(const int64_t* size, int32_t size_count, int32_t type, int32_t device_type, int32_t device_index, bool requires_grad,
                      GeneratorHandle generator) {
    return tensor_of([&] {
        return tracked(
            at::rand(ints(size, size_count), optional_generator(generator), options_of(type, device_type, device_index)), requires_grad);
    });
}

DV_API Handle dv_randn(const int64_t* size, int32_t size_count, int32_t type, int32_t device_type, int32_t device_index, bool requires_grad,
                       GeneratorHandle generator) {
    return tensor_of([&] {
        return tracked(
            at::randn(ints(size, size_count), optional_generator(generator), options_of(type, device_type, device_index)), requires_grad);
    });
}

DV_API Handle dv_randint(int64_t low, int64_t high, const int64_t* size, int32_t size_count, int32_t type, int32_t device_type,
                         int32_t device_index, bool requires_grad, GeneratorHandle generator) {
    return tensor_of([&] {
        return tracked(
            at::randint(low, high, ints(size, size_count), optional_generator(generator), options_of(type, device_type, device_index)),
            requires_grad);
    });
}

DV_API Handle dv_randperm(int64_t n, int32_t type, int32_t device_type, int32_t device_index, bool requires_grad, GeneratorHandle generator) {
    return tensor_of([&] {
        return tracked(at::randperm(n, optional_generator(generator), options_of(type, device_type, device_index)), requires_grad);
    });
}

// The factories after an example: kind 0 empty, 1 zeros, 2 ones, 3 uniform, 4 normal; a type or device of -1 is the example's.
DV_API Handle dv_like(Handle self, int32_t kind, int32_t type, int32_t device_type, int32_t device_index, bool requires_grad) {
    return tensor_of([&] {
        at::TensorOptions options = self->options();
        if (type >= 0) {
            options = options.dtype(static_cast<at::ScalarType>(type));
        }
        if (device_type >= 0) {
            options = options.device(device_of(device_type, device_index));
        }
        switch (kind) {
            case 0:
                return tracked(at::empty_like(*self, options), requires_grad);
            case 1:
                return tracked(at::zeros_like(*self, options), requires_grad);
            case 2:
                return tracked(at::ones_like(*self, options), requires_grad);
            case 3:
                return tracked(at::rand_like(*self, options), requires_grad);
            default:
                return tracked(at::randn_like(*self, options), requires_grad);
        }
    });
}

DV_API Handle dv_full_like(Handle self, ScalarValue value, int32_t type, int32_t device_type, int32_t device_index, bool requires_grad) {
    return tensor_of([&] {
        at::TensorOptions options = self->options();
        if (type >= 0) {
            options = options.dtype(static_cast<at::ScalarType>(type));
        }
        if (device_type >= 0) {
            options = options.device(device_of(device_type, device_index));
        }
        return tracked(at::full_like(*self, number(value), options), requires_grad);
    });
}

// A copy of the caller's memory, converted and moved.
DV_API Handle dv_from_memory(const void* data, const int64_t* size, int32_t size_count, int32_t source_type, int32_t type, int32_t device_type,
                             int32_t device_index, bool requires_grad) {
    return tensor_of([&] {
        auto options = at::TensorOptions().dtype(static_cast<at::ScalarType>(source_type));
        at::Tensor seen = at::from_blob(const_cast<void*>(data), ints(size, size_count), options);
        at::Tensor copy = seen.to(device_of(device_type, device_index), static_cast<at::ScalarType>(type), false, true);
        return tracked(copy, requires_grad);
    });
}

DV_API Handle dv_cat(const Handle* tensors, int32_t tensors_count, int64_t dim) {
    return tensor_of([&] { return at::cat(tensors_of(tensors, tensors_count), dim); });
}

DV_API Handle dv_stack(const Handle* tensors, int32_t tensors_count, int64_t dim) {
    return tensor_of([&] { return at::stack(tensors_of(tensors, tensors_count), dim); });
}

DV_API int32_t dv_meshgrid(const Handle* tensors, int32_t tensors_count, bool xy, Handle** results) {
    return list_of(results, [&] { return at::meshgrid(tensors_of(tensors, tensors_count), xy ? "xy" : "ij"); });
}
