import { describe, expect, it } from 'vitest';
import { parseIp } from '../config/address.ts';
import { observe, textLab } from './fixtures/text-lab.ts';
import { Forwarding } from './forwarding/forwarding.ts';
import { startOf, trace } from './forwarding/trace.ts';
import { simulate } from './simulate.ts';

const router = (name: string, own: string, asn: number, peer: string, peerAs: number, network: string) => `
//- ${name} ios
interface Loopback0
 ip address ${network} 255.255.255.255
interface GigabitEthernet1
 ip address ${own} 255.255.255.252
 no shutdown
router bgp ${asn}
 bgp router-id ${network}
 neighbor ${peer} remote-as ${peerAs}
 network ${network} mask 255.255.255.255
`;
const routers = (asn: number) =>
  router('a', '10.0.1.2', 65002, '10.0.1.1', asn, '192.0.2.2') +
  router('b', '10.0.2.2', 3, '10.0.2.1', asn, '192.0.2.3');

const PANOS = `
//- fw panos
set network interface ethernet ethernet1/1 layer3 ip 10.0.1.1/30
set network interface ethernet ethernet1/2 layer3 ip 10.0.2.1/30
set network interface loopback units loopback.1 ip 192.0.2.1/32
set network virtual-router default interface [ ethernet1/1 ethernet1/2 loopback.1 ]
set network virtual-router default protocol bgp enable yes
set network virtual-router default protocol bgp local-as 65001
set network virtual-router default protocol bgp router-id 192.0.2.1
set network virtual-router default protocol bgp peer-group A type ebgp
set network virtual-router default protocol bgp peer-group A peer a peer-as 65002
set network virtual-router default protocol bgp peer-group A peer a peer-address ip 10.0.1.2
set network virtual-router default protocol bgp peer-group B type ebgp
set network virtual-router default protocol bgp peer-group B peer b peer-as 3
set network virtual-router default protocol bgp peer-group B peer b peer-address ip 10.0.2.2
`;
const REDISTRIBUTED = `
set network virtual-router default protocol redist-profile LOOP filter type connect
set network virtual-router default protocol redist-profile LOOP filter destination 192.0.2.1/32
set network virtual-router default protocol redist-profile LOOP priority 1
set network virtual-router default protocol redist-profile LOOP action redist
set network virtual-router default protocol bgp redist-rules LOOP set-origin igp
`;
const panos = (...more: string[]) => observe(`${routers(65001)}${PANOS}${more.join('\n')}\n`);
const rules = 'set network virtual-router default protocol bgp policy';

describe('A PAN-OS firewall', () => {
  it('passes everything on without rules, and takes a path of private AS numbers out', () => {
    expect(panos().paths('b', '192.0.2.2/32')).toEqual(['> 10.0.2.1 [65001] 100 0']);
    expect(panos().paths('a', '192.0.2.3/32')).toEqual(['> 10.0.1.1 [65001 3] 100 0']);
  });

  it('takes and sends only what a rule of the group allows', () => {
    const out = panos(
      `${rules} export rules NONE used-by B`,
      `${rules} export rules NONE match address-prefix 192.0.2.0/24 exact yes`,
      `${rules} export rules NONE action allow`,
    );
    expect(out.paths('b', '192.0.2.2/32')).toEqual([]);
    expect(out.paths('a', '192.0.2.3/32')).toHaveLength(1);
    const refused = panos(`${rules} import rules NO used-by A`, `${rules} import rules NO action deny`);
    expect(refused.routes('fw')).toEqual(['192.0.2.3/32 ebgp 20/0 10.0.2.2@ethernet1/2']);
  });

  it('redistributes what a profile takes, and nothing else', () => {
    expect(panos().routes('a')).toEqual(['192.0.2.3/32 ebgp 20/0 10.0.1.1@GigabitEthernet1']);
    expect(panos(REDISTRIBUTED).routes('a')).toEqual([
      '192.0.2.1/32 ebgp 20/0 10.0.1.1@GigabitEthernet1',
      '192.0.2.3/32 ebgp 20/0 10.0.1.1@GigabitEthernet1',
    ]);
  });

  it('speaks OSPF with the cost 10', () => {
    const { state } = observe(`
//- fw panos
set network interface ethernet ethernet1/1 layer3 ip 10.0.1.1/30
set network interface ethernet ethernet1/2 layer3 ip 10.0.2.1/30
set network virtual-router default interface [ ethernet1/1 ethernet1/2 ]
set network virtual-router default protocol ospf enable yes
set network virtual-router default protocol ospf router-id 192.0.2.1
set network virtual-router default protocol ospf area 0.0.0.0 interface ethernet1/1 enable yes
set network virtual-router default protocol ospf area 0.0.0.0 interface ethernet1/2 passive yes
//- a ios
interface GigabitEthernet1
 ip address 10.0.1.2 255.255.255.252
 no shutdown
router ospf 1
 router-id 192.0.2.2
 network 10.0.0.0 0.255.255.255 area 0
`);
    const routes = state.nodes.get('a')?.get('default')?.routes ?? [];
    expect(routes.filter(({ protocol }) => protocol === 'ospf')).toMatchObject([{ prefix: '10.0.2.0/30', metric: 11 }]);
  });

  it('never has a packet called permitted that its rules decide about', () => {
    const snapshot = textLab(`${routers(65001)}${PANOS}`);
    const forwarding = new Forwarding(snapshot, simulate(snapshot));
    const start = startOf(forwarding, 'a', undefined, 4);
    const destination = parseIp('10.0.2.2');
    const route = 'ip route 10.0.2.0 255.255.255.252 10.0.1.1@GigabitEthernet1';
    expect(route).toBeDefined();
    if ('problem' in start || !destination) throw new Error('no start');
    const target = parseIp('192.0.2.3');
    if (!target) throw new Error('no address');
    const { paths } = trace(forwarding, start.place, { destination: target });
    expect(paths.map(({ disposition }) => disposition)).toEqual(['unknown']);
    expect(paths[0]?.hops.at(-1)?.reasons.at(-1)?.text).toContain('the rules of the firewall');
  });
});

