import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseIp } from '../config/address.ts';
import { textLab } from './fixtures/text-lab.ts';
import { simulate } from './simulate.ts';
import { toSimulateJson } from './simulate-json.ts';
import type { Snapshot } from './snapshot.ts';
import type { NetworkState } from './state.ts';
import { stateHash } from './state-hash.ts';

interface Router {
  readonly asn: number;
  readonly policy: 'none' | 'prefer' | 'filter' | 'prepend' | 'community';
  readonly redistributes: boolean;
  readonly nextHopSelf: boolean;
  readonly statics: readonly { readonly prefix: number; readonly via: number }[];
  readonly shutLink: boolean;
}

interface Net {
  readonly routers: readonly Router[];
  /** Pairs of routers, by number; one more between the same two is a second link. */
  readonly links: readonly (readonly [number, number])[];
}

const router: fc.Arbitrary<Router> = fc.record({
  asn: fc.integer({ min: 65001, max: 65004 }),
  policy: fc.constantFrom('none', 'none', 'prefer', 'filter', 'prepend', 'community'),
  redistributes: fc.boolean(),
  nextHopSelf: fc.boolean(),
  statics: fc.array(fc.record({ prefix: fc.integer({ min: 0, max: 3 }), via: fc.integer({ min: 0, max: 5 }) }), {
    maxLength: 3,
  }),
  shutLink: fc.boolean(),
});

const net: fc.Arbitrary<Net> = fc.integer({ min: 2, max: 6 }).chain((size) =>
  fc.record({
    routers: fc.array(router, { minLength: size, maxLength: size }),
    links: fc.array(
      fc.tuple(fc.nat({ max: size - 1 }), fc.nat({ max: size - 1 })).filter(([a, b]) => a !== b),
      { minLength: 1, maxLength: 8 },
    ),
  }),
);

const POLICIES: Readonly<Record<Router['policy'], string>> = {
  none: '',
  prefer: 'route-map RM permit 10\n set local-preference 200\n',
  filter: 'ip prefix-list PL permit 192.0.2.0/24 le 32\nroute-map RM permit 10\n match ip address prefix-list PL\n',
  prepend: 'route-map RM permit 10\n set as-path prepend 64999 64999\n',
  community: 'route-map RM permit 10\n set community 65000:1 no-export additive\n',
};

const named = (at: number): string => `r${at + 1}`;

/** The network as configurations, with the routers called what `name` says. */
function text({ routers, links }: Net, name: (at: number) => string = named): string {
  const ports = routers.map((): string[] => []);
  const sessions = routers.map((): string[] => []);
  const declared = links.map(([a, b], at) => {
    const ends = [
      { own: a, other: b, address: `10.0.${at}.0`, peer: `10.0.${at}.1` },
      { own: b, other: a, address: `10.0.${at}.1`, peer: `10.0.${at}.0` },
    ];
    const names = ends.map(({ own, other, address, peer }) => {
      const port = `eth${ports[own]?.length ?? 0}`;
      const shut = routers[own]?.shutLink && (ports[own]?.length ?? 0) === 1 ? ' shutdown\n' : '';
      ports[own]?.push(`interface ${port}\n ip address ${address}/31\n${shut}`);
      const self = routers[own]?.nextHopSelf ? `  neighbor ${peer} next-hop-self\n` : '';
      const map = routers[own]?.policy === 'none' ? '' : `  neighbor ${peer} route-map RM in\n`;
      sessions[own]?.push(
        ` neighbor ${peer} remote-as ${routers[other]?.asn}\n address-family ipv4 unicast\n${self}${map} exit-address-family\n`,
      );
      return `${name(own)}:${port}`;
    });
    return `//- link ${names[0]} ${names[1]}`;
  });
  const configs = routers.map(({ asn, policy, redistributes, statics }, at) => {
    const routes = statics.map(
      ({ prefix, via }) => `ip route 198.51.${prefix}.0/24 ${via === 5 ? 'Null0' : `10.0.${via}.1`}\n`,
    );
    return `//- ${name(at)} frr
interface lo
 ip address 192.0.2.${at + 1}/32
${ports[at]?.join('')}${routes.join('')}${POLICIES[policy]}router bgp ${asn}
 bgp router-id 192.0.2.${at + 1}
 no bgp ebgp-requires-policy
 address-family ipv4 unicast
  network 192.0.2.${at + 1}/32
${redistributes ? '  redistribute static\n' : ''} exit-address-family
${sessions[at]?.join('') ?? ''}`;
  });
  return [...declared, ...configs].join('\n');
}

