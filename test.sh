#!/usr/bin/env bash
# Builds everything and runs all tests, on each instruction set that this machine has.
# --full: every preset at every size on every instruction set, which takes much longer.
# --arm64: instead, the CPU engine's tests on an emulated arm64 processor.
# The last line is "N passed, N failed, N skipped", summed over all test runs.
set -euo pipefail
cd "$(dirname "$0")"
. build/setup.sh

case "${1-}" in
  --full) export DEEPVISION_FULL=1 ;;
  --arm64) exec build/test-arm64.sh ;;
  "") ;;
  *) echo "usage: ./test.sh [--full | --arm64]" >&2; exit 2 ;;
esac

need_dotnet
need_packages dataset-fashion-mnist
# Python's PyTorch loads what we save.
need_packages python3-torch

# libtorch's threads wait for each other by spinning: where other work has a core, two are many times slower than one.
export OMP_NUM_THREADS=${OMP_NUM_THREADS:-1}
# TorchSharp has a native library for this system: nothing may be skipped for want of it.
[ "$(uname -sm)" != "Linux x86_64" ] || export DEEPVISION_REQUIRE_TORCHSHARP=1

say "Building the solution"
dotnet build DeepVision.sln -c Release -v quiet -nologo

results=artifacts/test-results
rm -rf "$results"
mkdir -p "$results"
names=()
abnormal=()

# run NAME PROJECT [dotnet test arguments ...]: one test run, whose counts go to a TRX file.
run() {
  local name=$1 project=$2
  shift 2
  say "Testing: $name"
  names+=("$name")
  if ! dotnet test "$project" -c Release --no-build -nologo -v quiet \
      --logger "trx;LogFileName=$name.trx" --results-directory "$results" "$@"; then
    abnormal+=("$name")
  fi
}

for project in tests/*.Tests/*.Tests.csproj; do
  name=$(basename "$project" .csproj)
  run "$name" "$project"
done

# What is vectorized runs again on each narrower instruction set; the lane's own test asserts that the switch worked.
lane_filter='FullyQualifiedName~DeepVision.Tests.Cpu|FullyQualifiedName~DeepVision.Tests.Preprocessing|FullyQualifiedName~DeepVision.Tests.Detections|FullyQualifiedName~DecoderTests|FullyQualifiedName~DeepVision.Tests.Lanes'
core=tests/DeepVision.Tests/DeepVision.Tests.csproj
if grep -qw avx512f /proc/cpuinfo 2>/dev/null; then
  DEEPVISION_LANE=avx2 DOTNET_EnableAVX512=0 run lane-avx2 "$core" --filter "$lane_filter"
fi
if grep -qw avx2 /proc/cpuinfo 2>/dev/null; then
  DEEPVISION_LANE=vector128 DOTNET_EnableAVX2=0 run lane-vector128 "$core" --filter "$lane_filter"
fi
DEEPVISION_LANE=scalar DOTNET_EnableHWIntrinsic=0 run lane-scalar "$core" --filter "$lane_filter"

# The yardstick's own parts. What needs numpy or PyTorch is skipped where Python has none.
bench_log=$results/bench.txt
if [ -x /usr/bin/python3 ]; then
  say "Testing: bench"
  /usr/bin/python3 -W ignore -m unittest discover -s bench >"$bench_log" 2>&1 || cat "$bench_log"
fi

# The counters of a TRX file: total, executed, passed, failed ...; what was not executed was skipped. A run that ended
# abnormally without a failed test counts as one failure.
passed=0
failed=0
skipped=0
for name in "${names[@]}"; do
  counters=$(grep -o '<Counters [^>]*>' "$results/$name.trx" 2>/dev/null || true)
  count() { printf '%s' "$counters" | sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" | grep . || echo 0; }
  run_failed=$(count failed)
  if [ "$run_failed" -eq 0 ] && [[ " ${abnormal[*]-} " == *" $name "* ]]; then
    say "$name ended abnormally"
    run_failed=1
  fi
  passed=$((passed + $(count passed)))
  failed=$((failed + run_failed))
  skipped=$((skipped + $(count total) - $(count executed)))
done
# "Ran N tests in ..." and, at the end, "OK" or "FAILED", with "(failures=N, errors=N, skipped=N)" as far as there are any.
if [ -f "$bench_log" ]; then
  count() { grep -o "$1[0-9]\+" "$bench_log" | tail -1 | grep -o '[0-9]*$' || echo 0; }
  bench_run=$(count '^Ran ')
  bench_failed=$(($(count failures=) + $(count errors=)))
  bench_skipped=$(count skipped=)
  if [ "$bench_run" -eq 0 ] || { [ "$bench_failed" -eq 0 ] && ! tail -1 "$bench_log" | grep -q '^OK'; }; then
    say "bench ended abnormally"
    bench_run=$((bench_run + 1))
    bench_failed=$((bench_failed + 1))
  fi
  passed=$((passed + bench_run - bench_failed - bench_skipped))
  failed=$((failed + bench_failed))
  skipped=$((skipped + bench_skipped))
fi
printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
[ "$failed" -eq 0 ]
