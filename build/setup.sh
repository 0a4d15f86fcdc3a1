# Sourced by demo.sh and test.sh: says what it does, and installs only what is missing.

say() { printf '%s\n' "$*"; }

need_dotnet() {
  if ! command -v dotnet >/dev/null 2>&1; then
    say "The .NET 10 SDK is missing: install it and put 'dotnet' on the PATH."
    exit 1
  fi
  export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
}

# Debian packages, by name; nothing is asked of the network when all are there.
need_packages() {
  local missing=()
  local package
  for package in "$@"; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return 0

  if ! command -v apt-get >/dev/null 2>&1; then
    say "Not a Debian system: please install what these packages hold: ${missing[*]}"
    return 0
  fi
  if [ "$(id -u)" -ne 0 ]; then
    say "Missing packages: ${missing[*]}. Run as root: apt-get install ${missing[*]}"
    exit 1
  fi
  say "Installing ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null 2>&1 && return 0
  say "Updating the package lists first"
  apt-get update -qq >/dev/null
  apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# nuget or system, decided once by really trying: the packages that differ are restored, and TorchSharp is run.
choose_dependency_source() {
  if [ -n "${DependencySource:-}" ]; then
    DEPENDENCY_SOURCE=$DependencySource
  elif [ -s .dependency-source ]; then
    DEPENDENCY_SOURCE=$(tr -d '[:space:]' <.dependency-source)
  else
    DEPENDENCY_SOURCE=system
    say "Trying to restore ImageSharp and TorchSharp from the package feed"
    if ! dotnet restore build/probe/Probe.csproj >/dev/null 2>&1; then
      say "They cannot be restored here; taking the distribution's libraries"
    else
      say "Trying to run TorchSharp (its native part is large)"
      if DependencySource=nuget dotnet run --project build/probe/run -c Release >/dev/null 2>&1; then
        DEPENDENCY_SOURCE=nuget
      else
        say "TorchSharp's native library does not load on this system; taking the distribution's libraries"
      fi
    fi
    printf '%s\n' "$DEPENDENCY_SOURCE" >.dependency-source
  fi
  say "Dependencies: $DEPENDENCY_SOURCE"
}

# libtorch with our own binding over it, where the TorchSharp package is not used. LIBTORCH names another libtorch.
need_libtorch() {
  [ "$DEPENDENCY_SOURCE" = nuget ] && return 0
  if [ -n "${LIBTORCH:-}" ]; then need_packages g++; else need_packages g++ libtorch-dev; fi
  build/libtorch-shim.sh
}