const bytes = (state: NetworkState): string => JSON.stringify(toSimulateJson(state));
const shuffled = (lab: Snapshot, order: readonly number[]): Snapshot => ({
  ...lab,
  nodes: new Map(order.flatMap((at) => [...lab.nodes].slice(at, at + 1))),
  links: [...lab.links].reverse(),
});

const RUNS = { numRuns: 40 };

describe('for any network', () => {
  it('the same lab gives the same bytes, in whatever order its devices and links are listed', () => {
    fc.assert(
      fc.property(net, fc.context(), (made, log) => {
        const lab = textLab(text(made));
        log.log(text(made));
        const once = simulate(lab);
        const order = made.routers.map((_, at) => at).reverse();
        expect(bytes(simulate(lab))).toBe(bytes(once));
        expect(bytes(simulate(shuffled(lab, order)))).toBe(bytes(once));
        expect(stateHash(simulate(shuffled(lab, order)))).toBe(stateHash(once));
      }),
      RUNS,
    );
  });

  it('what its devices are called changes nothing', () => {
    fc.assert(
      fc.property(net, (made) => {
        // Names in the opposite order, of the same length.
        const other = (at: number): string => `z${9 - at}`;
        const renamed = bytes(simulate(textLab(text(made, other))));
        const back = made.routers.reduce((json, _, at) => json.replaceAll(`"${other(at)}"`, `"${named(at)}"`), renamed);
        const [a, b] = [JSON.parse(back), JSON.parse(bytes(simulate(textLab(text(made)))))];
        expect(a.nodes).toEqual(b.nodes);
      }),
      RUNS,
    );
  });

  it('a device without links changes nothing for the others', () => {
    fc.assert(
      fc.property(net, (made) => {
        const more = `${text(made)}\n//- alone frr\ninterface eth0\n ip address 10.99.0.1/24\nrouter bgp 65099\n`;
        const { alone, ...others } = JSON.parse(bytes(simulate(textLab(more)))).nodes;
        expect(alone).toBeDefined();
        expect(others).toEqual(JSON.parse(bytes(simulate(textLab(text(made))))).nodes);
      }),
      RUNS,
    );
  });

  it('a session is up at both ends or at none, and one that is down says why', () => {
    fc.assert(
      fc.property(net, (made) => {
        const { sessions } = simulate(textLab(text(made)));
        for (const session of sessions) {
          const far = sessions.filter((other) => other.node === session.peerNode && other.peerNode === session.node);
          if (session.state === 'established') expect(far.some((other) => other.state === 'established')).toBe(true);
          else expect(session.reason?.text).toBeTruthy();
        }
        const up = sessions.filter((session) => session.state === 'established');
        const between = (a: string, b: string | null) =>
          up.filter((one) => one.node === a && one.peerNode === b).length;
        for (const { node, peerNode } of up) expect(between(node, peerNode)).toBe(between(peerNode as string, node));
      }),
      RUNS,
    );
  });

  it('no active route has a next hop that leads nowhere', () => {
    fc.assert(
      fc.property(net, (made) => {
        const { nodes } = simulate(textLab(text(made)));
        for (const vrfs of nodes.values()) {
          for (const { routes } of vrfs.values()) {
            const attached = routes.filter((route) => route.protocol === 'connected').map((route) => route.prefix);
            const prefixes = new Set(routes.map((route) => route.prefix));
            for (const route of routes) {
              expect(route.nextHops.length).toBeGreaterThan(0);
              for (const hop of route.nextHops) {
                if (hop.drop || (hop.interface !== null && hop.ip === null)) continue;
                const ip = parseIp(hop.ip ?? '');
                expect(ip).toBeDefined();
                // Every address here is in a /31 of its link or reached by a longer route.
                const link = `${(hop.ip ?? '').replace(/\.\d+$/, '.0')}/31`;
                if (hop.interface !== null) expect(attached).toContain(link);
                else expect([...prefixes].some((prefix) => covers(prefix, hop.ip ?? ''))).toBe(true);
              }
            }
          }
        }
      }),
      RUNS,
    );
  });
});

/** Whether an IPv4 prefix holds an address. */
function covers(prefix: string, address: string): boolean {
  const [network = '', length = '0'] = prefix.split('/');
  const [a, b] = [parseIp(network)?.words[0] ?? 0, parseIp(address)?.words[0] ?? 0];
  const shift = 32 - Number(length);
  return shift === 32 || a >>> shift === b >>> shift;
}
