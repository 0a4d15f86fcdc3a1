#!/usr/bin/env bash
# The main job on real input. Without arguments: the shipped detector on three test scenes and the shipped classifier on
# articles. With --weights FILE --image FILE [--model NAME]: those weights on that photo.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
called_from=$PWD
cd "$here"
. build/setup.sh

need_dotnet
need_packages dataset-fashion-mnist

say "Building the demo"
dotnet build samples/Demo -c Release -v quiet -nologo

program=samples/Demo/bin/Release/net10.0/Demo.dll
cd "$called_from"
exec dotnet "$here/$program" --models "$here/models" --output "$here/artifacts/demo" "$@"
