import { availableMemoryMb, exists } from './files.ts';
import { makeNamespaces, runProgram } from './process.ts';

/** What a machine has for twins of FRR daemons. */
export interface FrrHost {
  /** Version of FRR, such as 8.4.4. */
  readonly version: string;
  /** Programs and the kernel with their versions, for the evidence. */
  readonly components: readonly { readonly name: string; readonly version: string }[];
}

/** What a twin needs, and what to do where it is missing. */
const NEEDED: readonly { readonly files: readonly string[]; readonly remedy: string }[] = [
  {
    files: ['/usr/lib/frr/zebra', '/usr/lib/frr/bgpd', '/usr/bin/vtysh'],
    remedy: 'FRR is not installed; install the package frr (apt-get install frr)',
  },
  {
    files: ['/usr/sbin/ip', '/sbin/ip', '/bin/ip'],
    remedy: 'the program ip is not installed; install the package iproute2 (apt-get install iproute2)',
  },
  {
    files: ['/usr/bin/unshare', '/bin/unshare'],
    remedy: 'the program unshare is not installed; install the package util-linux',
  },
];

/** Finds out whether twins can be made here. The sentence says why not, and what to do. */
export async function findFrr(signal?: AbortSignal): Promise<FrrHost | { readonly obstacle: string }> {
  if (process.platform !== 'linux') return { obstacle: `FRR twins need Linux; this system is ${process.platform}.` };
  for (const { files, remedy } of NEEDED) {
    const all = remedy.startsWith('FRR');
    const there = await Promise.all(files.map(exists));
    if (all ? there.includes(false) : !there.includes(true)) return { obstacle: `${capital(remedy)}.` };
  }
  try {
    const namespaces = await makeNamespaces(signal);
    try {
      const kernel = (await namespaces.run(['uname', '-sr'], { signal })).output.trim();
      const frr = versionIn((await runProgram('/usr/lib/frr/bgpd', ['--version'], { signal })).output);
      const ip = versionIn((await runProgram('ip', ['-V'], { signal })).output.replace('iproute2-', ''));
      return {
        version: frr,
        components: [
          { name: 'FRR', version: frr },
          { name: 'iproute2', version: ip },
          { name: kernel.split(' ')[0] ?? 'kernel', version: kernel.split(' ')[1] ?? 'unknown' },
        ],
      };
    } finally {
      await namespaces.end();
    }
  } catch (error) {
    signal?.throwIfAborted();
    const said = error instanceof Error ? error.message : String(error);
    return {
      obstacle: `This system does not let an ordinary account make namespaces (${said.replace(/\.$/, '')}). Allow unprivileged user namespaces (sysctl kernel.unprivileged_userns_clone, user.max_user_namespaces, kernel.apparmor_restrict_unprivileged_userns), or use the simulator.`,
    };
  }
}

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

const versionIn = (text: string): string => /\d+\.\d+[\w.+~-]*/.exec(text)?.[0].replace(/\.$/, '') ?? 'unknown';

/** Routers that one twin holds at most: beyond, polling them takes longer than the network needs to settle. */
export const MOST_ROUTERS = 250;

/** Memory of a router with its daemons, as measured (17 to 22 MB), and what must be left for everything else. */
const MB_PER_ROUTER = 24;
const MB_SPARE = 256;

/** Why a lab of that size does not fit here; undefined when it does. */
export async function doesNotFit(
  lab: string,
  routers: number,
  memoryMb: () => Promise<number | undefined> = availableMemoryMb,
): Promise<string | undefined> {
  if (routers > MOST_ROUTERS)
    return `The lab ${lab} has ${routers} devices, and a twin of FRR daemons holds at most ${MOST_ROUTERS}. Test it on the simulator (--backend simulator), or a part of it here.`;
  const needed = routers * MB_PER_ROUTER + MB_SPARE;
  const available = await memoryMb();
  if (available !== undefined && available < needed)
    return `The twin of ${lab} needs about ${needed} MB of memory for ${routers} ${routers === 1 ? 'device' : 'devices'}, and ${available} MB are free. Free some, or test the lab on the simulator (--backend simulator).`;
  return undefined;
}
