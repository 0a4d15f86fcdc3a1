#!/usr/bin/env bash
# Compiles the C++ shim of DeepVision.LibTorch against the installed libtorch, or against the folder in LIBTORCH
# (with include/ and lib/), into artifacts/libtorch. Does nothing when neither the sources nor the libtorch changed.
#   build/libtorch-shim.sh [--dry-run]        with --dry-run it only says how it would compile
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*"; }
fail() { say "$*" >&2; exit 1; }

source=src/DeepVision.LibTorch/Native
output=artifacts/libtorch
objects=$output/obj
library=$output/libdeepvision_libtorch.so
compiler=${CXX:-g++}
jobs=2

command -v "$compiler" >/dev/null 2>&1 ||
  fail "The C++ compiler '$compiler' is missing. On Debian: apt-get install g++ libtorch-dev"

if [ -n "${LIBTORCH:-}" ]; then
  include=$LIBTORCH/include
  libraries=$LIBTORCH/lib
  [ -f "$include/ATen/ATen.h" ] || fail "LIBTORCH is '$LIBTORCH', and there is no $include/ATen/ATen.h."
  [ -f "$libraries/libtorch_cpu.so" ] || fail "LIBTORCH is '$LIBTORCH', and there is no $libraries/libtorch_cpu.so."
  flags=(-isystem "$include" -isystem "$include/torch/csrc/api/include")
  links=(-L"$libraries" "-Wl,-rpath,$libraries")
  version_header=$include/torch/csrc/api/include/torch/version.h
else
  include=/usr/include
  [ -f "$include/ATen/ATen.h" ] ||
    fail "libtorch's headers are missing. On Debian: apt-get install g++ libtorch-dev; or set LIBTORCH to a folder with include/ and lib/."
  flags=(-isystem "$include/torch/csrc/api/include")
  libraries=
  links=()
  version_header=$include/torch/csrc/api/include/torch/version.h
fi

version=$(sed -n 's/^#define TORCH_VERSION "\(.*\)"/\1/p' "$version_header" 2>/dev/null || true)
if [ -z "$version" ]; then
  major=$(sed -n 's/^#define TORCH_VERSION_MAJOR //p' "$version_header")
  minor=$(sed -n 's/^#define TORCH_VERSION_MINOR //p' "$version_header")
  version=$major.$minor
fi

# What PyTorch's wheels and Debian's libtorch were compiled with must be said to headers older than 2.0 too.
abi=()
if [ -n "${LIBTORCH:-}" ] && [ -f "$libraries/libc10.so" ]; then
  symbols=$(nm -DC "$libraries/libc10.so") || fail "'nm' cannot read $libraries/libc10.so. On Debian: apt-get install binutils"
  case $symbols in
    *std::__cxx11::basic_string*) ;;
    *) abi=(-D_GLIBCXX_USE_CXX11_ABI=0) ;;
  esac
fi

cuda=()
if [ -n "${LIBTORCH:-}" ] && [ -f "$libraries/libtorch_cuda.so" ]; then
  # Nothing of the shim names a symbol of it, yet loading it is what registers the CUDA back end.
  cuda=(-Wl,--no-as-needed -ltorch_cuda -lc10_cuda -Wl,--as-needed)
fi

# libtorch's headers want C++17, from 2.14 on C++20. Where they do not compile so, the other one is tried.
case $version in
  [01].* | 2.[0-9].* | 2.[0-9] | 2.1[0-3].* | 2.1[0-3]) standards=(17 20) ;;
  *) standards=(20 17) ;;
esac
choose_standard() {
  local try problem
  for try in "${standards[@]}"; do
    if problem=$(printf '#include <ATen/ATen.h>\n' | "$compiler" "-std=c++$try" -fsyntax-only -w "${abi[@]}" "${flags[@]}" -x c++ - 2>&1); then
      standard=$try
      return 0
    fi
    say "libtorch shim: the headers of libtorch $version do not compile as C++$try: $(printf '%s\n' "$problem" | grep -m1 error || true)" >&2
  done
  fail "libtorch shim: '$compiler' ($("$compiler" -dumpfullversion)) cannot compile the headers of libtorch $version; set CXX to a newer compiler"
}

if [ "${1:-}" = --dry-run ]; then
  choose_standard
  say "libtorch shim: would compile against libtorch $version (${LIBTORCH:-of the system}) as C++$standard"
  exit 0
fi

options=("-std=c++${standards[0]}" -O2 -fPIC -fvisibility=hidden -Wall -Wextra -Wno-unused-parameter "${abi[@]}" "${flags[@]}")
engine=${libraries:+$libraries/}libtorch_cpu.so
[ -n "$libraries" ] || engine=$("$compiler" -print-file-name=libtorch_cpu.so)
identity="$("$compiler" -dumpfullversion) | $version | ${LIBTORCH:-system} | $(stat -Lc '%s %Y' "$engine" 2>/dev/null || true) | ${options[*]} | ${links[*]} ${cuda[*]}"
mkdir -p "$objects"
if [ "$(cat "$objects/identity" 2>/dev/null || true)" != "$identity" ]; then
  rm -f "$objects"/*.o "$library" "$objects/standard"
  choose_standard
  printf '%s' "$standard" >"$objects/standard"
  printf '%s' "$identity" >"$objects/identity"
fi
# Trying the headers takes a while; what was found holds as long as nothing here changes.
options[0]=-std=c++$(cat "$objects/standard" 2>/dev/null || printf '%s' "${standards[0]}")

# By content: a checkout may touch files that it does not change.
stale=()
for file in "$source"/*.cpp; do
  object=$objects/$(basename "$file" .cpp).o
  sum=$(cat "$file" "$source"/*.h | sha256sum)
  if [ ! -f "$object" ] || [ "$(cat "$object.sum" 2>/dev/null || true)" != "$sum" ]; then
    rm -f "$object"
    printf '%s' "$sum" >"$object.sum"
    stale+=("$file")
  fi
done
# An object whose source is gone must not be linked.
for object in "$objects"/*.o; do
  [ -e "$object" ] || continue
  [ -f "$source/$(basename "$object" .o).cpp" ] || rm -f "$object" "$object.sum" "$library"
done

if [ ${#stale[@]} -eq 0 ] && [ -f "$library" ]; then
  say "libtorch shim: up to date ($library, libtorch $version)"
  exit 0
fi

say "libtorch shim: compiling ${#stale[@]} files against libtorch $version (${LIBTORCH:-of the system})"
if [ ${#stale[@]} -gt 0 ]; then
  compile() { "$compiler" "${@:2}" -c "$1" -o "$objects/$(basename "$1" .cpp).o.new" && mv "$objects/$(basename "$1" .cpp).o.new" "$objects/$(basename "$1" .cpp).o"; }
  export -f compile
  export compiler objects
  printf '%s\0' "${stale[@]}" | xargs -0 -P "$jobs" -I{} bash -c 'compile "$@"' compile {} "${options[@]}" ||
    fail "libtorch shim: compiling failed"
fi
"$compiler" -shared -o "$library.new" "$objects"/*.o "${links[@]}" "${cuda[@]}" -ltorch_cpu -lc10 -Wl,--no-undefined ||
  fail "libtorch shim: linking failed"
mv "$library.new" "$library"
say "libtorch shim: $library"
