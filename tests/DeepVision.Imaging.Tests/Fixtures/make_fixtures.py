"""Writes the fixtures and expected.txt. Run: /usr/bin/python3 make_fixtures.py

Made with Debian 12's Python 3.11, Pillow 9.4.0 (libjpeg-turbo 2.1.5, libwebp 1.2.4) and numpy; no random numbers but one seed.

expected.txt, a line a file: name, stored width, stored height, orientation, SHA-256 of the upright RGB pixels with alpha dropped,
SHA-256 with alpha blended over RGB (10, 200, 30). For JPEG and WebP the pixels are Pillow's. PNG and BMP kinds that Pillow cannot write
are written here, with pixels known beforehand; where Pillow reads them the same way, that is asserted.
"""
import hashlib, io, struct, zlib
from pathlib import Path
import numpy as np
from PIL import Image, ImageOps

HERE = Path(__file__).parent
BACKGROUND = (10, 200, 30)
W, H = 33, 21
rng = np.random.default_rng(20261122)
lines = []


def sha(pixels):
    return hashlib.sha256(np.ascontiguousarray(pixels, np.uint8).tobytes()).hexdigest()


def record(name, size, rgb, alpha=None, orientation=1):
    rgb = np.asarray(rgb, np.uint8)
    blended = rgb
    if alpha is not None:
        a = np.asarray(alpha, np.int64)[..., None]
        blended = (rgb * a + np.array(BACKGROUND) * (255 - a) + 127) // 255
    lines.append(f"{name} {size[0]} {size[1]} {orientation} {sha(rgb)} {sha(blended)}")


