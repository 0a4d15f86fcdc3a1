#!/usr/bin/env bash
# The yardstick: DeepVision's CPU engine beside ONNX Runtime and PyTorch, on the same weights and inputs.
#   ./bench.sh [--quick] [--models a,b] [--batches 1,8] [--threads N] [--isa avx2] [--peers a,b] [--rounds N] [--starts N] [--callers 1,2]
# What it needs is installed or made where it is missing, and kept in artifacts/bench. The lines at the end are for other scripts:
#   agree MODEL PEER DIFFERENCE        largest difference of outputs over their largest value
#   ms MODEL bBATCH ENGINE MEDIAN      milliseconds of a run
#   ratio MODEL bBATCH PEER RATIO      median over rounds of the peer's time over DeepVision's
set -euo pipefail
cd "$(dirname "$0")"
. build/setup.sh

need_dotnet
need_packages python3-torch python3-torchvision libopenblas0-pthread
# A subshell, because what only one peer needs may fail: that peer is then missing, with the reason in its row.
command -v gcc >/dev/null || (need_packages gcc libc6-dev) || true
dotnet build bench/DeepVision.BenchServer -c Release -v quiet -nologo
# Not part of the solution, because its package has 390 MB; where it cannot be had, that peer is missing, with the reason in its row.
dotnet build bench/DeepVision.OnnxRuntimeServer -c Release -v quiet -nologo || true
exec /usr/bin/python3 bench/yardstick.py \
  --server "bench/DeepVision.BenchServer/bin/Release/net10.0/DeepVision.BenchServer.dll" "$@"
