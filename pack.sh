#!/usr/bin/env bash
# Packs the libraries into artifacts/packages (or the folder given) as .nupkg and .snupkg.
set -euo pipefail
cd "$(dirname "$0")"
. build/setup.sh

need_dotnet
output=${1:-artifacts/packages}
mkdir -p "$output"
say "Packing into $output"
for project in src/*/*.csproj; do
  dotnet pack "$project" -c Release -o "$output" -v quiet -nologo
done
ls -l "$output"
