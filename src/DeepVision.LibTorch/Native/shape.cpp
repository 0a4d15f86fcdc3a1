// Views and rearrangements.
#include "shim.h"

using namespace deepvision;

DV_API Handle dv_view(Handle self, const int64_t* shape, int32_t shape_count) {
    return tensor_of([&] { return self->view(ints(shape, shape_count)); });
}

DV_API Handle dv_reshape(Handle self, const int64_t* shape, int32_t shape_count) {
    return tensor_of([&] { return self->reshape(ints(shape, shape_count)); });
}

DV_API Handle dv_permute(Handle self, const int64_t* permutation, int32_t permutation_count) {
    return tensor_of([&] { return self->permute(ints(permutation, permutation_count)); });
}

DV_API Handle dv_transpose(Handle self, int64_t dim0, int64_t dim1) {
    return tensor_of([&] { return self->transpose(dim0, dim1); });
}

DV_API Handle dv_t(Handle self) {
    return tensor_of([&] { return self->t(); });
}

DV_API Handle dv_flatten(Handle self, int64_t start_dim, int64_t end_dim) {
    return tensor_of([&] { return self->flatten(start_dim, end_dim); });
}

DV_API Handle dv_unflatten(Handle self, int64_t dim, const int64_t* sizes, int32_t sizes_count) {
    return tensor_of([&] { return unflatten(*self, dim, ints(sizes, sizes_count)); });
}

DV_API Handle dv_unsqueeze(Handle self, int64_t dim) {
    return tensor_of([&] { return self->unsqueeze(dim); });
}

DV_API int32_t dv_unsqueeze_(Handle self, int64_t dim) {
    return done([&] { self->unsqueeze_(dim); });
}

DV_API Handle dv_expand(Handle self, const int64_t* sizes, int32_t sizes_count, bool is_implicit) {
    return tensor_of([&] { return self->expand(ints(sizes, sizes_count), is_implicit); });
}

DV_API Handle dv_expand_as(Handle self, Handle other) {
    return tensor_of([&] { return self->expand_as(*other); });
}

DV_API Handle dv_broadcast_to(Handle self, const int64_t* shape, int32_t shape_count) {
    return tensor_of([&] { return self->broadcast_to(ints(shape, shape_count)); });
}

DV_API Handle dv_repeat(Handle self, const int64_t* sizes, int32_t sizes_count) {
    return tensor_of([&] { return self->repeat(ints(sizes, sizes_count)); });
}

DV_API Handle dv_narrow(Handle self, int64_t dim, int64_t start, int64_t length) {
    return tensor_of([&] { return self->narrow(dim, start, length); });
}

DV_API Handle dv_slice(Handle self, int64_t dim, int64_t start, int64_t finish, int64_t step) {
    return tensor_of([&] { return self->slice(dim, start, finish, step); });
}

DV_API Handle dv_select(Handle self, int64_t dim, int64_t index) {
    return tensor_of([&] { return self->select(dim, index); });
}

DV_API Handle dv_view_as(Handle self, Handle other) {
    return tensor_of([&] { return self->view_as(*other); });
}

DV_API Handle dv_as_strided(Handle self, const int64_t* size, int32_t size_count, const int64_t* strides, int32_t strides_count, int64_t storage_offset) {
    return tensor_of([&] { return self->as_strided(ints(size, size_count), ints(strides, strides_count), storage_offset); });
}

DV_API Handle dv_contiguous(Handle self) {
    return tensor_of([&] { return self->contiguous(); });
}

DV_API Handle dv_clone(Handle self) {
    return tensor_of([&] { return self->clone(); });
}

DV_API Handle dv_detach(Handle self) {
    return tensor_of([&] { return self->detach(); });
}

DV_API int32_t dv_detach_(Handle self) {
    return done([&] { self->detach_(); });
}

DV_API Handle dv_alias(Handle self) {
    return tensor_of([&] { return *self; });
}

DV_API Handle dv_flip(Handle self, const int64_t* dims, int32_t dims_count) {
    return tensor_of([&] { return self->flip(ints(dims, dims_count)); });
}

DV_API Handle dv_roll(Handle self, const int64_t* shifts, int32_t shifts_count, const int64_t* dims, int32_t dims_count) {
    return tensor_of([&] { return self->roll(ints(shifts, shifts_count), ints(dims, dims_count)); });
}

DV_API Handle dv_tril(Handle self, int64_t diagonal) {
    return tensor_of([&] { return self->tril(diagonal); });
}

DV_API Handle dv_triu(Handle self, int64_t diagonal) {
    return tensor_of([&] { return self->triu(diagonal); });
}

DV_API Handle dv_movedim(Handle self, const int64_t* source, int32_t source_count, const int64_t* destination, int32_t destination_count) {
    return tensor_of([&] { return self->movedim(ints(source, source_count), ints(destination, destination_count)); });
}

DV_API int32_t dv_chunk(Handle self, int64_t chunks, int64_t dim, Handle** results) {
    return list_of(results, [&] { return self->chunk(chunks, dim); });
}

DV_API int32_t dv_split(Handle self, int64_t size, int64_t dim, Handle** results) {
    return list_of(results, [&] { return self->split(size, dim); });
}

DV_API int32_t dv_split_sizes(Handle self, const int64_t* sizes, int32_t sizes_count, int64_t dim, Handle** results) {
    return list_of(results, [&] { return self->split_with_sizes(ints(sizes, sizes_count), dim); });
}

DV_API int32_t dv_unbind(Handle self, int64_t dimension, Handle** results) {
    return list_of(results, [&] { return self->unbind(dimension); });
}
