import type { ProbeResult } from '../backend.ts';
import type { PlannedProbes, ProbePoint } from './endpoints.ts';
import { TwinFailure } from './failure.ts';
import type { Inside } from './inside.ts';

/** Probes that are under way at a time: they wait more than they compute. */
const AT_ONCE = 40;

/** Packets that leave the source are answered within this time or never: there is no distance inside of a machine. */
const TRACE = 'traceroute -n -q 1 -w 0.5 -m 16 -N 16 -I';
const PING = 'ping -n -q -c 2 -i 0.2 -W 1';

/**
 * One probe: its number, the namespace, source and target. The trace's last packet is an echo request that the target
 * answers; where that did not come, ping decides. One line of output is written at once, so that lines do not mix.
 */
const PROBE = `set -f
said=$(nsenter "--net=/run/netns/$2" ${TRACE} -s "$3" "$4" 2>/dev/null)
case $said in
  *" $4  "*) answered=trace ;;
  *) nsenter "--net=/run/netns/$2" ${PING} -I "$3" "$4" >/dev/null 2>&1; answered=$? ;;
esac
echo "$1 $answered" $said
`;

/** What was probed, and how, one sentence. */
export const probeMethod = ({ unplaced }: PlannedProbes): string =>
  `Echo requests with a growing hop limit (traceroute by ICMP), and again by ping where the target did not answer, were sent through the twin between the loopbacks of its routers and between the ends of the traffic that aegis.yml declares.${
    unplaced.length === 0
      ? ''
      : ` Nothing was sent to or from ${unplaced.join(', ')}: the lab has no subnet on which a host of that address could stand.`
  }`;

/** Hops of what traceroute says on one line: `1 10.0.0.1 0.05 ms 2 * 3 10.0.0.9 0.08 ms !N`. */
const HOP = /(?<= )(\d+) (\*|[0-9a-fA-F.:]+)(?: [\d.]+ ms)?( ![A-Z<>\d-]+)?(?= |$)/g;

/** Sends packets between the points of a twin; `netnsOf` gives the namespace in which a point lies. */
export async function probe(
  inside: Inside,
  { pairs }: PlannedProbes,
  netnsOf: (point: ProbePoint) => string,
  signal: AbortSignal | undefined,
): Promise<readonly ProbeResult[]> {
  if (pairs.length === 0) return [];
  const { code, output } = await inside.run(['xargs', '-P', String(AT_ONCE), '-n', '4', 'sh', '-c', PROBE, 'sh'], {
    signal,
    input: pairs.map(([from, to], at) => `${at} ${netnsOf(from)} ${from.address} ${to.address}\n`).join(''),
  });
  if (code !== 0) throw new TwinFailure(`Packets could not be sent in the twin: ${output.trim().split('\n').at(-1)}`);
  const answers = new Map(
    output.split('\n').map((line) => {
      const [number, answered] = line.split(' ');
      return [number, { answered, hops: line.slice(line.indexOf(' packets ')) }];
    }),
  );
  return pairs
    .flatMap(([from, to], at): readonly ProbeResult[] => {
      const answer = answers.get(String(at));
      // A probe without an answer line was not carried out: that is not the same as a packet that was lost.
      if (!answer) return [];
      const hops = [...answer.hops.matchAll(HOP)].map(([, , address = '*', refused]) => ({ address, refused }));
      const last = hops.findIndex(({ address }) => address === to.address);
      // Behind the last hop that said anything nothing is known.
      const known = last >= 0 ? last : hops.findLastIndex(({ address }) => address !== '*');
      return [
        {
          from: from.node,
          source: from.address,
          to: to.node,
          target: to.address,
          reached: (answer.answered === 'trace' && last >= 0 && !hops[last]?.refused) || answer.answered === '0',
          path: hops.slice(0, known + 1).map(({ address }) => address),
        },
      ];
    })
    .sort((a, b) => compare(a.from, b.from) || compare(a.to, b.to) || compare(a.target, b.target));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
