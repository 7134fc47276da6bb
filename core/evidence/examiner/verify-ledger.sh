#!/usr/bin/env bash
# Verifies a ledger on a machine without AEGIS, with bash, coreutils and openssl: that each line follows the one before,
# that the Merkle root is the one in the head (RFC 6962), and that the head is signed (C2SP signed-note) by your key.
#
#   verify-ledger.sh <folder with ledger.jsonl and ledger.checkpoint> <public key, PEM> [<head copied earlier>]
set -uo pipefail
export LC_ALL=C
[ $# -ge 2 ] || { echo "usage: verify-ledger.sh <folder> <public key, PEM> [<copied head>]" >&2; exit 2; }
ledger=$1/ledger.jsonl; head=$1/ledger.checkpoint; pem=$2; copied=${3:-}
[ -f "$ledger" ] && [ -f "$head" ] && [ -f "$pem" ] || { echo "verify-ledger: a file is missing" >&2; exit 2; }
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
bad=0
ok() { echo "ok      $*"; }
fail() { echo "FAILED  $*"; bad=1; }
hex() { sha256sum | head -c 64; }
raw() { printf '%b' "$(sed 's/../\\x&/g' <<< "$1" | tr -d '\n')"; }

# --- the chain, and the roots of the complete subtrees --------------------------------------------------------------------
[ -z "$(tail -c 1 "$ledger" | tr -d '\n')" ] || fail "the last line was not written to its end"
prev=$(printf '0%.0s' {1..64}); size=0; stack=()
root() { # the root of what is on the stack
  local node=${stack[-1]} at
  for ((at = ${#stack[@]} - 2; at >= 0; at--)); do node=$({ printf '\001'; raw "${stack[at]}"; raw "$node"; } | hex); done
  echo "$node"
}
copied_size=-1; copied_root=
if [ -n "$copied" ]; then copied_size=$(sed -n 2p "$copied"); copied_root=$(sed -n 3p "$copied"); fi
seen=
while IFS= read -r line; do
  size=$((size + 1))
  [ "$(grep -o '"prev":"[0-9a-f]*"' <<< "$line")" = "\"prev\":\"$prev\"" ] || fail "line $size does not follow the line before it"
  grep -q "\"seq\":$size[,}]" <<< "$line" || fail "line $size has another number"
  prev=$(printf %s "$line" | hex)
  node=$({ printf '\000'; printf %s "$line"; } | hex)
  for ((rest = size - 1; rest % 2 == 1; rest /= 2)); do
    node=$({ printf '\001'; raw "${stack[-1]}"; raw "$node"; } | hex)
    unset 'stack[-1]'
  done
  stack+=("$node")
  [ "$size" != "$copied_size" ] || seen=$(raw "$(root)" | base64 -w 0)
done < "$ledger"
times=$(grep -o '"time":"[^"]*"' "$ledger")
[ "$times" = "$(sort <<< "$times")" ] || fail "the clock ran back"
[ $bad = 1 ] || ok "$size lines, each follows the one before"

# --- the head -------------------------------------------------------------------------------------------------------------
if [ "$(sed -n 2p "$head")" = "$size" ] && [ $size -gt 0 ] && [ "$(sed -n 3p "$head")" = "$(raw "$(root)" | base64 -w 0)" ]; then
  ok "the head counts these lines"
else fail "the head counts other lines, or more, or fewer"; fi
head -n 3 "$head" > "$work/text"
sed -n '5{s/^.* //;p;}' "$head" | base64 -d 2>/dev/null | tail -c +5 > "$work/sig"
if openssl pkey -pubin -in "$pem" -noout -text 2>/dev/null | grep -q ED25519; then
  openssl pkeyutl -verify -pubin -inkey "$pem" -rawin -in "$work/text" -sigfile "$work/sig" > /dev/null 2>&1
else false; fi && ok "the head is signed by this key" || fail "the head is not signed by this key"
if [ -n "$copied" ]; then
  if [ "$(sed -n 1p "$copied")" = "$(sed -n 1p "$head")" ] && [ "$seen" = "$copied_root" ]; then ok "the copied head is contained"
  else fail "the copied head is not contained: the ledger was cut, rewritten, or is another one"; fi
fi
exit $bad
