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
