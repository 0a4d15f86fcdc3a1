#!/usr/bin/env bash
# Makes artifacts/gpu/server, a self-contained program for Linux x64 without .NET and without libtorch, for bench/gpu/run.sh. It carries
# TorchSharp's own native library, for the libtorch that the machine has. Fails where it is larger than what such machines take.
set -euo pipefail
cd "$(dirname "$0")/../.."
. build/setup.sh

need_dotnet
rm -rf artifacts/gpu/server
dotnet publish bench/DeepVision.TorchServer -c Release -r linux-x64 --self-contained -p:TorchSharpBuild=none -p:DeepVisionRelaxLibstdcxx=always \
  -p:PublishTrimmed=true -p:SuppressTrimAnalysisWarnings=true -p:DebugType=none -o artifacts/gpu/server -v quiet -nologo

limit=60000000
size=$(find artifacts/gpu/server -type f -printf '%s\n' | awk '{ sum += $1 } END { printf "%d", sum }')
say "artifacts/gpu/server: $size bytes of at most $limit"
[ "$size" -le "$limit" ] || { say "The program is too large: see in artifacts/gpu/server what was not trimmed."; exit 1; }
