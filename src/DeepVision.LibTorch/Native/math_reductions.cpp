// Sums, means, extremes, orders.
#include "shim.h"

using namespace deepvision;

DV_API Handle dv_sum(Handle self, int32_t type) {
    return tensor_of([&] { return self->sum(optional_type(type)); });
}

DV_API Handle dv_sum_dims(Handle self, const int64_t* dim, int32_t dim_count, bool keepdim, int32_t type) {
    return tensor_of([&] { return self->sum(at::OptionalIntArrayRef(ints(dim, dim_count)), keepdim, optional_type(type)); });
}

DV_API Handle dv_mean(Handle self) {
    return tensor_of([&] { return self->mean(); });
}

DV_API Handle dv_mean_dims(Handle self, const int64_t* dimensions, int32_t dimensions_count, bool keepdim, int32_t type) {
    return tensor_of([&] { return self->mean(at::OptionalIntArrayRef(ints(dimensions, dimensions_count)), keepdim, optional_type(type)); });
}

DV_API Handle dv_var(Handle self, bool unbiased) {
    return tensor_of([&] { return self->var(unbiased); });
}

DV_API Handle dv_var_dims(Handle self, const int64_t* dimensions, int32_t dimensions_count, bool unbiased, bool keepdim, int32_t type) {
    return tensor_of([&] { return as_type(self->var(at::OptionalIntArrayRef(ints(dimensions, dimensions_count)), unbiased, keepdim), type); });
}

DV_API Handle dv_std(Handle self, bool unbiased) {
    return tensor_of([&] { return self->std(unbiased); });
}

DV_API Handle dv_std_dims(Handle self, const int64_t* dimensions, int32_t dimensions_count, bool unbiased, bool keepdim, int32_t type) {
    return tensor_of([&] { return as_type(self->std(at::OptionalIntArrayRef(ints(dimensions, dimensions_count)), unbiased, keepdim), type); });
}

DV_API Handle dv_prod(Handle self, int32_t type) {
    return tensor_of([&] { return self->prod(optional_type(type)); });
}

DV_API Handle dv_norm(Handle self, double p) {
    return tensor_of([&] { return self->norm(p); });
}

DV_API Handle dv_norm_dim(Handle self, int64_t dim, bool keepdim, double p) {
    return tensor_of([&] { return self->norm(p, dim, keepdim); });
}

DV_API Handle dv_max(Handle self) {
    return tensor_of([&] { return self->max(); });
}

DV_API int32_t dv_max_dim(Handle self, int64_t dim, bool keepdim, Handle* results) {
    return pair_of(results, [&] { return self->max(dim, keepdim); });
}

DV_API Handle dv_min(Handle self) {
    return tensor_of([&] { return self->min(); });
}

DV_API int32_t dv_min_dim(Handle self, int64_t dim, bool keepdim, Handle* results) {
    return pair_of(results, [&] { return self->min(dim, keepdim); });
}

DV_API Handle dv_argmax(Handle self) {
    return tensor_of([&] { return self->argmax(); });
}

DV_API Handle dv_argmax_dim(Handle self, int64_t dim, bool keepdim) {
    return tensor_of([&] { return self->argmax(dim, keepdim); });
}

DV_API Handle dv_argmin(Handle self) {
    return tensor_of([&] { return self->argmin(); });
}

DV_API Handle dv_argmin_dim(Handle self, int64_t dim, bool keepdim) {
    return tensor_of([&] { return self->argmin(dim, keepdim); });
}

DV_API Handle dv_amax(Handle self, const int64_t* dims, int32_t dims_count, bool keepdim, Handle out) {
    return tensor_of([&] {
        auto sizes = ints(dims, dims_count);
        return out == nullptr ? self->amax(sizes, keepdim) : at::amax_out(*out, *self, sizes, keepdim);
    });
}

DV_API Handle dv_amin(Handle self, const int64_t* dims, int32_t dims_count, bool keepdim, Handle out) {
    return tensor_of([&] {
        auto sizes = ints(dims, dims_count);
        return out == nullptr ? self->amin(sizes, keepdim) : at::amin_out(*out, *self, sizes, keepdim);
    });
}

DV_API Handle dv_any(Handle self) {
    return tensor_of([&] { return self->any(); });
}

DV_API Handle dv_any_dim(Handle self, int64_t dim, bool keepdim) {
    return tensor_of([&] { return self->any(dim, keepdim); });
}

DV_API Handle dv_all(Handle self) {
    return tensor_of([&] { return self->all(); });
}

DV_API Handle dv_all_dim(Handle self, int64_t dim, bool keepdim) {
    return tensor_of([&] { return self->all(dim, keepdim); });
}

DV_API Handle dv_cumsum(Handle self, int64_t dim, int32_t type) {
    return tensor_of([&] { return self->cumsum(dim, optional_type(type)); });
}

DV_API Handle dv_logsumexp(Handle self, int64_t dim, bool keepdim) {
    return tensor_of([&] { return self->logsumexp(at::IntArrayRef(dim), keepdim); });
}

DV_API int32_t dv_sort(Handle self, int64_t dim, bool descending, bool stable, Handle* results) {
    return pair_of(results, [&] { return self->sort(stable, dim, descending); });
}

DV_API Handle dv_argsort(Handle self, int64_t dim, bool descending) {
    return tensor_of([&] { return self->argsort(dim, descending); });
}

DV_API int32_t dv_topk(Handle self, int64_t k, int64_t dim, bool largest, bool sorted, Handle* results) {
    return pair_of(results, [&] { return self->topk(k, dim, largest, sorted); });
}

DV_API Handle dv_median(Handle self) {
    return tensor_of([&] { return self->median(); });
}
