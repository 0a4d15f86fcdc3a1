#!/usr/bin/env bash
# The CPU engine's tests on an arm64 processor that QEMU plays: its NEON kernels, their results and their machine code.
# The last line is "N passed, N failed, N skipped". Called by ./test.sh --arm64.
set -euo pipefail
cd "$(dirname "$0")/.."
. build/setup.sh

need_dotnet
need_packages qemu-user libc6-arm64-cross libgcc-s1-arm64-cross libstdc++6-arm64-cross

# .NET computes hashes with OpenSSL, of which there is no cross package: the arm64 one is unpacked beside the tests.
libraries=$PWD/artifacts/arm64-libraries
if [ ! -e "$libraries/usr/lib/aarch64-linux-gnu/libssl.so.3" ]; then
  say "Fetching libssl3 for arm64"
  lists=$(mktemp -d)
  trap 'rm -rf "$lists"' EXIT
  chmod 755 "$lists"
  mkdir -p "$lists/state/lists/partial" "$lists/cache/archives/partial" "$libraries"
  foreign=(-qq -o APT::Architecture=arm64 -o APT::Architectures=arm64 -o APT::Sandbox::User=root
    -o Dir::State="$lists/state" -o Dir::State::status=/dev/null -o Dir::Cache="$lists/cache")
  (cd "$lists" && apt-get "${foreign[@]}" update && apt-get "${foreign[@]}" download libssl3)
  dpkg-deb -x "$lists"/libssl3_*.deb "$libraries"
fi

say "Publishing the tests for arm64 (the package feed has its runtime)"
program=$PWD/artifacts/arm64/DeepVision.EmulatedTests
dotnet publish tests/DeepVision.EmulatedTests -c Release -p:EmulatedRuntime=linux-arm64 -o artifacts/arm64 -v quiet -nologo

say "Testing: the CPU engine on an emulated arm64 processor"
emulator="qemu-aarch64 -L /usr/aarch64-linux-gnu -E LD_LIBRARY_PATH=$libraries/usr/lib/aarch64-linux-gnu"
# Code that the runtime maps twice confuses the emulator.
export DOTNET_EnableWriteXorExecute=0
export DEEPVISION_CHILD="$emulator $program --child"
# Left out: large networks, which take an emulator hours.
exec $emulator "$program" -DeepVision.Tests.Cpu.RepeatabilityTests -DeepVision.Tests.Cpu.NewShapeTests \
  DeepVision.Tests.Cpu DeepVision.Tests.Preprocessing DeepVision.Tests.Detections DeepVision.Tests.Heads DeepVision.Tests.Threading DeepVision.Tests.Lanes.InstructionSetLaneTests
