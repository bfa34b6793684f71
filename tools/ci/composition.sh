#!/usr/bin/env bash
# Whether docker-compose can read the composition, in each way that the docs name; no container engine is needed.
# Exits with 77 when there is no docker-compose.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
command -v docker-compose >/dev/null || exit 77

resolves() { docker-compose "$@" config --quiet; }

resolves || exit 1
resolves --env-file engines.env || exit 1
LEDGER_PORTS=8080-8081 resolves || exit 1

# Control: a composition that cannot be read is refused.
broken="$(mktemp)"
trap 'rm -f "$broken"' EXIT
sed 's/^    init: true$/    inti: true/' docker-compose.yml >"$broken"
if cmp --silent docker-compose.yml "$broken"; then
  echo 'The control breaks nothing.'
  exit 1
fi
if resolves --file "$broken" --project-directory . 2>/dev/null; then
  echo 'A composition with a misspelt key is not refused.'
  exit 1
fi