const GAIA = `
//- fw gaia
set as 65001
set router-id 192.0.2.1
set interface eth1 ipv4-address 10.0.1.1 mask-length 30
set interface eth2 ipv4-address 10.0.2.1 mask-length 30
set interface loop00 ipv4-address 192.0.2.1 mask-length 32
set bgp external remote-as 65002 on
set bgp external remote-as 65002 peer 10.0.1.2 on
set bgp external remote-as 3 on
set bgp external remote-as 3 peer 10.0.2.2 on
`;
const gaia = (...more: string[]) => observe(`${routers(65001)}${GAIA}${more.join('\n')}\n`);

describe('A Check Point gateway', () => {
  it('takes nothing and announces nothing that no line accepts', () => {
    expect(gaia().routes('fw')).toEqual([]);
    expect(gaia().routes('a')).toEqual([]);
  });

  it('announces what a route map chooses among all active routes', () => {
    const lab = gaia(
      'set bgp external remote-as 65002 export-routemap OUT preference 1 on',
      'set routemap OUT id 1 on',
      'set routemap OUT id 1 allow',
      'set routemap OUT id 1 match protocol direct',
      'set routemap OUT id 1 match interface loop00 on',
    );
    expect(lab.routes('a')).toEqual(['192.0.2.1/32 ebgp 20/0 10.0.1.1@GigabitEthernet1']);
  });

  it('takes what an inbound filter accepts, and redistributes by AS', () => {
    const lab = gaia(
      'set inbound-route-filter bgp-policy 512 based-on-as as 3 on',
      'set inbound-route-filter bgp-policy 512 accept-all-ipv4',
      'set route-redistribution to bgp-as 65002 from bgp-as-number 3 all-ipv4-routes on',
      'set route-redistribution to bgp-as 65002 from interface loop00 metric 7',
    );
    expect(lab.routes('fw')).toEqual(['192.0.2.3/32 ebgp 170/0 10.0.2.2@eth2']);
    expect(lab.routes('a')).toEqual([
      '192.0.2.1/32 ebgp 20/7 10.0.1.1@GigabitEthernet1',
      '192.0.2.3/32 ebgp 20/0 10.0.1.1@GigabitEthernet1',
    ]);
  });
});

const FORTIOS = (more: string) => `
//- fw fortios
config system interface
    edit "port1"
        set ip 10.0.1.1 255.255.255.252
    next
    edit "port2"
        set ip 10.0.2.1 255.255.255.252
    next
    edit "lo1"
        set ip 192.0.2.1 255.255.255.255
        set type loopback
    next
end
${more}
`;

describe('A FortiGate', () => {
  it('passes routes on by its route maps, and its networks', () => {
    const lab = observe(
      `${routers(65001)}${FORTIOS(`
config router prefix-list
    edit "B"
        config rule
            edit 1
                set prefix 192.0.2.3 255.255.255.255
            next
        end
    next
end
config router route-map
    edit "IN"
        config rule
            edit 1
                set match-ip-address "B"
                set set-local-preference 150
            next
        end
    next
end
config router bgp
    set as 65001
    config neighbor
        edit "10.0.1.2"
            set remote-as 65002
        next
        edit "10.0.2.2"
            set remote-as 3
            set route-map-in "IN"
        next
    end
    config network
        edit 1
            set prefix 192.0.2.1 255.255.255.255
        next
    end
end`)}`,
    );
    expect(lab.paths('fw', '192.0.2.3/32')).toEqual(['> 10.0.2.2 [3] 150 0']);
    expect(lab.routes('a')).toEqual([
      '192.0.2.1/32 ebgp 20/0 10.0.1.1@GigabitEthernet1',
      '192.0.2.3/32 ebgp 20/0 10.0.1.1@GigabitEthernet1',
    ]);
  });

  it('speaks OSPF where a network holds an address, and redistributes what is switched on', () => {
    const { state } = observe(`${FORTIOS(`
config router static
    edit 1
        set dst 198.51.100.0 255.255.255.0
        set gateway 10.0.2.2
        set device "port2"
    next
end
config router ospf
    set router-id 192.0.2.1
    config area
        edit 0.0.0.0
        next
    end
    config network
        edit 1
            set prefix 10.0.1.0 255.255.255.0
            set area 0.0.0.0
        next
        edit 2
            set prefix 192.0.2.1 255.255.255.255
            set area 0.0.0.0
        next
    end
    config redistribute "static"
        set status enable
    end
    config redistribute "connected"
    end
end`)}
//- a ios
interface GigabitEthernet1
 ip address 10.0.1.2 255.255.255.252
 no shutdown
router ospf 1
 router-id 192.0.2.2
 network 10.0.0.0 0.255.255.255 area 0
`);
    const routes = state.nodes.get('a')?.get('default')?.routes ?? [];
    expect(
      routes
        .filter(({ protocol }) => protocol.startsWith('ospf'))
        .map((route) => `${route.prefix} ${route.protocol} ${route.metric}`),
    ).toEqual(['192.0.2.1/32 ospf 2', '198.51.100.0/24 ospf-e2 10']);
  });
});
