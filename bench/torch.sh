#!/usr/bin/env bash
# The TorchSharp runtime and PyTorch side by side on the CPU; options as bench/compare_torch.py --help says.
set -euo pipefail
cd "$(dirname "$0")/.."
. build/setup.sh

need_dotnet
need_packages python3-torch libopenblas0-pthread
dotnet build bench/DeepVision.TorchServer -c Release -v quiet -nologo
exec /usr/bin/python3 bench/compare_torch.py \
  --server "bench/DeepVision.TorchServer/bin/Release/net10.0/DeepVision.TorchServer.dll" "$@"
