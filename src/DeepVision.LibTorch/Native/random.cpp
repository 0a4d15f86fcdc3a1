// Generators of random numbers.
#include "shim.h"

#include <ATen/CPUGeneratorImpl.h>
#include <c10/core/impl/VirtualGuardImpl.h>

#include <mutex>

using namespace deepvision;

namespace {

template <class Body>
GeneratorHandle generator_of(Body&& body) noexcept {
    GeneratorHandle result = nullptr;
    done([&] { result = new at::Generator(body()); });
    return result;
}

}  // namespace

DV_API GeneratorHandle dv_generator_new(uint64_t seed, int32_t device_type, int32_t device_index) {
    return generator_of([&] {
        at::Generator generator = at::make_generator<at::CPUGeneratorImpl>(seed);
        if (static_cast<at::DeviceType>(device_type) == at::DeviceType::CUDA) {
            generator = at::globalContext().defaultGenerator(device_of(device_type, device_index)).clone();
            generator.set_current_seed(seed);
        }
        return generator;
    });
}

DV_API GeneratorHandle dv_generator_default() {
    return generator_of([&] { return at::globalContext().defaultGenerator(at::Device(at::DeviceType::CPU)); });
}

DV_API void dv_generator_delete(GeneratorHandle generator) {
    done([&] { delete generator; });
}

DV_API int32_t dv_generator_seed(GeneratorHandle generator, int64_t seed) {
    return done([&] {
        std::lock_guard<std::mutex> lock(generator->mutex());
        generator->set_current_seed(static_cast<uint64_t>(seed));
    });
}

DV_API int32_t dv_generator_initial_seed(GeneratorHandle generator, int64_t* seed) {
    return done([&] { *seed = static_cast<int64_t>(generator->current_seed()); });
}

DV_API Handle dv_generator_state(GeneratorHandle generator) {
    return tensor_of([&] {
        std::lock_guard<std::mutex> lock(generator->mutex());
        return generator->get_state();
    });
}

DV_API int32_t dv_generator_set_state(GeneratorHandle generator, Handle state) {
    return done([&] {
        std::lock_guard<std::mutex> lock(generator->mutex());
        generator->set_state(*state);
    });
}

// Seeds the generators of the CPU and of every CUDA device.
DV_API int32_t dv_manual_seed(int64_t seed) {
    return done([&] { at::manual_seed(static_cast<uint64_t>(seed)); });
}

DV_API int32_t dv_cuda_manual_seed(int64_t seed, bool all_devices) {
    return done([&] {
        if (!at::globalContext().hasCUDA()) {
            return;
        }
        auto seed_one = [&](c10::DeviceIndex index) {
            at::Generator generator = at::globalContext().defaultGenerator(at::Device(at::DeviceType::CUDA, index));
            std::lock_guard<std::mutex> lock(generator.mutex());
            generator.set_current_seed(static_cast<uint64_t>(seed));
        };
        if (!all_devices) {
            seed_one(-1);
            return;
        }
        for (int index = 0; index < c10::impl::VirtualGuardImpl(at::DeviceType::CUDA).deviceCount(); index++) {
            seed_one(static_cast<c10::DeviceIndex>(index));
        }
    });
}
