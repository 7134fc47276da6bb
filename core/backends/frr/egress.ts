import { networkInterfaces } from 'node:os';
import type { EgressMeasurement } from '../backend.ts';
import { TwinFailure } from './failure.ts';
import type { Inside, RouterAddress } from './inside.ts';

/** Addresses of documentation (RFC 5737, RFC 3849) stand for the world outside; the host's own stand for the host. */
const OUTSIDE = ['192.0.2.1', '198.51.100.1', '203.0.113.1', '2001:db8::1'] as const;

/** Kinds of interfaces whose both ends lie inside of the twin. */
const INSIDE_KINDS: ReadonlySet<string> = new Set(['veth', 'bridge']);

/**
 * Tries to get out. Where the twin's cables end, a connection to every address is attempted by bash, which opens the
 * socket itself: each must fail because there is no network to reach it by. Nothing is sent that way.
 */
const CONNECT = `for address; do
  said=$( (exec 3<>"/dev/tcp/$address/443") 2>&1 ) && said=connected
  case $said in *"Network is unreachable"*) ;; *) echo "$address: $said" ;; esac
done
`;

/**
 * Shows that a twin has no way out: attempts of connections where all cables end, and the kinds of interfaces in every
 * namespace.
 */
export async function measureEgress(
  inside: Inside,
  routers: readonly RouterAddress[],
  signal: AbortSignal | undefined,
): Promise<EgressMeasurement> {
  const own = Object.values(networkInterfaces()).flatMap((list) =>
    (list ?? [])
      .filter(({ internal, address }) => !internal && !address.startsWith('fe80:'))
      .map(({ address }) => address),
  );
  const addresses = [...OUTSIDE, ...own];
  const tried = await inside.run(['bash', '--norc', '--noprofile', '-c', CONNECT, 'bash', ...addresses], { signal });
  if (tried.code !== 0) throw new TwinFailure(`Ways out of the twin could not be tried: ${tried.output.trim()}`);
  const connected = tried.output.split('\n').filter((line) => line.trim() !== '');
  const script = ['', ...routers.map(({ id }) => id)]
    .map((id) => `echo "= ${id}"; ip ${id === '' ? '' : `-n ${id} `}-json -details link show`)
    .join('\n');
  const { code, output } = await inside.run(['sh', '-e'], { signal, input: script });
  if (code !== 0) throw new TwinFailure('The interfaces of the twin could not be listed.');
  return {
    method: `Inside of the twin: a TCP connection to each of ${addresses.length} addresses outside (of documentation, and this machine's own) was attempted where the twin's cables end, and had to fail for want of a network (ENETUNREACH); the ${routers.length + 1} namespaces were searched for interfaces other than loopbacks, and cables and switches with both ends inside.`,
    observed: [...connected, ...foreignInterfaces(output, routers)],
  };
}

function foreignInterfaces(output: string, routers: readonly RouterAddress[]): readonly string[] {
  const nodes = new Map(routers.map(({ id, node }) => [id, node]));
  return output
    .split(/^= /m)
    .slice(1)
    .flatMap((part) => {
      const [id = '', ...json] = part.split('\n');
      const links = JSON.parse(json.join('\n')) as readonly {
        readonly ifname: string;
        readonly link_type: string;
        readonly linkinfo?: { readonly info_kind?: string };
      }[];
      return links
        .filter(({ link_type: type, linkinfo }) => type !== 'loopback' && !INSIDE_KINDS.has(linkinfo?.info_kind ?? ''))
        .map(
          ({ ifname, linkinfo }) =>
            `the interface ${ifname} (${linkinfo?.info_kind ?? 'of the host'}) in ${nodes.get(id) ?? 'the twin'}`,
        );
    });
}
