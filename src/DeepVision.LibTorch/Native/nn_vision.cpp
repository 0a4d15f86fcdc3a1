// Padding and resizing of images, and one-hot codes.
#include "shim.h"

#include <cmath>

using namespace deepvision;

namespace {

using Sizes = at::OptionalIntArrayRef;
using Scales = Optional<at::ArrayRef<double>>;

// Values of TorchSharp's InterpolationMode.
enum Mode : int32_t { Nearest = 0, Bilinear = 2, Bicubic = 3, Area = 5, NearestExact = 6 };

at::Tensor resize(const at::Tensor& x, Sizes size, Scales scales, int32_t mode, Optional<bool> align, bool antialias) {
    const bool corners = align.value_or(false);
    const bool linear = mode == Bilinear || mode == Bicubic;
    TORCH_CHECK(x.dim() == 4, "interpolate: expected a batch of images with 4 dimensions, found ", x.dim());
    TORCH_CHECK(!align.has_value() || linear, "interpolate: align_corners can only be set for bilinear and bicubic");
    TORCH_CHECK(!antialias || linear, "interpolate: antialias can only be set for bilinear and bicubic");
    switch (mode) {
        case Nearest: return at::upsample_nearest2d(x, size, scales);
        case NearestExact: return at::_upsample_nearest_exact2d(x, size, scales);
        case Bilinear:
            return antialias ? at::_upsample_bilinear2d_aa(x, size, corners, scales) : at::upsample_bilinear2d(x, size, corners, scales);
        case Bicubic:
            return antialias ? at::_upsample_bicubic2d_aa(x, size, corners, scales) : at::upsample_bicubic2d(x, size, corners, scales);
        case Area: return at::adaptive_avg_pool2d(x, size.value());
        default: TORCH_CHECK(false, "interpolate: mode ", mode, " cannot be used for images");
    }
}

}  // namespace

// Modes are the values of TorchSharp's PaddingModes: 1 reflects, 2 replicates, 3 goes round, all others fill with a value.
DV_API Handle dv_nn_pad(Handle input, const int64_t* padding, int32_t padding_count, int32_t mode, double value) {
    return tensor_of([&] {
        const auto sides = ints(padding, padding_count);
        switch (mode) {
            case 1: return at::pad(*input, sides, "reflect");
            case 2: return at::pad(*input, sides, "replicate");
            case 3: return at::pad(*input, sides, "circular");
            default: return at::constant_pad_nd(*input, sides, value);
        }
    });
}

// Either sizes or scales. align: 0 not stated, 1 true, 2 false.
DV_API Handle dv_nn_interpolate(
    Handle x, const int64_t* size, int32_t size_count, const double* scales, int32_t scales_count, int32_t mode, int32_t align,
    bool recompute_scale_factor, bool antialias) {
    return tensor_of([&] {
        TORCH_CHECK((size_count == 0) != (scales_count == 0), "interpolate: expected either a size or a scale factor");
        std::vector<double> factors(scales, scales + scales_count);
        std::vector<int64_t> target(size, size + size_count);
        const auto axes = static_cast<int64_t>(size_count + scales_count);
        TORCH_CHECK(x->dim() == axes + 2, "interpolate: ", axes, " sizes or scale factors for ", x->dim(), " dimensions");
        if (!factors.empty() && (recompute_scale_factor || mode == Area)) {
            for (int64_t axis = 0; axis < axes; ++axis) {
                const auto length = static_cast<double>(x->size(axis + 2));
                target.push_back(static_cast<int64_t>(std::floor(length * factors[static_cast<size_t>(axis)])));
            }
            factors.clear();
        }
        const auto aligned = align == 0 ? Optional<bool>() : align == 1;
        return resize(
            *x, target.empty() ? Sizes() : Sizes(at::IntArrayRef(target)), factors.empty() ? Scales() : Scales(factors), mode, aligned,
            antialias);
    });
}

DV_API Handle dv_nn_one_hot(Handle x, int64_t classes) {
    return tensor_of([&] { return at::one_hot(*x, classes); });
}
