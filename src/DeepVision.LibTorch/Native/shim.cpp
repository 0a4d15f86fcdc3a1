// Errors, live handles, numbers.
#include "shim.h"

#include <atomic>
#include <cstdlib>
#include <cstring>
#include <new>

namespace deepvision {

namespace {

std::atomic<int64_t> live_handles{0};

std::string& last_error() {
    thread_local std::string text;
    return text;
}

}  // namespace

void remember(const char* text) noexcept {
    try {
        last_error() = text;
    } catch (...) {
        // Out of memory while keeping the text: the older one stays.
    }
}

void remember_current_exception() noexcept {
    try {
        throw;
    } catch (const c10::Error& error) {
        remember(error.what_without_backtrace());
    } catch (const std::exception& error) {
        remember(error.what());
    } catch (...) {
        remember("libtorch threw something that is no std::exception.");
    }
}

Handle make_handle(at::Tensor tensor) {
    Handle handle = new at::Tensor(std::move(tensor));
    live_handles.fetch_add(1, std::memory_order_relaxed);
    return handle;
}

at::Scalar number(ScalarValue value) {
    double real;
    switch (value.kind) {
        case ScalarValue::Integer:
            return at::Scalar(value.bits);
        case ScalarValue::Boolean:
            return at::Scalar(value.bits != 0);
        case ScalarValue::Real:
            std::memcpy(&real, &value.bits, sizeof(real));
            return at::Scalar(real);
        default:
            throw std::invalid_argument("A number was expected where none was given.");
    }
}

Optional<at::Scalar> optional_number(ScalarValue value) {
    return value.kind == ScalarValue::None ? Optional<at::Scalar>() : number(value);
}

Optional<at::Tensor> optional_tensor(Handle tensor) {
    return tensor == nullptr ? Optional<at::Tensor>() : *tensor;
}

Optional<at::Generator> optional_generator(GeneratorHandle generator) {
    return generator == nullptr ? Optional<at::Generator>() : *generator;
}

void give_list(std::vector<at::Tensor> tensors, Handle** results, int32_t* count) {
    auto* handles = static_cast<Handle*>(std::malloc(sizeof(Handle) * (tensors.size() + 1)));
    if (handles == nullptr) {
        throw std::bad_alloc();
    }
    for (size_t i = 0; i < tensors.size(); i++) {
        // An undefined tensor, such as the gradient of an unused input, has no handle.
        handles[i] = tensors[i].defined() ? make_handle(std::move(tensors[i])) : nullptr;
    }
    *results = handles;
    *count = static_cast<int32_t>(tensors.size());
}

}  // namespace deepvision

using namespace deepvision;

// The text of the last failure on this thread, valid until the next one.
DV_API const char* dv_last_error() {
    return last_error().c_str();
}

DV_API void dv_free(void* memory) {
    std::free(memory);
}

DV_API void dv_tensor_delete(Handle tensor) {
    if (tensor != nullptr) {
        done([&] { delete tensor; });
        live_handles.fetch_sub(1, std::memory_order_relaxed);
    }
}

DV_API int64_t dv_live_tensors() {
    return live_handles.load(std::memory_order_relaxed);
}
