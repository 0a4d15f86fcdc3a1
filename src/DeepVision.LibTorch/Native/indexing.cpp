// Indexing as in Python: numbers, ranges, ellipsis, new axes, masks and index tensors together.
#include "shim.h"

#include <ATen/TensorIndexing.h>

using namespace deepvision;

namespace {

// One index as the managed side passes it; a tensor index keeps its handle in start.
struct Index {
    enum Kind : int64_t { NewAxis = 0, Ellipsis = 1, Integer = 2, Boolean = 3, Range = 4, Tensor = 5 };
    enum Has : int64_t { Start = 1, Stop = 2, Step = 4 };
    int64_t kind;
    int64_t has;
    int64_t start;
    int64_t stop;
    int64_t step;
};

#if TORCH_VERSION_MAJOR >= 2
using Bound = c10::SymInt;
#else
using Bound = int64_t;
#endif

Optional<Bound> bound(const Index& index, Index::Has which, int64_t value) {
    return (index.has & which) != 0 ? Optional<Bound>(Bound(value)) : Optional<Bound>();
}

std::vector<at::indexing::TensorIndex> indices_of(const Index* indices, int32_t count) {
    std::vector<at::indexing::TensorIndex> result;
    result.reserve(static_cast<size_t>(count));
    for (int32_t i = 0; i < count; i++) {
        const Index& index = indices[i];
        switch (index.kind) {
            case Index::NewAxis:
                result.emplace_back(at::indexing::None);
                break;
            case Index::Ellipsis:
                result.emplace_back(at::indexing::Ellipsis);
                break;
            case Index::Integer:
                result.emplace_back(index.start);
                break;
            case Index::Boolean:
                result.emplace_back(index.start != 0);
                break;
            case Index::Range:
                result.emplace_back(at::indexing::Slice(
                    bound(index, Index::Start, index.start), bound(index, Index::Stop, index.stop), bound(index, Index::Step, index.step)));
                break;
            default:
                result.emplace_back(*reinterpret_cast<Handle>(static_cast<intptr_t>(index.start)));
                break;
        }
    }
    return result;
}

}  // namespace

DV_API Handle dv_index(Handle self, const Index* indices, int32_t count) {
    return tensor_of([&] { return self->index(indices_of(indices, count)); });
}

DV_API int32_t dv_index_put(Handle self, const Index* indices, int32_t count, Handle value) {
    return done([&] { self->index_put_(indices_of(indices, count), *value); });
}

DV_API int32_t dv_index_put_number(Handle self, const Index* indices, int32_t count, ScalarValue value) {
    return done([&] { self->index_put_(indices_of(indices, count), number(value)); });
}

// Adds where an element is hit more than once; every index is a tensor.
DV_API int32_t dv_index_put_accumulate(Handle self, const Handle* indices, int32_t count, Handle value) {
    return done([&] {
        c10::List<Optional<at::Tensor>> list;
        for (int32_t i = 0; i < count; i++) {
            list.push_back(optional_tensor(indices[i]));
        }
        self->index_put_(list, *value, true);
    });
}