def photo(w=W, h=H):
    """Smooth colours, an edge and a little noise."""
    y, x = np.mgrid[0:h, 0:w].astype(float)
    rgb = np.stack([128 + 100 * np.sin(x / 6), 128 + 100 * np.cos(y / 4 + x / 9), 255 * (x + y) / (w + h)], -1)
    rgb[h // 3: h // 2, w // 4: w // 2] = (220, 30, 40)
    return np.clip(rgb + rng.normal(0, 6, rgb.shape), 0, 255).astype(np.uint8)


def pillow(name, image, **options):
    image.save(HERE / name, **options)
    read(name)


def read(name, orientation=1):
    with Image.open(HERE / name) as opened:
        size = opened.size
        upright = ImageOps.exif_transpose(opened)
        alpha = np.asarray(upright.convert("RGBA"))[..., 3] if "A" in upright.mode else None
        record(name, size, upright.convert("RGB"), alpha, orientation)


# JPEG
rgb = Image.fromarray(photo())
pillow("jpeg-420.jpg", rgb, quality=85, subsampling=2)
pillow("jpeg-422.jpg", rgb, quality=85, subsampling=1)
pillow("jpeg-444.jpg", rgb, quality=85, subsampling=0)
pillow("jpeg-progressive-420.jpg", rgb, quality=85, subsampling=2, progressive=True)
pillow("jpeg-progressive-444.jpg", rgb, quality=30, subsampling=0, progressive=True)
pillow("jpeg-grey.jpg", rgb.convert("L"), quality=85)
pillow("jpeg-grey-progressive.jpg", rgb.convert("L"), quality=85, progressive=True)
pillow("jpeg-cmyk.jpg", Image.fromarray(np.concatenate([photo(), photo()[..., :1] // 3], -1), "CMYK"), quality=90)
pillow("jpeg-1x1.jpg", rgb.crop((0, 0, 1, 1)))
pillow("jpeg-17x1-420.jpg", rgb.crop((0, 0, 17, 1)), subsampling=2)
pillow("jpeg-1x17-420.jpg", rgb.crop((0, 0, 1, 17)), subsampling=2)
for value in range(1, 9):
    # Little and big endian by turns.
    order, head = ("<", b"II*\0") if value % 2 else (">", b"MM\0*")
    entry = struct.pack(order + "HHIHH", 0x0112, 3, 1, value, 0)
    other = struct.pack(order + "HHIHH", 0x0103, 3, 1, 6, 0)
    tiff = head + struct.pack(order + "I", 8) + struct.pack(order + "H", 2) + other + entry + b"\0\0\0\0"
    exif = b"Exif\0\0" + tiff
    name = f"jpeg-exif-{value}.jpg"
    rgb.save(HERE / name, quality=90, exif=exif)
    read(name, value)

# WebP
rgba_pixels = np.concatenate([photo(), np.clip(np.mgrid[0:H, 0:W][1] * 9 - 20, 0, 255).astype(np.uint8)[..., None]], -1)
rgba = Image.fromarray(rgba_pixels, "RGBA")
pillow("webp-lossy.webp", rgb, quality=80)
pillow("webp-lossless.webp", rgb, lossless=True)
pillow("webp-lossy-alpha.webp", rgba, quality=80)
pillow("webp-lossless-alpha.webp", rgba, lossless=True, exact=True)
pillow("webp-1x1.webp", rgb.crop((0, 0, 1, 1)), lossless=True)
rgb.save(HERE / "webp-exif-6.webp", lossless=True, exif=tiff[:8] + struct.pack(">H", 1) + struct.pack(">HHIHH", 0x0112, 3, 1, 6, 0) + b"\0\0\0\0")
read("webp-exif-6.webp", 6)


# PNG: a writer for every colour type, depth, filter and interlacing.
def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def paeth(a, b, c):
    p = a + b - c
    pa, pb, pc = abs(p - a), abs(p - b), abs(p - c)
    return a if pa <= pb and pa <= pc else b if pb <= pc else c


def png_rows(samples, depth):
    """(h, w, channels) -> filtered rows, each with another filter."""
    h, w, c = samples.shape
    if h == 0 or w == 0:
        return b""
    if depth == 16:
        rows = [samples[y].astype(">u2").tobytes() for y in range(h)]
    elif depth == 8:
        rows = [samples[y].astype(np.uint8).tobytes() for y in range(h)]
    else:
        bits = ((samples[:, :, 0, None] >> np.arange(depth)[::-1]) & 1).reshape(h, -1).astype(np.uint8)
        rows = [np.packbits(bits[y]).tobytes() for y in range(h)]
    bpp = max(1, c * depth // 8)
    out, above = bytearray(), bytes(len(rows[0]))
    for y, row in enumerate(rows):
        kind = y % 5
        out.append(kind)
        for i, value in enumerate(row):
            a = row[i - bpp] if i >= bpp else 0
            c_ = above[i - bpp] if i >= bpp else 0
            b = above[i]
            out.append((value - (0, a, b, (a + b) // 2, paeth(a, b, c_))[kind]) & 255)
        above = row
    return bytes(out)


PASSES = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]


def write_png(name, samples, depth, kind, interlace=0, before=b"", parts=2):
    h, w = samples.shape[:2]
    data = png_rows(samples, depth) if not interlace else b"".join(
        png_rows(samples[y::sy, x::sx], depth) for x, y, sx, sy in PASSES)
    packed = zlib.compress(data, 9)
    cut = max(1, len(packed) // parts)
    pieces = [packed[i:i + cut] for i in range(0, len(packed), cut)]
    (HERE / name).write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", w, h, depth, kind, 0, 0, interlace)) + before
        + b"".join(chunk(b"IDAT", p) for p in pieces) + chunk(b"IEND", b""))


def agrees_with_pillow(name, rgb_pixels):
    with Image.open(HERE / name) as opened:
        assert np.array_equal(np.asarray(opened.convert("RGB")), rgb_pixels), name


def noise(depth, channels):
    return rng.integers(0, 1 << depth, (H, W, channels))


for interlace in (0, 1):
    tail = "-adam7" if interlace else ""
    for depth in (1, 2, 4, 8, 16):
        grey = noise(depth, 1)
        eight = grey >> 8 if depth == 16 else grey * 255 // ((1 << depth) - 1)
        name = f"png-grey{depth}{tail}.png"
        write_png(name, grey, depth, 0, interlace)
        record(name, (W, H), np.repeat(eight, 3, -1))
        if depth < 16:  # Pillow clips 16-bit grey to 255 instead of scaling it.
            agrees_with_pillow(name, np.repeat(eight, 3, -1))
        if depth <= 8:
            palette = rng.integers(0, 256, (1 << depth, 3)).astype(np.uint8)
            index = noise(depth, 1)
            name = f"png-palette{depth}{tail}.png"
            write_png(name, index, depth, 3, interlace, chunk(b"PLTE", palette.tobytes()))
            record(name, (W, H), palette[index[..., 0]])
            agrees_with_pillow(name, palette[index[..., 0]])
    for depth in (8, 16):
        high = (lambda s: s >> 8) if depth == 16 else (lambda s: s)
        for kind, channels, label in ((2, 3, "rgb"), (4, 2, "grey-alpha"), (6, 4, "rgba")):
            samples = noise(depth, channels)
            name = f"png-{label}{depth}{tail}.png"
            write_png(name, samples, depth, kind, interlace)
            color = high(samples[..., :3]) if channels >= 3 else np.repeat(high(samples[..., :1]), 3, -1)
            record(name, (W, H), color, high(samples[..., -1]) if channels in (2, 4) else None)
            agrees_with_pillow(name, color)

palette = rng.integers(0, 256, (16, 3)).astype(np.uint8)
alphas = rng.integers(0, 256, 16).astype(np.uint8)
index = noise(4, 1)
write_png("png-palette4-trns.png", index, 4, 3, 0, chunk(b"PLTE", palette.tobytes()) + chunk(b"tRNS", alphas.tobytes()))
record("png-palette4-trns.png", (W, H), palette[index[..., 0]], alphas[index[..., 0]])
agrees_with_pillow("png-palette4-trns.png", palette[index[..., 0]])
for depth in (8, 16):
    samples = noise(depth, 3)
    samples[5:9, 3:20] = samples[6, 6]
    key = samples[6, 6]
    name = f"png-rgb{depth}-trns.png"
    write_png(name, samples, depth, 2, 0, chunk(b"tRNS", struct.pack(">HHH", *key)))
    color = samples >> 8 if depth == 16 else samples
    record(name, (W, H), color, np.where((samples == key).all(-1), 0, 255))
grey = noise(16, 1)
grey[2:7, 2:7] = 4660
write_png("png-grey16-trns-adam7.png", grey, 16, 0, 1, chunk(b"tRNS", struct.pack(">H", 4660)))
record("png-grey16-trns-adam7.png", (W, H), np.repeat(grey >> 8, 3, -1), np.where(grey[..., 0] == 4660, 0, 255))

# Chunks that would make libpng convert colours: pixels must stay as stored.
for depth in (8, 16):
    samples = noise(depth, 3)
    name = f"png-rgb{depth}-gamma1.png"
    write_png(name, samples, depth, 2, 0, chunk(b"gAMA", struct.pack(">I", 100000)) + chunk(b"sBIT", bytes([5, 6, 5])))
    record(name, (W, H), samples >> 8 if depth == 16 else samples)
samples = noise(8, 4)
write_png("png-rgba8-gamma1.png", samples, 8, 6, 0, chunk(b"gAMA", struct.pack(">I", 100000)))
record("png-rgba8-gamma1.png", (W, H), samples[..., :3], samples[..., 3])

samples = noise(8, 3)
write_png("png-exif-8.png", samples, 8, 2, 0, chunk(b"eXIf", b"II*\0\x08\0\0\0\x01\0" + struct.pack("<HHIHH", 0x0112, 3, 1, 8, 0) + bytes(4)))
record("png-exif-8.png", (W, H), np.rot90(samples, 1), None, 8)
write_png("png-1x1.png", noise(8, 3)[:1, :1], 8, 2)
read("png-1x1.png")


# BMP: a writer for what Pillow cannot write.
def write_bmp(name, w, h, bits, rows, compression=0, palette=b"", masks=b"", header=40, used=0, top_down=False):
    head = struct.pack("<IiiHHIIiiII", header, w, -h if top_down else h, 1, bits, compression, 0, 0, 0, used, 0)
    if header > 40:
        head += masks + bytes(header - 40 - len(masks))
        masks = b""
    offset = 14 + len(head) + len(masks) + len(palette)
    (HERE / name).write_bytes(struct.pack("<2sIHHI", b"BM", offset + len(rows), 0, 0, offset) + head + masks + palette + rows)


def bmp_rows(samples, top_down=False):
    h = len(samples)
    out = b""
    for y in range(h) if top_down else range(h - 1, -1, -1):
        out += samples[y] + bytes(-len(samples[y]) % 4)
    return out


def packed(index, bits):
    return [np.packbits(((row[:, None] >> np.arange(bits)[::-1]) & 1).reshape(-1).astype(np.uint8)).tobytes() for row in index]


for top_down in (False, True):
    tail = "-top-down" if top_down else ""
    for bits in (1, 4, 8):
        colors = rng.integers(0, 256, (1 << bits, 3)).astype(np.uint8)
        table = b"".join(bytes([b, g, r, 0]) for r, g, b in colors)
        index = noise(bits, 1)[..., 0]
        name = f"bmp-palette{bits}{tail}.bmp"
        write_bmp(name, W, H, bits, bmp_rows(packed(index, bits), top_down), palette=table, top_down=top_down)
        record(name, (W, H), colors[index])
        agrees_with_pillow(name, colors[index])
    samples = noise(8, 3)
    for bits in (24, 32):
        rows = [np.concatenate([samples[y, :, ::-1], np.full((W, bits // 8 - 3), 77)], -1).astype(np.uint8).tobytes() for y in range(H)]
        name = f"bmp-rgb{bits}{tail}.bmp"
        write_bmp(name, W, H, bits, bmp_rows(rows, top_down), top_down=top_down)
        record(name, (W, H), samples)
        agrees_with_pillow(name, samples)

value = noise(16, 1)[..., 0]
rows = bmp_rows([row.astype("<u2").tobytes() for row in value])
five = lambda v: (v & 31) * 255 // 31
color = np.stack([five(value >> 10), five(value >> 5), five(value)], -1)
write_bmp("bmp-rgb555.bmp", W, H, 16, rows)
record("bmp-rgb555.bmp", (W, H), color)
agrees_with_pillow("bmp-rgb555.bmp", color)
color = np.stack([five(value >> 11), ((value >> 5) & 63) * 255 // 63, five(value)], -1)
write_bmp("bmp-rgb565.bmp", W, H, 16, rows, compression=3, masks=struct.pack("<III", 0xF800, 0x7E0, 0x1F))
record("bmp-rgb565.bmp", (W, H), color)
agrees_with_pillow("bmp-rgb565.bmp", color)
samples = noise(8, 4)
rows = bmp_rows([samples[y, :, [2, 1, 0, 3]].T.astype(np.uint8).tobytes() for y in range(H)])
write_bmp("bmp-rgba32-v5.bmp", W, H, 32, rows, compression=3, header=124, masks=struct.pack("<IIII", 0xFF0000, 0xFF00, 0xFF, 0xFF000000))
record("bmp-rgba32-v5.bmp", (W, H), samples[..., :3], samples[..., 3])
agrees_with_pillow("bmp-rgba32-v5.bmp", samples[..., :3])
ten = noise(32, 1)[..., 0]
write_bmp("bmp-rgb10.bmp", W, H, 32, bmp_rows([row.astype("<u4").tobytes() for row in ten]), compression=3,
          masks=struct.pack("<III", 0x3FF00000, 0xFFC00, 0x3FF))
record("bmp-rgb10.bmp", (W, H), np.stack([((ten >> s) & 1023) * 255 // 1023 for s in (20, 10, 0)], -1))
samples = noise(8, 3)
head = struct.pack("<IHHHH", 12, W, H, 1, 24)
body = bmp_rows([samples[y, :, ::-1].astype(np.uint8).tobytes() for y in range(H)])
(HERE / "bmp-os2-rgb24.bmp").write_bytes(struct.pack("<2sIHHI", b"BM", 26 + len(body), 0, 0, 26) + head + body)
record("bmp-os2-rgb24.bmp", (W, H), samples)
agrees_with_pillow("bmp-os2-rgb24.bmp", samples)

# Run lengths: encoded runs, literal runs (odd length), a jump, ends of rows and the end of the picture.
colors = rng.integers(0, 256, (16, 3)).astype(np.uint8)
table = b"".join(bytes([b, g, r, 0]) for r, g, b in colors)
picture = np.zeros((4, 12), int)
picture[3] = [5] * 7 + [1, 2, 3, 4, 9]
picture[2, :3] = 8
picture[1, 4:8] = 11
rle8 = bytes([7, 5, 0, 5, 1, 2, 3, 4, 9, 0, 0, 0, 3, 8, 0, 0, 0, 2, 4, 0, 4, 11, 0, 1])
write_bmp("bmp-rle8.bmp", 12, 4, 8, rle8, compression=1, palette=table, used=16)
record("bmp-rle8.bmp", (12, 4), colors[picture])
picture = np.zeros((2, 9), int)
picture[1] = [6, 3, 6, 3, 6, 1, 2, 3, 4]
picture[0, 2:7] = [7, 7, 7, 7, 7]
rle4 = bytes([5, 0x63, 0, 4, 0x12, 0x34, 0, 0, 0, 2, 2, 0, 5, 0x77, 0, 1])
write_bmp("bmp-rle4.bmp", 9, 2, 4, rle4, compression=2, palette=table)
record("bmp-rle4.bmp", (9, 2), colors[picture])
pillow("bmp-1x1.bmp", rgb.crop((0, 0, 1, 1)))

# Animations: the first frame counts.
second = Image.fromarray(photo())
rgb.save(HERE / "webp-animated.webp", save_all=True, append_images=[second], quality=80)
read("webp-animated.webp")
rgba.save(HERE / "webp-animated-alpha.webp", save_all=True, append_images=[second.convert("RGBA")], lossless=True, exact=True)
read("webp-animated-alpha.webp")

# GIF through Pillow, then frames that Pillow does not write: its reading is the expected one for all.
adaptive = rgb.convert("P", palette=Image.ADAPTIVE, colors=63)
pillow("gif-plain.gif", adaptive, interlace=0)
pillow("gif-interlaced.gif", adaptive, interlace=1)
pillow("gif-grey.gif", rgb.convert("L"), interlace=1)
pillow("gif-animated.gif", adaptive, save_all=True, append_images=[second.convert("P")])
pillow("gif-1x1.gif", rgb.crop((0, 0, 1, 1)).convert("P"))


def lzw(indices, size):
    """Without compression: a clear code before the table's codes grow."""
    bits, count, out = 0, 0, bytearray()
    for i, code in enumerate([c for j, v in enumerate(indices) for c in (([1 << size] if j % ((1 << size) - 2) == 0 else []) + [v])] + [(1 << size) + 1]):
        bits |= code << count
        count += size + 1
        while count >= 8:
            out.append(bits & 255)
            bits, count = bits >> 8, count - 8
    if count:
        out.append(bits & 255)
    return bytes([size]) + b"".join(bytes([len(out[i:i + 255])]) + bytes(out[i:i + 255]) for i in range(0, len(out), 255)) + b"\0"


def write_gif(name, screen, frame, size, global_palette=None, local_palette=None, transparent=None):
    (left, top, w, h), table = frame, lambda p: b"" if p is None else bytes(p.tobytes())
    flags = lambda p: 0 if p is None else 0x80 | (len(p).bit_length() - 2)
    index = rng.integers(0, 1 << size, (h, w))
    control = b"" if transparent is None else b"\x21\xf9\4" + bytes([1, 0, 0, transparent, 0])
    (HERE / name).write_bytes(
        b"GIF89a" + struct.pack("<HHBBB", *screen, flags(global_palette), 0, 0) + table(global_palette) + b"\x21\xfe\3abc\0" + control
        + b"\x2c" + struct.pack("<HHHHB", left, top, w, h, flags(local_palette)) + table(local_palette) + lzw(index.reshape(-1).tolist(), size) + b"\x3b")
    read_gif(name, transparent)


def read_gif(name, transparent):
    with Image.open(HERE / name) as opened:
        size, index = opened.size, None
        opened.load()
        if transparent is not None and opened.mode == "P":
            index = np.where(np.asarray(opened) == transparent, 0, 255)
        record(name, size, opened.convert("RGB"), index)


table16 = rng.integers(0, 256, (16, 3)).astype(np.uint8)
write_gif("gif-small-frame.gif", (W, H), (5, 4, 20, 11), 4, table16)
write_gif("gif-small-frame-transparent.gif", (W, H), (5, 4, 20, 11), 4, table16, transparent=3)
write_gif("gif-local-palette.gif", (W, H), (0, 0, W, H), 4, table16, table16[::-1], transparent=7)
write_gif("gif-beyond-screen.gif", (10, 9), (3, 2, 20, 11), 4, table16)
write_gif("gif-2-colors.gif", (W, H), (0, 0, W, H), 2, table16[:4])

(HERE / "expected.txt").write_text("\n".join(lines) + "\n")
