import { describe, expect, it } from 'vitest';
import type { Behaviour } from '../../config/behaviour.ts';
import { addInterface, lab, span } from '../fixtures/lab.ts';
import { observe } from '../fixtures/text-lab.ts';
import { simulate } from '../simulate.ts';

type Which = NonNullable<Behaviour['firstHopRoutes']>;

/** Two routers of one group on a wire; r2 has the higher address. */
const pair = (protocol: 'hsrp' | 'vrrp', firstHopRoutes: Which | undefined, priority?: number) => {
  const group = (own?: number) => ({
    protocol,
    group: 10,
    span: span(),
    addresses: [{ value: '10.0.0.254', span: span() }],
    ...(own !== undefined && { priority: { value: own, span: span() } }),
  });
  const state = simulate(
    lab(
      {
        r1: (device) => addInterface(device, 'eth1', ['10.0.0.1/24'], { firstHop: [group(priority)] }),
        r2: (device) => addInterface(device, 'eth1', ['10.0.0.2/24'], { firstHop: [group()] }),
      },
      { links: ['r1:eth1 r2:eth1'], behaviour: firstHopRoutes ? { firstHopRoutes } : {} },
    ),
  );
  return ['r1', 'r2'].filter((node) =>
    state.nodes
      .get(node)
      ?.get('default')
      ?.routes.some((route) => route.prefix === '10.0.0.254/32'),
  );
};

describe('the host route of a virtual address', () => {
  it('is listed where the system lists it', () => {
    expect(pair('hsrp', undefined)).toEqual([]);
    expect(pair('hsrp', { hsrp: 'members' })).toEqual(['r1', 'r2']);
  });

  it('is with the member that answers: highest priority, then highest address', () => {
    expect(pair('vrrp', { vrrp: 'active' })).toEqual(['r2']);
    expect(pair('vrrp', { vrrp: 'active' }, 120)).toEqual(['r1']);
  });
});

describe('A tracked object that is down', () => {
  const router = (name: string, host: number, lines: readonly string[]) => `
//- ${name} nxos
feature vrrp
track 1 interface Ethernet1/2 line-protocol
track 2 ip route 10.9.0.0/16 reachability
track 3 list boolean or
  object 1
  object 1 not
interface Ethernet1/1
  no switchport
  no shutdown
  ip address 10.0.0.${host}/24
  vrrpv3 1 address-family ipv4
    address 10.0.0.254
${lines.map((line) => `    ${line}`).join('\n')}
interface Ethernet1/2
  no switchport
  ip address 10.${host}.0.1/24
  shutdown
`;
  const lab = (...lines: string[]) => observe(router('r1', 1, lines) + router('r2', 2, []));
  const holders = ({ state }: ReturnType<typeof observe>) =>
    ['r1', 'r2'].filter((node) =>
      state.nodes
        .get(node)
        ?.get('default')
        ?.routes.some(({ prefix }) => prefix === '10.0.0.254/32'),
    );

  it.each([
    [['priority 110'], 'r1'],
    [['priority 110', 'object-track 1 decrement 20'], 'r2'],
    [['priority 110', 'object-track 1 decrement 5'], 'r1'],
    [['priority 110', 'object-track 3 decrement 20'], 'r1'],
    [['priority 110', 'track interface Ethernet1/2 priority 20'], 'r2'],
    [['priority 110', 'object-track 1 shutdown'], 'r2'],
    [['priority 110', 'shutdown'], 'r2'],
  ])('lowers the priority as the lines say: %j', (lines, wanted) => {
    expect(holders(lab(...lines))).toEqual([wanted]);
  });

  it('that hangs on a route is taken to be up, and said', () => {
    const { state } = lab('priority 110', 'object-track 2 decrement 20');
    expect(state.caveats.map(({ text }) => text)).toContain(
      'Group 1 on Ethernet1/1 depends on 2, which is taken to be up.',
    );
  });
});
