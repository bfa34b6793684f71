#!/usr/bin/env bash
# Installs with apt what the tests and checks run and is not there: Java 17 or later and Maven (a real Kafka for the tests),
# docker-compose (whether the composition can be read), PHP and MariaDB (the modules for shops). What cannot be had is
# told loudly, and exits with 1.
set -uo pipefail

declare -A packages=(
  [java]=default-jre-headless
  [mvn]=maven
  [docker-compose]=docker-compose
  [php]='php-cli php-curl php-mysql php-mbstring'
  [mariadbd]=mariadb-server-core
)

# Debian keeps servers where not everybody looks.
PATH="$PATH:/usr/sbin"

missing() {
  local program
  for program in "${!packages[@]}"; do
    command -v "$program" >/dev/null || printf '%s\n' "$program"
  done
}

as_root() { if ((EUID == 0)); then "$@"; else sudo -n "$@"; fi; }

install() {
  local names=() more program
  # Several packages may stand for one program.
  for program in "$@"; do read -ra more <<<"${packages[$program]}" && names+=("${more[@]}"); done
  echo "Installing ${names[*]}"
  export DEBIAN_FRONTEND=noninteractive
  as_root apt-get install --yes --no-install-recommends "${names[@]}" >/dev/null && return
  as_root apt-get update >/dev/null && as_root apt-get install --yes --no-install-recommends "${names[@]}" >/dev/null
}

mapfile -t lacking < <(missing)
if ((${#lacking[@]} == 0)); then exit 0; fi
if command -v apt-get >/dev/null; then install "${lacking[@]}"; fi

mapfile -t lacking < <(missing)
if ((${#lacking[@]} == 0)); then exit 0; fi
printf '!!! NOT HERE, and apt cannot install it: %s\n' "${lacking[@]}"
exit 1
