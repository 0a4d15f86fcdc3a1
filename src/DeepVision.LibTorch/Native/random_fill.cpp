// Elements drawn at random.
#include "shim.h"

using namespace deepvision;

DV_API int32_t dv_uniform_(Handle self, double from, double to, GeneratorHandle generator) {
    return done([&] { self->uniform_(from, to, optional_generator(generator)); });
}

DV_API int32_t dv_normal_(Handle self, double mean, double std, GeneratorHandle generator) {
    return done([&] { self->normal_(mean, std, optional_generator(generator)); });
}

DV_API int32_t dv_bernoulli_(Handle self, double p, GeneratorHandle generator) {
    return done([&] { self->bernoulli_(p, optional_generator(generator)); });
}

DV_API Handle dv_bernoulli(Handle self, GeneratorHandle generator) {
    return tensor_of([&] { return self->bernoulli(optional_generator(generator)); });
}

DV_API Handle dv_multinomial(Handle self, int64_t num_samples, bool replacement, GeneratorHandle generator) {
    return tensor_of([&] { return self->multinomial(num_samples, replacement, optional_generator(generator)); });
}
