import type { ProbeResult } from '../backend.ts';
import { inTurns } from './in-turns.ts';
import type { Inside, RouterAddress } from './inside.ts';

/** A router and the address by which it is probed, usually that of its loopback. */
export interface Probed {
  readonly router: RouterAddress;
  readonly address: string;
}

/** Pairs that are probed at most: beyond, each router probes its neighbours in the list. */
const MOST_PAIRS = 240;

/** Packets that leave the source are answered within this time or never: there is no distance inside of a machine. */
const PING = 'ping -n -q -c 2 -i 0.2 -W 1';
const TRACE = 'traceroute -n -q 1 -w 0.5 -m 16 -N 16 -I';

const COMMANDS = `source=$1
shift
for target; do
  (
    ${PING} -I "$source" "$target" >/dev/null 2>&1
    result=$?
    path=$(${TRACE} -s "$source" "$target" 2>/dev/null | tail -n +2 | awk '{printf "%s ", $2}')
    echo "$target $result $path"
  ) &
done
wait
`;

/** Who probes whom: everybody everybody, or in a large lab each the next few of the list. */
export function probePairs(list: readonly Probed[]): ReadonlyMap<Probed, readonly Probed[]> {
  const all = list.length * (list.length - 1);
  const each = all <= MOST_PAIRS ? list.length - 1 : Math.max(1, Math.floor(MOST_PAIRS / list.length));
  return new Map(
    list.map((from, at) => {
      const same = (to: Probed): boolean => to.address.includes(':') === from.address.includes(':');
      const others = Array.from({ length: each }, (_, step) => list[(at + 1 + step) % list.length] as Probed);
      return [from, others.filter((to) => to.router.node !== from.router.node && same(to))];
    }),
  );
}

/** Sends packets between routers: echo requests, and a trace of the way that they take. */
export async function probe(
  inside: Inside,
  list: readonly Probed[],
  signal: AbortSignal | undefined,
): Promise<readonly ProbeResult[]> {
  const results: ProbeResult[] = [];
  await inTurns([...probePairs(list)], 3, async ([from, targets]) => {
    if (targets.length === 0) return;
    const { output } = await inside.run(
      [
        'nsenter',
        `--net=/run/netns/${from.router.id}`,
        'sh',
        '-c',
        COMMANDS,
        'sh',
        from.address,
        ...targets.map(({ address }) => address),
      ],
      { signal },
    );
    const answers = new Map(
      output
        .split('\n')
        .map((line) => line.trim().split(' '))
        .map(([address = '', code = '', ...path]) => [address, { reached: code === '0', path }]),
    );
    for (const to of targets) {
      const answer = answers.get(to.address);
      // A probe without an answer line was not carried out: that is not the same as a packet that was lost.
      if (!answer) continue;
      results.push({
        from: from.router.node,
        source: from.address,
        to: to.router.node,
        target: to.address,
        reached: answer.reached,
        path: answer.path.filter((hop) => hop !== ''),
      });
    }
  });
  return results.sort((a, b) => compare(a.from, b.from) || compare(a.to, b.to) || compare(a.target, b.target));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
