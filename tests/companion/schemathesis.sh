#!/bin/sh
# Asks a companion of its own for whatever schemathesis makes up from the document that it serves: `SECONDS` as the argument,
# 120 without one. Python 3.10 or newer is needed; schemathesis is installed into target/schemathesis, once.
set -eu
cd "$(dirname "$0")/../.."
tools=target/schemathesis
[ -x $tools/bin/schemathesis ] || { python3 -m venv $tools && $tools/bin/pip install --quiet schemathesis==4.32.5; }
cargo build --quiet --package server
folder=$(mktemp -d)
export ROLLCALL_DATABASE="sqlite:$folder/directory.db"
# Where it says where it is; nobody has to read it for it to go on.
target/debug/rollcall serve --port 0 --rate-limit 0 > "$folder/says" 2> "$folder/log" &
companion=$!
trap 'kill $companion; rm -r "$folder"' EXIT
until grep -q 'http://' "$folder/says"; do
  kill -0 $companion
  sleep 1
done
address=$(sed -n 's|.*\(http://[^/]*\)/.*|\1|p' "$folder/says")
secret() { sed -n "s/^$1: *//p" "$folder/granted"; }
target/debug/rollcall token contensis > "$folder/granted"
form="grant_type=client_credentials&client_id=$(secret 'client id')&client_secret=$(secret 'client secret')"
CONTENSIS_TOKEN=$(curl --silent --data "$form" "$address/authenticate/connect/token" | sed 's/.*"access_token":"\([^"]*\)".*/\1/')
target/debug/rollcall token tulip > "$folder/granted"
TULIP_KEY=$(secret key) TULIP_SECRET=$(secret secret)
target/debug/rollcall token passbolt > "$folder/granted"
PASSBOLT_TOKEN=$(secret token)
export CONTENSIS_TOKEN TULIP_KEY TULIP_SECRET PASSBOLT_TOKEN
$tools/bin/schemathesis --config-file tests/companion/schemathesis.toml run "$address/api/openapi.json" \
  --max-time "${1:-120}" --workers 2 --continue-on-failure --no-color
