import { describe, expect, it } from 'vitest';
import type { Change } from './change.ts';
import { textLab } from './fixtures/text-lab.ts';
import { planRollout, type Rollout } from './rollout.ts';
import { simulate } from './simulate.ts';

/** A chain of routers; each has a static route to the next hop that the letter says. */
const router = (name: string, lines: string): string => `//- ${name} frr\n${lines}`;
const changeOf = (before: string, after: string): Change => {
  const [old, now] = [textLab(before), textLab(after)];
  const devices = [...now.nodes.keys()]
    .filter((node) => old.nodes.get(node)?.config.text !== now.nodes.get(node)?.config.text)
    .map((node) => ({
      ...{ node, file: `${node}.cfg`, kind: 'changed' as const, hunks: [] },
      ...{ beforeText: old.nodes.get(node)!.config.text, afterText: now.nodes.get(node)!.config.text },
    }));
  return { source: 'folder_overlay', intent: '', before: old, after: now, devices };
};
const plan = (change: Change, most = 100): Promise<Rollout> =>
  planRollout(change, {
    before: simulate(change.before),
    after: simulate(change.after),
    compute: async (snapshot) => simulate(snapshot),
    most,
  });

const peer = (own: string, address: string, other: string, remote: string, extra = ''): string => `
interface eth1
 ip address ${address}/24
interface lo
 ip address 10.255.0.${address.slice(-1)}/32
router bgp ${own}
 no bgp ebgp-requires-policy
 neighbor ${other} remote-as ${remote}
 address-family ipv4 unicast
  network 10.255.0.${address.slice(-1)}/32
${extra} exit-address-family
`;
const links = '//- link r1:eth1 r2:eth1\n';

describe('the order of a change on several devices', () => {
  it('is lossless where each step stands by itself', async () => {
    const lab = (metric: string): string =>
      `${router('r1', peer('65001', '10.0.0.1', '10.0.0.2', '65002', metric))}${router('r2', peer('65002', '10.0.0.2', '10.0.0.1', '65001', metric))}${links}`;
    const rollout = await plan(changeOf(lab(''), lab('  neighbor 10.0.0.1 weight 10\n')));
    expect(rollout).toMatchObject({ lossless: true, exhaustive: true });
    expect(rollout.steps.map(({ node }) => node)).toEqual(['r1', 'r2']);
    expect(rollout.statesComputed).toBe(1);
  });

  it('does not exist where both ends of a session must agree', async () => {
    const lab = (as: string): string =>
      `${router('r1', peer(as, '10.0.0.1', '10.0.0.2', '65002'))}${router('r2', peer('65002', '10.0.0.2', '10.0.0.1', as))}${links}`;
    const rollout = await plan(changeOf(lab('65001'), lab('65009')));
    expect(rollout).toMatchObject({ lossless: false, exhaustive: true, statesComputed: 2 });
    expect(rollout.steps[0]?.lost.map(({ text }) => text)).toContain('r2: the BGP session with 10.0.0.1 is down.');
    expect(rollout.steps[1]?.lost).toEqual([]);
  });

  // r1 reaches 10.9.0.0/24 by way of a or of b; the new way needs b's route before r1 uses it and a drops its own.
  const moved = (step: { a: boolean; b: boolean; r: 'a' | 'b' }): string => `
//- r1 frr
interface eth1
 ip address 10.0.1.1/24
interface eth2
 ip address 10.0.2.1/24
router bgp 65000
 no bgp ebgp-requires-policy
 neighbor 10.0.1.2 remote-as 65001
 neighbor 10.0.2.2 remote-as 65002
${step.r === 'a' ? ' neighbor 10.0.2.2 shutdown\n' : ''}//- a frr
interface eth1
 ip address 10.0.1.2/24
router bgp 65001
 no bgp ebgp-requires-policy
 no bgp network import-check
 neighbor 10.0.1.1 remote-as 65000
 address-family ipv4 unicast
${step.a ? '  network 10.9.0.0/24\n' : ''} exit-address-family
//- b frr
interface eth1
 ip address 10.0.2.2/24
router bgp 65002
 no bgp ebgp-requires-policy
 no bgp network import-check
 neighbor 10.0.2.1 remote-as 65000
 address-family ipv4 unicast
${step.b ? '  network 10.9.0.0/24\n' : ''} exit-address-family
//- link r1:eth1 a:eth1
//- link r1:eth2 b:eth1
`;

  it('makes before it breaks', async () => {
    const rollout = await plan(changeOf(moved({ a: true, b: false, r: 'a' }), moved({ a: false, b: true, r: 'b' })));
    expect(rollout.lossless).toBe(true);
    expect(rollout.steps.map(({ node }) => node)).toEqual(['b', 'r1', 'a']);
  });

  it('says what it does not know when its bound is reached', async () => {
    const change = changeOf(moved({ a: true, b: false, r: 'a' }), moved({ a: false, b: true, r: 'b' }));
    const rollout = await plan(change, 1);
    expect(rollout).toMatchObject({ lossless: false, exhaustive: false, statesComputed: 1 });
    expect(rollout.steps.some(({ computed }) => !computed)).toBe(true);
  });
});
