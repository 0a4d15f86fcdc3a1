"""Detectors' outputs level by level: torchvision joins the levels as (N, sum of H * W * A, K)."""


def split(flat, maps):
    """(N, sum of H * W * A, K) -> for each map (N, A * K, H, W), its values untouched. Every map has the same A."""
    count, total, columns = flat.shape
    anchors = total // sum(m.shape[2] * m.shape[3] for m in maps)
    return split_counts(flat, maps, [anchors] * len(maps))


def split_counts(flat, maps, anchors):
    """The same where each map has its own A."""
    count, _, columns = flat.shape
    sizes = [m.shape[2] * m.shape[3] * a for m, a in zip(maps, anchors)]
    return [part.reshape(count, m.shape[2], m.shape[3], a * columns).permute(0, 3, 1, 2).contiguous()
            for part, m, a in zip(flat.split(sizes, 1), maps, anchors)]
