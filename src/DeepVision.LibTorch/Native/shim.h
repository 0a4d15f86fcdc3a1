// What every file of the shim shares: the types that cross the border, errors, and the count of live handles.
//
// Rules of the border: plain C functions, no exception leaves one. A function that makes a tensor returns null when it
// failed, one that answers a question -2, any other 0 when it succeeded and -1 when it failed; dv_last_error then has the
// text of this thread. What reads a flag of the thread or frees a handle cannot fail.
#pragma once

#include <ATen/ATen.h>
#include <torch/version.h>

#include <cstdint>
#include <exception>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#define DV_API extern "C" __attribute__((visibility("default")))

namespace deepvision {

// Newer versions take the standard library's type where older ones had their own.
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 4)
template <class T>
using Optional = std::optional<T>;
#else
template <class T>
using Optional = c10::optional<T>;
#endif

using Handle = at::Tensor*;
using GeneratorHandle = at::Generator*;

// A number as the managed side passes it; kind 0 stands for "none".
struct ScalarValue {
    enum Kind : int64_t { None = 0, Integer = 1, Real = 2, Boolean = 3 };
    int64_t kind;
    int64_t bits;
};

// Keeps the text of an exception for dv_last_error.
void remember(const char* text) noexcept;
void remember_current_exception() noexcept;

// Every handle that the managed side holds was made here and goes back through dv_tensor_delete.
Handle make_handle(at::Tensor tensor);

at::Scalar number(ScalarValue value);
Optional<at::Scalar> optional_number(ScalarValue value);
Optional<at::Tensor> optional_tensor(Handle tensor);
Optional<at::Generator> optional_generator(GeneratorHandle generator);

// Types carry the numbers of c10::ScalarType; -1 stands for "none".
inline Optional<at::ScalarType> optional_type(int32_t type) {
    return type < 0 ? Optional<at::ScalarType>() : static_cast<at::ScalarType>(type);
}

inline at::Tensor as_type(const at::Tensor& tensor, int32_t type) {
    return type < 0 ? tensor : tensor.to(static_cast<at::ScalarType>(type));
}

inline at::IntArrayRef ints(const int64_t* values, int32_t count) {
    return at::IntArrayRef(values, static_cast<size_t>(count));
}

// Device types carry the numbers of c10::DeviceType; a negative index means the current one.
inline at::Device device_of(int32_t type, int32_t index) {
    return at::Device(static_cast<at::DeviceType>(type), static_cast<c10::DeviceIndex>(index));
}

inline at::TensorOptions options_of(int32_t type, int32_t device_type, int32_t device_index) {
    return at::TensorOptions().dtype(static_cast<at::ScalarType>(type)).device(device_of(device_type, device_index));
}

inline std::vector<at::Tensor> tensors_of(const Handle* handles, int32_t count) {
    std::vector<at::Tensor> tensors;
    tensors.reserve(static_cast<size_t>(count));
    for (int32_t i = 0; i < count; i++) {
        tensors.push_back(handles[i] == nullptr ? at::Tensor() : *handles[i]);
    }
    return tensors;
}

// For functions that answer with a small number: the answer, or Failed.
constexpr int32_t Failed = -2;

template <class Body>
auto answer_of(Body&& body) noexcept -> decltype(body()) {
    try {
        return body();
    } catch (...) {
        remember_current_exception();
        return Failed;
    }
}

template <class Body>
int32_t done(Body&& body) noexcept {
    try {
        body();
        return 0;
    } catch (...) {
        remember_current_exception();
        return -1;
    }
}

template <class Body>
Handle tensor_of(Body&& body) noexcept {
    try {
        return make_handle(body());
    } catch (...) {
        remember_current_exception();
        return nullptr;
    }
}

template <class Body>
int32_t pair_of(Handle* results, Body&& body) noexcept {
    return done([&] {
        auto both = body();
        results[0] = make_handle(std::move(std::get<0>(both)));
        results[1] = make_handle(std::move(std::get<1>(both)));
    });
}

void give_list(std::vector<at::Tensor> tensors, Handle** results, int32_t* count);

// Returns the number of tensors, whose handles stand in an array that the caller frees with dv_free.
template <class Body>
int32_t list_of(Handle** results, Body&& body) noexcept {
    int32_t count = -1;
    int32_t status = done([&] { give_list(body(), results, &count); });
    return status == 0 ? count : -1;
}

}  // namespace deepvision
