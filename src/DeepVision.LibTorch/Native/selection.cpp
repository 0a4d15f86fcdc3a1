// Elements chosen by indices or masks.
#include "shim.h"

using namespace deepvision;

DV_API Handle dv_index_select(Handle self, int64_t dim, Handle index) {
    return tensor_of([&] { return self->index_select(dim, *index); });
}

DV_API Handle dv_gather(Handle self, int64_t dim, Handle index) {
    return tensor_of([&] { return self->gather(dim, *index); });
}

DV_API Handle dv_scatter(Handle self, int64_t dim, Handle index, Handle src) {
    return tensor_of([&] { return self->scatter(dim, *index, *src); });
}

DV_API Handle dv_scatter_add(Handle self, int64_t dim, Handle index, Handle src) {
    return tensor_of([&] { return self->scatter_add(dim, *index, *src); });
}

DV_API Handle dv_index_fill(Handle self, int64_t dim, Handle index, ScalarValue value) {
    return tensor_of([&] { return self->index_fill(dim, *index, number(value)); });
}

DV_API Handle dv_index_copy(Handle self, int64_t dim, Handle index, Handle source) {
    return tensor_of([&] { return self->index_copy(dim, *index, *source); });
}

DV_API Handle dv_index_add(Handle self, int64_t dim, Handle index, Handle source, ScalarValue alpha) {
    return tensor_of([&] { return self->index_add(dim, *index, *source, number(alpha)); });
}

DV_API int32_t dv_scatter_(Handle self, int64_t dim, Handle index, Handle src) {
    return done([&] { self->scatter_(dim, *index, *src); });
}

DV_API int32_t dv_scatter_add_(Handle self, int64_t dim, Handle index, Handle src) {
    return done([&] { self->scatter_add_(dim, *index, *src); });
}

DV_API int32_t dv_index_fill_(Handle self, int64_t dim, Handle index, ScalarValue value) {
    return done([&] { self->index_fill_(dim, *index, number(value)); });
}

DV_API int32_t dv_index_copy_(Handle self, int64_t dim, Handle index, Handle source) {
    return done([&] { self->index_copy_(dim, *index, *source); });
}

DV_API int32_t dv_index_add_(Handle self, int64_t dim, Handle index, Handle source, ScalarValue alpha) {
    return done([&] { self->index_add_(dim, *index, *source, number(alpha)); });
}

DV_API Handle dv_masked_select(Handle self, Handle mask) {
    return tensor_of([&] { return self->masked_select(*mask); });
}

DV_API Handle dv_nonzero(Handle self) {
    return tensor_of([&] { return self->nonzero(); });
}

DV_API Handle dv_take(Handle self, Handle index) {
    return tensor_of([&] { return self->take(*index); });
}

DV_API Handle dv_where(Handle self, Handle condition, Handle y) {
    return tensor_of([&] { return at::where(*condition, *self, *y); });
}
