#!/usr/bin/env bash
# The TorchSharp runtime and Python's PyTorch side by side; options as bench/compare_torch.py --help says, like --batch 8.
set -euo pipefail
cd "$(dirname "$0")/.."
. build/setup.sh

need_dotnet
choose_dependency_source
need_packages python3-torch python3-torchvision libopenblas0-pthread
need_libtorch
dotnet build bench/DeepVision.TorchBenchServer -c Release -v quiet -nologo
exec /usr/bin/python3 bench/compare_torch.py \
  --server "bench/DeepVision.TorchBenchServer/bin/$DEPENDENCY_SOURCE/Release/net10.0/DeepVision.TorchBenchServer.dll" "$@"
