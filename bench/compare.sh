#!/usr/bin/env bash
# DeepVision and PyTorch side by side; options as bench/compare.py --help says, like --model resnet18 --batch 8.
set -euo pipefail
cd "$(dirname "$0")/.."
. build/setup.sh

need_dotnet
choose_dependency_source
need_packages python3-torch python3-torchvision libopenblas0-pthread
dotnet build bench/DeepVision.BenchServer -c Release -v quiet -nologo
exec /usr/bin/python3 bench/compare.py \
  --server "bench/DeepVision.BenchServer/bin/$DEPENDENCY_SOURCE/Release/net10.0/DeepVision.BenchServer.dll" "$@"
