#!/usr/bin/env bash
# On a machine with an NVIDIA GPU and PyTorch, but without .NET: over PyTorch's libtorch, compares every preset with the CPU engine,
# then times ResNet-50 and RetinaNet beside PyTorch. TorchSharp's native library was built for libtorch 2.10; another version may load
# or not, and the program then says so. Results go to the folder given.
#   bench/gpu/run.sh OUTPUT [all|parity|timing [options of bench/compare_torch.py ...]]
# Each of the two writes its own file, so that they can be run on their own where a command's time is limited.
set -euo pipefail
cd "$(dirname "$0")/../.."
output=${1:?usage: bench/gpu/run.sh OUTPUT [all|parity|timing [options of bench/compare_torch.py ...]]}
part=${2:-all}
shift $(($# < 2 ? $# : 2))
case $part in all | parity | timing) ;; *) echo "'$part' is no part: expected all, parity or timing." >&2; exit 2 ;; esac
server=artifacts/gpu/server/DeepVision.TorchServer
[ -x "$server" ] || { echo "There is no $server: run bench/gpu/publish.sh where .NET is, and bring artifacts/gpu."; exit 1; }
mkdir -p "$output"

# TorchSharp's native library finds PyTorch's libtorch, and this the CUDA libraries that were installed with it, by their folders.
folders=$(python3 -c 'import glob, os, torch; lib = os.path.join(os.path.dirname(torch.__file__), "lib"); print(":".join([lib] + glob.glob(os.path.join(lib, "../../nvidia/*/lib"))))')
export LD_LIBRARY_PATH=$folders${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
{ nvidia-smi --query-gpu=name,driver_version,memory.total --format=csv,noheader; python3 -c 'import torch; print("PyTorch", torch.__version__, "CUDA", torch.version.cuda)'; } | tee "$output/machine.txt"

failed=0
if [ "$part" != timing ]; then
  "$server" parity cuda float16 | tee "$output/parity.txt" || failed=$?
fi
if [ "$part" != parity ]; then
  python3 bench/compare_torch.py --server "$server" --device cuda --models resnet50,retinanet_resnet50_fpn --batches 1,64 \
    --precisions float32,tf32,float16 --rounds 7 --runs 10 "$@" | tee "$output/timing.txt" || failed=$?
fi
exit "$failed"
