// Devices, threads, switches of the back ends, and which libtorch this is.
#include "shim.h"

#include <ATen/Parallel.h>
#include <ATen/detail/CUDAHooksInterface.h>
#include <c10/core/DeviceGuard.h>
#include <c10/core/impl/VirtualGuardImpl.h>

using namespace deepvision;

DV_API const char* dv_libtorch_version() {
    return TORCH_VERSION;
}

DV_API int32_t dv_get_num_threads() {
    return answer_of([] { return static_cast<int32_t>(at::get_num_threads()); });
}

DV_API int32_t dv_set_num_threads(int32_t count) {
    return done([&] { at::set_num_threads(count); });
}

DV_API int32_t dv_get_num_interop_threads() {
    return answer_of([] { return static_cast<int32_t>(at::get_num_interop_threads()); });
}

DV_API int32_t dv_set_num_interop_threads(int32_t count) {
    return done([&] { at::set_num_interop_threads(count); });
}

// Whether this libtorch brought a CUDA back end, with or without a device to use.
DV_API int32_t dv_cuda_compiled() {
    return answer_of([] { return at::globalContext().hasCUDA() ? 1 : 0; });
}

DV_API int32_t dv_cudnn_is_available() {
    return answer_of([] { return at::globalContext().hasCUDA() && at::detail::getCUDAHooks().hasCuDNN() ? 1 : 0; });
}

DV_API int32_t dv_cuda_device_count() {
    return answer_of([] { return at::globalContext().hasCUDA() ? static_cast<int32_t>(c10::impl::VirtualGuardImpl(at::DeviceType::CUDA).deviceCount()) : 0; });
}

// Waits for the work on a device's current stream, the only one that this binding uses; a negative index means the current device.
DV_API int32_t dv_cuda_synchronize(int32_t index) {
    return done([&] {
        c10::impl::VirtualGuardImpl guard(at::DeviceType::CUDA);
        guard.getStream(index < 0 ? guard.getDevice() : at::Device(at::DeviceType::CUDA, static_cast<c10::DeviceIndex>(index))).synchronize();
    });
}

DV_API int32_t dv_get_allow_tf32_cublas() {
    return answer_of([] { return at::globalContext().allowTF32CuBLAS() ? 1 : 0; });
}

DV_API int32_t dv_set_allow_tf32_cublas(bool allow) {
    return done([&] { at::globalContext().setAllowTF32CuBLAS(allow); });
}

DV_API int32_t dv_get_allow_tf32_cudnn() {
    return answer_of([] { return at::globalContext().allowTF32CuDNN() ? 1 : 0; });
}

DV_API int32_t dv_set_allow_tf32_cudnn(bool allow) {
    return done([&] { at::globalContext().setAllowTF32CuDNN(allow); });
}
