/* Every process of the FRR twin is started here: the namespaces, what runs inside of them, and FRR's syntax check. */
import { type ChildProcess, spawn } from 'node:child_process';
import { execa } from 'execa';

/** How a command ended. `output` has standard output and standard error in the order in which they were written. */
export interface CommandResult {
  readonly code: number;
  readonly output: string;
}

export interface CommandOptions {
  readonly signal?: AbortSignal | undefined;
  /** Standard input of the command; empty when absent. */
  readonly input?: string;
  readonly timeoutMs?: number;
}

const LONGEST_COMMAND_MS = 120_000;

/** Administrators' folders are searched whoever asks: FRR's and iproute2's programs lie there. */
const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Every process of a twin says whose it is, so that an administrator sees it. */
const environment = (): Readonly<Record<string, string>> => ({
  PATH,
  LC_ALL: 'C',
  AEGIS_TWIN_OWNER: String(process.pid),
});

/**
 * Runs a program with an argument list and waits for it. A program that ends with an error is a result, not an
 * exception; one that cannot be started, takes too long or is cancelled rejects.
 */
export async function runProgram(
  program: string,
  programArguments: readonly string[],
  { signal, input = '', timeoutMs = LONGEST_COMMAND_MS }: CommandOptions = {},
): Promise<CommandResult> {
  signal?.throwIfAborted();
  const result = await execa(program, programArguments, {
    input,
    all: true,
    reject: false,
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
    stripFinalNewline: false,
    extendEnv: false,
    env: environment(),
    ...(signal && { cancelSignal: signal }),
  });
  signal?.throwIfAborted();
  if (result.timedOut) throw new Error(`${program} did not end within ${Math.round(timeoutMs / 1000)} s.`);
  if (result.exitCode === undefined) {
    const why = result.signal === undefined ? (result.originalMessage ?? 'no reason was given') : result.signal;
    throw new Error(`${program} could not be run to its end: ${why}.`);
  }
  return { code: result.exitCode, output: result.all };
}

/** Namespaces of their own, with a first process that lives as long as its standard input is open. */
export interface Namespaces {
  /** Process id of the namespaces' first process, as this process sees it. */
  readonly pid: number;
  /** Runs a program inside; see `runProgram`. */
  readonly run: (programArguments: readonly string[], options?: CommandOptions) => Promise<CommandResult>;
  /** Ends every process inside and waits until they are gone. */
  readonly end: () => Promise<void>;
  /** Settles when the namespaces end, by whatever cause. */
  readonly ended: Promise<void>;
}

/**
 * What the first process does. It says its process id (the process table that it sees before it mounts its own is the
 * caller's), makes every file system read-only so that no line of a configuration can write to the host (`log file`),
 * lays empty ones over the folders that FRR writes to, makes FRR's account the one account that exists inside, and then
 * waits for the end of its input. A tmpfs over /run hides every socket of the host.
 */
const FIRST_PROCESS = `set -e
read -r pid rest </proc/self/stat
mount --make-rprivate /
mount -t proc proc /proc
while read -r id parent device root point flags rest; do
  case $point in /proc|/proc/*|/sys|/sys/*|/dev|/dev/*) continue;; esac
  kept=remount,bind,ro
  for flag in nosuid nodev noexec noatime nodiratime relatime; do
    case ",$flags," in *,$flag,*) kept=$kept,$flag;; esac
  done
  mount -o "$kept" "$(printf '%b' "$point")"
done </proc/self/mountinfo
mount -t tmpfs tmpfs /run
mkdir -p /run/netns /run/frr /run/aegis
mount -t tmpfs tmpfs /etc/frr
mount -t tmpfs tmpfs /var/tmp
sed 's/^frr:.*/frr:x:0:0::\\/:\\/bin\\/sh/' /etc/passwd >/run/aegis/passwd
sed -e 's/^frr:.*/frr:x:0:/' -e 's/^frrvty:.*/frrvty:x:0:frr/' /etc/group >/run/aegis/group
mount --bind /run/aegis/passwd /etc/passwd
mount --bind /run/aegis/group /etc/group
ip link set lo up
echo "ready $pid"
cat >/dev/null
`;

/**
 * 1024 descriptors: Node raises its own limit, and each daemon reserves memory for as many as it may open. The kernel
 * ends the namespaces when this process ends (death signal, and end of input for the moment before it is set).
 */
const START = `ulimit -n 1024
exec setpriv --pdeathsig KILL unshare --user --map-root-user --net --mount --pid --fork --kill-child sh -c "$1"`;

const FIRST_WORDS_MS = 20_000;
const END_MS = 5_000;

/** Makes namespaces: user, network, mount and process ids. Throws with what the system said when it forbids them. */
export async function makeNamespaces(signal?: AbortSignal): Promise<Namespaces> {
  signal?.throwIfAborted();
  const child = spawn('sh', ['-c', START, 'sh', FIRST_PROCESS], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: environment(),
    cwd: '/',
  });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  // Writing to a process that is gone is no error of this one: its end is seen by `ended`.
  child.stdin.on('error', () => undefined);
  const end = async (): Promise<void> => {
    child.stdin.end();
    const late = setTimeout(() => child.kill('SIGKILL'), END_MS);
    await ended;
    clearTimeout(late);
  };
  try {
    const pid = await firstWords(child, signal);
    return {
      pid,
      ended,
      end,
      run: (programArguments, options) =>
        runProgram(
          'nsenter',
          [
            `--target=${pid}`,
            '--user',
            '--mount',
            '--net',
            '--pid',
            '--preserve-credentials',
            '--',
            ...programArguments,
          ],
          options,
        ),
    };
  } catch (error) {
    await end();
    throw error;
  }
}

/** Waits until the first process says that it is ready; its process id. */
function firstWords(child: ChildProcess, signal: AbortSignal | undefined): Promise<number> {
  return new Promise((resolve, reject) => {
    let said = '';
    let complaints = '';
    const late = setTimeout(
      () => done(() => reject(new Error('The namespaces did not come up in time.'))),
      FIRST_WORDS_MS,
    );
    const onAbort = (): void => done(() => reject(signal?.reason));
    const done = (settle: () => void): void => {
      clearTimeout(late);
      signal?.removeEventListener('abort', onAbort);
      settle();
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const pid = /^ready (\d+)$/m.exec(said)?.[1];
      if (pid !== undefined) done(() => resolve(Number(pid)));
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      complaints += text;
    });
    child.once('error', (error) => done(() => reject(error)));
    child.once('close', (code) =>
      done(() =>
        reject(new Error(complaints.trim().split('\n').at(-1) || `The first process ended with code ${code}.`)),
      ),
    );
  });
}
