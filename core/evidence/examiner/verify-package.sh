#!/usr/bin/env bash
# Verifies an evidence package on a machine without AEGIS, with stock tools only:
# bash and the coreutils, ssh-keygen (OpenSSH 8.9 or newer), openssl (3.0 or newer), pdfdetach (poppler), qpdf.
#
#   verify-package.sh <package folder> <your allowed_signers> [<revoked keys> [<CA of the time-stamping authority, PEM>]]
#
# Prints one line per check and ends with 0 when all of them passed, with 1 otherwise. It verifies who sealed the package
# and that nothing was added, removed or altered since. What the bundle says is for the reader to judge; that it agrees
# with itself is checked by the software that sealed it, and by `aegis verify`.
set -uo pipefail
export LC_ALL=C

die() { echo "verify-package: $*" >&2; exit 2; }
[ $# -ge 2 ] || die "usage: verify-package.sh <package folder> <allowed_signers> [<revoked keys> [<TSA CA>]]"
[ -d "$1" ] || die "$1 is not a folder"
[ -f "$2" ] || die "$2 is not a file"
signers=$(realpath "$2"); revoked=${3:+$(realpath "$3")}; tsa=${4:+$(realpath "$4")}
cd "$1" || die "$1 cannot be entered"
work=$(mktemp -d) || die "no temporary folder"
trap 'rm -rf "$work"' EXIT

bad=0
ok() { echo "ok      $*"; }
fail() { echo "FAILED  $*"; bad=1; }

# --- 1 plain files only, and exactly those that SHA256SUMS lists -------------------------------------------------------
if [ -n "$(find . -mindepth 1 ! -type f ! -type d -print -quit)" ] || [ -n "$(find . -mindepth 1 -type d -empty -print -quit)" ]; then
  fail "the package holds links, special files or empty folders"
fi
sed -n 's/^[0-9a-f]\{64\}  //p' SHA256SUMS 2>/dev/null | sort > "$work/listed"
find . -type f ! -path ./SHA256SUMS ! -path ./SHA256SUMS.sig ! -path ./SHA256SUMS.tsr ! -path ./SHA256SUMS.tsr.sig \
  ! -path './approvals/*.dsse.json' | sed 's|^\./||' | sort > "$work/found"
if cmp -s "$work/listed" "$work/found"; then ok "the package holds $(wc -l < "$work/found") listed files and no others"
else fail "the files are not those that SHA256SUMS lists"; fi
for file in bundle.json report.pdf evidence.sigstore.json test-result.sigstore.json; do
  grep -qxF "$file" "$work/listed" || fail "$file is not listed"
done

# --- 2 digests ---------------------------------------------------------------------------------------------------------
if sha256sum --strict --quiet -c SHA256SUMS > "$work/digests" 2>&1; then ok "every listed file has its digest"
else fail "digests: $(head -n 1 "$work/digests")"; fi

# --- 3 signatures of OpenSSH -------------------------------------------------------------------------------------------
# The armor in the one spelling that ssh-keygen writes: base64 has spare bits that no signature covers.
canonical() {
  sed '1d;$d' "$1" | base64 -d 2>/dev/null > "$work/raw" || return 1
  { echo '-----BEGIN SSH SIGNATURE-----'; base64 -w 70 "$work/raw"; echo '-----END SSH SIGNATURE-----'; } | cmp -s - "$1"
}
# verify <namespace> <file>: the file is signed in <file>.sig by a key that the reader allows.
verify() {
  [ -f "$2" ] && [ -f "$2.sig" ] && canonical "$2.sig" || return 1
  local principal
  principal=$(ssh-keygen -Y find-principals -f "$signers" -s "$2.sig" 2>/dev/null | head -n 1) || return 1
  [ -n "$principal" ] || return 1
  ssh-keygen -Y verify -f "$signers" -I "$principal" -n "$1" ${revoked:+-r "$revoked"} -s "$2.sig" < "$2" > "$work/said" 2>&1
}
if verify preflight-evidence@v1 SHA256SUMS; then ok "$(cat "$work/said")"
else fail "SHA256SUMS is not signed by a key that you allow"; fi

# The public key that sealed, from the signature: after `SSHSIG` and a version stands its length, then its bytes.
number() { od -An -tu1 -j "$2" -N 4 "$1" | { read -r a b c d && echo $(((a << 24) + (b << 16) + (c << 8) + d)); }; }
part() { tail -c +$(($2 + 1)) "$1" | head -c "$3"; }
: > "$work/key.pem"; : > "$work/blob"
if [ -f SHA256SUMS.sig ] && sed '1d;$d' SHA256SUMS.sig | base64 -d > "$work/sig" 2>/dev/null && [ "$(wc -c < "$work/sig")" -gt 20 ]; then
  part "$work/sig" 14 "$(number "$work/sig" 10)" > "$work/blob"
fi
# to_pem <blob> <pem>: a public key in OpenSSH's encoding as PEM.
to_pem() {
  if [ "$(part "$1" 4 11)" = ssh-ed25519 ]; then
    { printf '\060\052\060\005\006\003\053\145\160\003\041\000'; tail -c 32 "$1"; } |
      openssl pkey -pubin -inform DER -out "$2" 2>/dev/null
  else
    echo "$(part "$1" 4 19) $(base64 -w 0 "$1")" > "$work/key.pub"
    ssh-keygen -e -m PKCS8 -f "$work/key.pub" > "$2" 2>/dev/null
  fi
}
to_pem "$work/blob" "$work/key.pem"
fingerprint() { echo "SHA256:$(sha256sum < "$1" | head -c 64 | tr -d '\n' | sed 's/../\\x&/g' | xargs -0 printf '%b' | base64 -w 0 | tr -d '=')"; }
sealer=$(fingerprint "$work/blob")
if grep -qF "\"keyFingerprint\":\"$sealer\"" bundle.json 2>/dev/null; then ok "the bundle names the key that sealed, $sealer"
else fail "the bundle does not name the key that sealed, $sealer"; fi

# --- 4 in-toto statements (DSSE) ----------------------------------------------------------------------------------------
# field <name> <file>: the value of a string in canonical JSON, where it stands once.
field() { grep -o "\"$1\":\"[^\"]*\"" "$2" | sed "s/^\"$1\":\"//;s/\"\$//"; }
# envelope <file> <pem> <payload type>: verifies the one signature over the payload, which is left in $work/payload.
envelope() {
  local type body
  [ "$(grep -o '"sig":' "$1" | wc -l)" = 1 ] || return 1
  type=$(field payloadType "$1"); body=$(field payload "$1")
  [ "$type" = "$3" ] && [ "$(field payload "$1" | wc -l)" = 1 ] || return 1
  printf %s "$body" | base64 -d > "$work/payload" 2>/dev/null || return 1
  [ "$(base64 -w 0 "$work/payload")" = "$body" ] || return 1
  { printf 'DSSEv1 %d %s %d ' "${#type}" "$type" "$(wc -c < "$work/payload")"; cat "$work/payload"; } > "$work/pae"
  field sig "$1" | tr -d '\n' | base64 -d > "$work/sig.bin" 2>/dev/null || return 1
  [ "$(base64 -w 0 "$work/sig.bin")" = "$(field sig "$1")" ] || return 1
  if openssl pkey -pubin -in "$2" -noout -text 2>/dev/null | grep -q ED25519; then
    openssl pkeyutl -verify -pubin -inkey "$2" -rawin -in "$work/pae" -sigfile "$work/sig.bin" > /dev/null 2>&1
  else
    openssl dgst -sha256 -verify "$2" -signature "$work/sig.bin" "$work/pae" > /dev/null 2>&1
  fi
}
grep -E '  (bundle\.json|configs/.*)$' SHA256SUMS 2>/dev/null | sed 's/^\([0-9a-f]*\)  \(.*\)$/\2 \1/' | sort > "$work/subjects"
for file in evidence.sigstore.json test-result.sigstore.json; do
  if [ -f "$file" ] && envelope "$file" "$work/key.pem" application/vnd.in-toto+json; then
    sed 's/.*"subject":\[//' "$work/payload" | grep -o '{"digest":{"sha256":"[0-9a-f]*"},"name":"[^"]*"}' |
      sed 's/.*"sha256":"\([0-9a-f]*\)"},"name":"\([^"]*\)"}/\2 \1/' | sort > "$work/named"
    if cmp -s "$work/named" "$work/subjects"; then ok "$file is signed by the same key and names these files"
    else fail "$file names other files, or with other digests"; fi
  else fail "$file is not signed by the key that sealed"; fi
done

# --- 5 the report ------------------------------------------------------------------------------------------------------
if pdfdetach -savefile bundle.json -o "$work/attached" report.pdf > /dev/null 2>&1 && cmp -s bundle.json "$work/attached"; then
  ok "the report carries this bundle"
else fail "the report does not carry this bundle"; fi
if qpdf --check report.pdf > /dev/null 2>&1; then ok "the report is a sound PDF"; else fail "the report is not a sound PDF"; fi

# --- 6 the time stamp --------------------------------------------------------------------------------------------------
if [ -e SHA256SUMS.tsr ] || [ -e SHA256SUMS.tsr.sig ]; then
  if [ -f SHA256SUMS.tsr ] && [ -f SHA256SUMS.tsr.sig ] && canonical SHA256SUMS.tsr.sig &&
    ssh-keygen -Y check-novalidate -n preflight-timestamp@v1 -s SHA256SUMS.tsr.sig < SHA256SUMS.tsr > "$work/said" 2>&1 &&
    grep -qF "$sealer" "$work/said"; then ok "the time stamp is the one that the sealer took"
  else fail "the time stamp was altered"; fi
  if [ -n "$tsa" ]; then
    if openssl ts -verify -data SHA256SUMS -in SHA256SUMS.tsr -CAfile "$tsa" > /dev/null 2>&1; then
      ok "stamped $(openssl ts -reply -in SHA256SUMS.tsr -text 2>/dev/null | sed -n 's/^Time stamp: //p')"
    else fail "the time stamp is not of SHA256SUMS, or not by the authority that you trust"; fi
  fi
fi

# --- 7 approvals -------------------------------------------------------------------------------------------------------
digest=$(sha256sum < bundle.json 2>/dev/null | head -c 64)
for file in approvals/*.dsse.json; do
  [ -e "$file" ] || continue
  good=no
  while read -r key; do
    printf %s "$key" | base64 -d > "$work/approver" 2>/dev/null || continue
    to_pem "$work/approver" "$work/approver.pem" || continue
    envelope "$file" "$work/approver.pem" application/vnd.aegis.approval.v1+json &&
      grep -qF "\"bundle\":\"$digest\"" "$work/payload" &&
      [ "$(field keyid "$file")" = "$(fingerprint "$work/approver")" ] &&
      [ "$(printf '{"payload":"%s","payloadType":"%s","signatures":[{"keyid":"%s","sig":"%s"}]}' \
        "$(field payload "$file")" "$(field payloadType "$file")" "$(field keyid "$file")" "$(field sig "$file")" | sha256sum)" = "$(sha256sum < "$file")" ] &&
      good=$(field approver "$work/payload") && break
  done < <(grep 'namespaces="[^"]*preflight-approval@v1' "$signers" | grep -oE '(ssh-ed25519|ecdsa-sha2-nistp256) [A-Za-z0-9+/=]+' | cut -d ' ' -f 2)
  if [ "$good" != no ]; then ok "$file: signed for $good, of this bundle"
  else fail "$file is not signed by a key that you let approve, or is of another bundle"; fi
done

if [ $bad = 0 ]; then echo "The package is as it was sealed."; else echo "The package is not to be relied on."; fi
exit $bad
