import { describe, expect, it } from 'vitest';
import { observe } from '../../fixtures/text-lab.ts';

/** Two routers on one link; the lines are those of r2's interface and process. */
function pair(onInterface = '', inProcess = '', address = '10.0.0.2/24'): string {
  return `
//- link r1:eth1 r2:eth1
//- r1 frr
interface eth1
 ip address 10.0.0.1/24
 ip ospf area 0
router ospf
 ospf router-id 1.1.1.1
//- r2 frr
interface eth1
 ip address ${address}
 ip ospf area 0
${onInterface}
router ospf
 ospf router-id 2.2.2.2
${inProcess}
`;
}

function adjacency(text: string): string[] {
  return observe(text).state.adjacencies.map(
    ({ node, peerNode, state, detail }) => `${node} ${peerNode} ${state}${detail ? `: ${detail}` : ''}`,
  );
}

describe('an OSPF adjacency', () => {
  it('comes up on both ends alike', () => {
    expect(adjacency(pair())).toEqual(['r1 r2 up', 'r2 r1 up']);
  });

  const cases: readonly (readonly [why: string, text: string, detail: string])[] = [
    [
      'the areas differ',
      pair().replace(/area 0(?=\n\nrouter)/, 'area 1'),
      'areas differ: 0.0.0.0 on r1 eth1, 0.0.0.1 on r2 eth1',
    ],
    ['one end is passive', pair(' ip ospf passive'), 'passive on r2 eth1'],
    [
      'hellos come at another pace',
      pair(' ip ospf hello-interval 5'),
      'hello intervals differ: 10 s on r1 eth1, 5 s on r2 eth1',
    ],
    [
      'the dead intervals differ',
      pair(' ip ospf dead-interval 30'),
      'dead intervals differ: 40 s on r1 eth1, 30 s on r2 eth1',
    ],
    ['the masks differ', pair('', '', '10.0.0.2/25'), 'subnets differ: 10.0.0.1/24 on r1 eth1, 10.0.0.2/25 on r2 eth1'],
    [
      'one end authenticates',
      pair(' ip ospf authentication message-digest'),
      'authentication differs: none on r1 eth1, message-digest on r2 eth1',
    ],
    ['both ends have one router id', pair().replace('2.2.2.2', '1.1.1.1'), 'both r1 and r2 have the router id 1.1.1.1'],
    ['the area is a stub on one end', pair('', ' area 0 stub'), 'area 0.0.0.0 is normal on r1 and stub on r2'],
  ];
  for (const [why, text, detail] of cases) {
    it(`stays down when ${why}, and says so on both ends`, () => {
      expect(adjacency(text)).toEqual([`r1 r2 down: ${detail}`, `r2 r1 down: ${detail}`]);
    });
  }

  it('needs a router that can be elected', () => {
    const text = pair(' ip ospf priority 0').replace(
      'ip address 10.0.0.1/24',
      'ip address 10.0.0.1/24\n ip ospf priority 0',
    );
    expect(adjacency(text)[0]).toBe(
      'r1 r2 down: no designated router can be elected: every router here has priority 0',
    );
  });

  it('is stopped by the larger MTU, which the other end may ignore', () => {
    const eos = (one: string, two: string) => `
//- link r1:Ethernet1 r2:Ethernet1
//- r1 eos
ip routing
interface Ethernet1
 no switchport
 mtu 1500
 ip address 10.0.0.1/24
 ip ospf area 0.0.0.0
 ${one}
router ospf 1
 router-id 1.1.1.1
//- r2 eos
ip routing
interface Ethernet1
 no switchport
 mtu 9000
 ip address 10.0.0.2/24
 ip ospf area 0.0.0.0
 ${two}
router ospf 1
 router-id 2.2.2.2
`;
    expect(adjacency(eos('', ''))[0]).toBe('r1 r2 down: MTU differs: 1500 on r1 Ethernet1, 9000 on r2 Ethernet1');
    expect(adjacency(eos('', 'ip ospf mtu-ignore'))[0]).toMatch(/MTU differs/);
    expect(adjacency(eos('ip ospf mtu-ignore', ''))).toEqual(['r1 r2 up', 'r2 r1 up']);
  });

  it('says when network types let nothing pass', () => {
    const lab = observe(`${pair(' ip ospf network point-to-point')}`);
    expect(lab.state.adjacencies[0]?.state).toBe('up');
    expect(lab.state.adjacencies[0]?.detail).toMatch(/network types differ/);
  });
});
