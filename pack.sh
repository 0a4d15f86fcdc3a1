#!/usr/bin/env bash
# Packs the libraries into artifacts/packages (or the folder given) as .nupkg and .snupkg.
set -euo pipefail
cd "$(dirname "$0")"
. build/setup.sh

need_dotnet
choose_dependency_source
output=${1:-artifacts/packages}
mkdir -p "$output"
say "Packing into $output"
if [ "$DEPENDENCY_SOURCE" != nuget ]; then
  say "DeepVision.TorchSharp is left out: its package stands on the TorchSharp package; pack with DependencySource=nuget"
fi
for project in src/*/*.csproj; do
  dotnet pack "$project" -c Release -o "$output" -v quiet -nologo
done
ls -l "$output"
