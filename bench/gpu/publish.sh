#!/usr/bin/env bash
# Makes artifacts/gpu/server, a self-contained program for Linux x64 without .NET, for bench/gpu/run.sh.
set -euo pipefail
cd "$(dirname "$0")/../.."
. build/setup.sh

need_dotnet
rm -rf artifacts/gpu/server
DependencySource=system dotnet publish bench/DeepVision.TorchServer -c Release -r linux-x64 --self-contained \
  -p:PublishTrimmed=true -p:SuppressTrimAnalysisWarnings=true -p:DebugType=none -o artifacts/gpu/server -v quiet -nologo
# The machine with the GPU compiles the shim against its own libtorch.
rm -f artifacts/gpu/server/libdeepvision_libtorch.so
du -sm artifacts/gpu/server
