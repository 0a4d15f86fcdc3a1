#!/usr/bin/env bash
# From the start of a process to the first result, of DeepVision by default, as ReadyToRun and as Native AOT, and of ONNX Runtime.
#   ./bench/start.sh [--model NAME] [--threads N] [--starts N]
# A variant whose compiler cannot be restored here is missing, with the reason.
set -euo pipefail
cd "$(dirname "$0")/.."
. build/setup.sh

need_dotnet
need_packages python3-torch python3-torchvision libopenblas0-pthread
command -v gcc >/dev/null || (need_packages gcc libc6-dev) || true
dotnet build bench/DeepVision.OnnxRuntimeServer -c Release -v quiet -nologo || true
exec /usr/bin/python3 bench/start.py "$@"
