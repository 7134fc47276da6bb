import type { Daemon } from './daemons.ts';
import { TwinFailure } from './failure.ts';
import { openTwinFiles, type TwinFiles } from './files.ts';
import { type CommandOptions, type CommandResult, makeNamespaces, type Namespaces } from './process.ts';
import { connectVty, type Vty } from './socket.ts';

/** A router inside of the namespaces: `id` is the name of its network namespace and of its folders. */
export interface RouterAddress {
  readonly id: string;
  readonly node: string;
}

/**
 * Starts a router's daemons and loads its configuration. In front of the daemons stand the names of the VRFs, each with
 * the network namespace that is it; the router's daemons see these alone and under these names. Exit code 70: a daemon did not start, and the output is what
 * it said; otherwise the output is that of vtysh.
 */
const START = `set -e
id=$1
host=$2
shift 2
ulimit -n 1024
mkdir -p "/run/frr/$id" /run/aegis/netns
mounts=
[ "$1" = -- ] || mounts=--mount
exec nsenter "--net=/run/netns/$id" unshare --uts $mounts sh -ec '
hostname "$0"
id=$1
shift
vrfs=
if [ "$1" != -- ]; then
  mount --rbind /run/netns /run/aegis/netns
  mount -t tmpfs tmpfs /run/netns
  vrfs=-n
fi
while [ "$1" != -- ]; do
  : >"/run/netns/$1"
  mount --bind "/run/aegis/netns/$2" "/run/netns/$1"
  shift 2
done
shift
for daemon; do
  more=
  [ "$daemon" = zebra ] && more=$vrfs
  "/usr/lib/frr/$daemon" $more -d -N "$id" -P 0 --log "file:/run/frr/$id/$daemon.log" >"/run/frr/$id/$daemon.start" 2>&1 || {
    echo "$daemon"
    tail -n 3 "/run/frr/$id/$daemon.start"
    exit 70
  }
done
exec vtysh -N "$id" -b 2>&1
' "$host" "$id" "$@"
`;

/**
 * Brings running daemons to a configuration with FRR's own program, and then asks it again what still differs: what it
 * prints then is read by `leftToDo`. Its exit code is not 0 when a line was not taken.
 */
const RELOAD = `set -e
id=$1
host=$2
exec nsenter "--net=/run/netns/$id" unshare --uts sh -ec '
hostname "$0"
reload() {
  /usr/bin/python3 /usr/lib/frr/frr-reload.py "--$2" --stdout --pathspace "$1" --bindir /usr/bin --confdir /etc/frr --rundir /run/frr "/etc/frr/$1/frr.conf" 2>&1
}
reload "$1" reload
echo "=== left"
reload "$1" test
' "$host" "$id"
`;

/** Lines that frr-reload.py never finds again in a running configuration, and that change no route. */
const NEVER_SHOWN =
  /^(ip forwarding|ipv6 forwarding|banner |service |password |enable password |log |hostname |frr |username )/;

/** What a reload left to do: lines that still differ from the configuration. */
function leftToDo(output: string): readonly string[] {
  const [, left = ''] = output.split('=== left\n');
  return left
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^(Lines To |=+$|\d{4}-\d\d-\d\d )/.test(line) && !NEVER_SHOWN.test(line));
}

/** Ends a router's daemons: asks them first, and does not ask those that stay. */
const STOP = `id=$1
pids=$(cat "/run/frr/$id"/*.pid 2>/dev/null)
[ -n "$pids" ] && kill $pids 2>/dev/null
tries=0
for pid in $pids; do
  while kill -0 "$pid" 2>/dev/null; do
    tries=$((tries + 1))
    [ "$tries" -gt 150 ] && kill -KILL "$pid" 2>/dev/null
    sleep 0.02
  done
done
rm -rf "/run/frr/$id"
`;

const COULD_NOT_START = 70;

/** The inside of a twin: its namespaces, its files and the control sockets of its daemons. */
export class Inside {
  readonly #namespaces: Namespaces;
  readonly files: TwinFiles;
  readonly #vtys = new Map<string, Promise<Vty>>();
  #over = false;

  private constructor(namespaces: Namespaces, files: TwinFiles) {
    this.#namespaces = namespaces;
    this.files = files;
    void namespaces.ended.then(() => {
      this.#over = true;
    });
  }

  static async make(signal: AbortSignal | undefined): Promise<Inside> {
    const namespaces = await makeNamespaces(signal);
    try {
      return new Inside(namespaces, await openTwinFiles(namespaces.pid));
    } catch (error) {
      await namespaces.end();
      throw error;
    }
  }

