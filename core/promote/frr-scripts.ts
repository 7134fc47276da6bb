/**
 * What runs on an FRR device, as shell scripts without a value in them: parameters come as quoted words, configurations
 * by standard input. FRR has no commit-confirm, so the device guards itself: a process of its own restores the saved copy
 * when nobody stops it, also when the link dies. (frr-reload.py of FRR 8.4.)
 */

/** A word for a POSIX shell. */
const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;

const script = (text: string, ...parameters: readonly string[]): string =>
  `sh -c ${quoted(text.trim())} aegis ${parameters.map(quoted).join(' ')}`;

const RELOAD = `
reload() {
  for tool in /usr/lib/frr/frr-reload.py /usr/libexec/frr/frr-reload.py; do
    [ -x "$tool" ] && exec_tool="$tool" && break
  done
  "$exec_tool" --reload --stdout "$1"
}
`;

/** `show running-config`, without its heading, as a file that frr-reload.py takes. */
const SAVE = `vtysh -c 'show running-config' | sed '1,/^Current configuration:$/d' > "$1/before.conf" && grep -q . "$1/before.conf"`;

export const frrScripts = {
  /** Refuses when another promotion has not ended. */
  prepare: (folder: string): string =>
    script(`set -eu; umask 077; mkdir "$1"; cat > "$1/after.conf"; ${SAVE}; vtysh -C -f "$1/after.conf"`, folder),

  /** Starts the guard. It outlives the connection: a session of its own, no terminal, no open pipes. */
  arm: (folder: string, seconds: number): string =>
    script(
      `set -eu
: > "$1/armed"
cat > "$1/guard" <<'GUARD'
${RELOAD}
sleep "$2"
if mv "$1/armed" "$1/reverting" 2>/dev/null; then
  if reload "$1/before.conf" > "$1/revert.log" 2>&1; then echo restored > "$1/result"; else echo failed > "$1/result"; fi
fi
GUARD
setsid nohup sh "$1/guard" "$1" "$2" </dev/null >/dev/null 2>&1 &
`,
      folder,
      String(seconds),
    ),

  apply: (folder: string): string => script(`${RELOAD}\nreload "$1/after.conf"`, folder),

  running: "vtysh -c 'show running-config'",

  sessions: "vtysh -c 'show bgp vrf all summary json'",

  /** Stops the guard, and only then makes the change permanent. Fails when the guard was faster. */
  confirm: (folder: string): string =>
    script(`set -eu; mv "$1/armed" "$1/confirmed"; vtysh -c 'write memory' >/dev/null; rm -rf "$1"`, folder),

  /** Restores now, unless the guard did already. */
  revert: (folder: string): string =>
    script(`${RELOAD}\nmv "$1/armed" "$1/reverting" 2>/dev/null || true\nreload "$1/before.conf"`, folder),

  /** Whether a change whose link died was taken back: prints `restored`, `failed`, `armed` or nothing. */
  result: (folder: string): string =>
    script('if [ -e "$1/armed" ]; then echo armed; else cat "$1/result" 2>/dev/null || true; fi', folder),

  clean: (folder: string): string => script('rm -rf "$1"', folder),
} as const;
