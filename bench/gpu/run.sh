#!/usr/bin/env bash
# On a machine with an NVIDIA GPU, g++ and PyTorch, but without .NET: compiles the shim against PyTorch's libtorch, compares
# every preset with the CPU engine, then times ResNet-50 and RetinaNet beside PyTorch. Results go to the folder given.
#   bench/gpu/run.sh OUTPUT [parity|timing]
set -euo pipefail
cd "$(dirname "$0")/../.."
output=${1:?usage: bench/gpu/run.sh OUTPUT [parity|timing]}
part=${2:-all}
server=artifacts/gpu/server/DeepVision.TorchServer
[ -x "$server" ] || { echo "There is no $server: run bench/gpu/publish.sh where .NET is, and bring artifacts/gpu."; exit 1; }
mkdir -p "$output"

LIBTORCH=$(python3 -c 'import os, torch; print(os.path.dirname(torch.__file__))')
export LIBTORCH
build/libtorch-shim.sh
export DEEPVISION_LIBTORCH=$PWD/artifacts/libtorch/libdeepvision_libtorch.so
{ nvidia-smi --query-gpu=name,driver_version,memory.total --format=csv,noheader; python3 -c 'import torch; print("PyTorch", torch.__version__, "CUDA", torch.version.cuda)'; } | tee "$output/machine.txt"

agrees=0
if [ "$part" != timing ]; then
  "$server" parity cuda float16 | tee "$output/parity.txt" || agrees=$?
fi
if [ "$part" != parity ]; then
  python3 bench/compare_torch.py --server "$server" --device cuda --models resnet50,retinanet_resnet50_fpn --batches 1,64 \
    --precisions float32,tf32,float16 --rounds 7 --runs 10 | tee "$output/timing.txt"
fi
exit "$agrees"
