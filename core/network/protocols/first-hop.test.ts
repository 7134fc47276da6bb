import { describe, expect, it } from 'vitest';
import type { Behaviour } from '../../config/behaviour.ts';
import { addInterface, lab, span } from '../fixtures/lab.ts';
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