  async run(programArguments: readonly string[], options?: CommandOptions): Promise<CommandResult> {
    if (this.#over) throw new TwinFailure('The twin is gone: its namespaces were ended. Run the preflight again.');
    return this.#namespaces.run(programArguments, options);
  }

  /** Runs a shell script of this software; throws what it said when it fails. */
  async script(text: string, what: string, options?: CommandOptions): Promise<void> {
    const { code, output } = await this.run(['sh', '-e'], { ...options, input: text });
    if (code !== 0) throw new TwinFailure(`${what} failed: ${lastLine(output)}`);
  }

  /** Gives `ip` its commands. */
  async ip(commands: readonly string[], netns: string | undefined, options?: CommandOptions): Promise<void> {
    if (commands.length === 0) return;
    const where = netns === undefined ? [] : ['-n', netns];
    const { code, output } = await this.run(['ip', ...where, '-batch', '-'], {
      ...options,
      input: `${commands.join('\n')}\n`,
    });
    if (code !== 0) throw new TwinFailure(`The network of the twin could not be built: ip says "${lastLine(output)}".`);
  }

  /** Starts the daemons of a router whose configuration lies in its folder; what vtysh said while it loaded it. */
  async start(
    { id, node }: RouterAddress,
    daemons: readonly Daemon[],
    vrfs: readonly { readonly name: string; readonly netns: string }[],
    options?: CommandOptions,
  ): Promise<string> {
    const tables = vrfs.flatMap(({ name, netns }) => [name, netns]);
    const { code, output } = await this.run(['sh', '-c', START, 'sh', id, node, ...tables, '--', ...daemons], options);
    if (code === COULD_NOT_START) {
      const [daemon, ...said] = output.trim().split('\n');
      throw new TwinFailure(`${daemon} of ${node} does not start: ${said.join(' ') || 'it says nothing'}.`);
    }
    return output;
  }

  /**
   * Applies a router's changed configuration to its running daemons. False when that was not exact: then the router has
   * to be started anew.
   */
  async reload({ id, node }: RouterAddress, options?: CommandOptions): Promise<boolean> {
    const { code, output } = await this.run(['sh', '-c', RELOAD, 'sh', id, node], options);
    return code === 0 && leftToDo(output).length === 0;
  }

  async stop({ id }: RouterAddress, options?: CommandOptions): Promise<void> {
    this.#forget(id);
    await this.run(['sh', '-c', STOP, 'sh', id], options);
  }

  #forget(id: string): void {
    for (const [key, vty] of this.#vtys) {
      if (!key.startsWith(`${id} `)) continue;
      this.#vtys.delete(key);
      vty.then((one) => one.close()).catch(() => undefined);
    }
  }

  /** Asks a daemon; throws when it is gone or refuses the command. */
  async ask(router: RouterAddress, daemon: Daemon, command: string): Promise<string> {
    const key = `${router.id} ${daemon}`;
    let vty = this.#vtys.get(key);
    if (!vty) {
      vty = connectVty(this.files.outside(`/run/frr/${router.id}/${daemon}.vty`));
      vty.catch(() => undefined);
      this.#vtys.set(key, vty);
    }
    let answer: Awaited<ReturnType<Vty['query']>>;
    try {
      answer = await (await vty).query(command);
    } catch (error) {
      if (this.#over) throw new TwinFailure('The twin is gone: its namespaces were ended. Run the preflight again.');
      throw await this.#ended(router, daemon, error);
    }
    if (answer.code !== 0)
      throw new TwinFailure(
        `${daemon} of ${router.node} refuses "${command}": ${lastLine(answer.text) || `code ${answer.code}`}`,
      );
    return answer.text;
  }

  /** Asks a daemon for JSON. Text in its place is an error: it never means that there is nothing. */
  async askJson(router: RouterAddress, daemon: Daemon, command: string): Promise<unknown> {
    const text = await this.ask(router, daemon, command);
    try {
      return JSON.parse(text);
    } catch {
      throw new TwinFailure(
        `${daemon} of ${router.node} answers "${command}" with text in place of JSON: "${text.trim().slice(0, 120)}".`,
      );
    }
  }

  async #ended({ id, node }: RouterAddress, daemon: Daemon, cause: unknown): Promise<TwinFailure> {
    const log = await this.files.read(`/run/frr/${id}/${daemon}.log`).catch(() => '');
    const why = cause instanceof Error ? cause.message : String(cause);
    const last = lastLine(log).slice(0, 200);
    return new TwinFailure(
      `${daemon} of ${node} is gone or hangs (${why.replace(/\.$/, '')})${last === '' ? '' : `; its log ends with "${last}"`}. FRR may not bear a line of this configuration; look at the last change of ${node}.`,
    );
  }

  async end(): Promise<void> {
    this.#over = true;
    for (const vty of this.#vtys.values()) vty.then((one) => one.close()).catch(() => undefined);
    this.#vtys.clear();
    await this.#namespaces.end();
    await this.files.close();
  }
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? '';
