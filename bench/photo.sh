#!/usr/bin/env bash
# The whole path: DeepVision beside Pillow + torchvision + PyTorch, from a JPEG file of 12 megapixels to ResNet-50's five best classes.
#   ./bench/photo.sh --photo FILE [--threads N] [--rounds N] [--runs N]
# The lines at the end: "agree photo NAME DIFFERENCE", "stages NAME ...", "ratio photo NAME RATIO" (PyTorch's time over DeepVision's).
set -euo pipefail
cd "$(dirname "$0")/.."
. build/setup.sh

need_dotnet
need_packages python3-torch python3-torchvision libopenblas0-pthread
dotnet build bench/DeepVision.BenchServer -c Release -v quiet -nologo
exec /usr/bin/python3 bench/photo.py \
  --server "bench/DeepVision.BenchServer/bin/Release/net10.0/DeepVision.BenchServer.dll" "$@"
