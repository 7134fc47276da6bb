import { describe, expect, it } from 'vitest';
import { diffStates } from '../network/diff-states.ts';
import { simulate } from '../network/simulate.ts';
import { changeOf, type LabText } from '../orchestrator/fixtures/lab.ts';
import { decideAuthority } from './authority.ts';
import { isCore } from './change-class.ts';
import { isCosmetic } from './effect-of-lines.ts';
import type { RiskInputs } from './inputs.ts';
import { settingsLeftOut } from './not-simulated.ts';
import { decideRisk } from './tier.ts';

async function inputsOf(lab: LabText, texts: Readonly<Record<string, string>>): Promise<RiskInputs> {
  const { before, after, devices } = await changeOf(lab, texts);
  const [stateBefore, stateAfter] = [simulate(before), simulate(after)];
  return { before, after, devices, stateBefore, stateAfter, diff: diffStates(stateBefore, stateAfter) };
}

/** The change of r1 by text replacement. */
async function risk(lab: LabText, from: string, to: string, node = 'r1') {
  const text = lab.configs[node] ?? '';
  expect(text).toContain(from);
  const inputs = await inputsOf(lab, { [node]: text.replace(from, to) });
  const decided = decideRisk(inputs);
  return {
    tier: decided.tier,
    rules: decided.rules.filter(({ applies }) => applies).map(({ id }) => id),
    facts: decided.rules.flatMap(({ inputs: facts }) => facts),
    authority: decideAuthority(inputs, decided),
    inputs,
  };
}

const router = (name: string, address: string, peer: string, asn: number, peerAsn: number, more = '') =>
  `frr version 8.4\nhostname ${name}\ninterface eth1\n description link\n ip address ${address}/31\nexit\ninterface eth2\n ip address 10.${asn % 100}.0.1/24\nexit\nrouter bgp ${asn}\n no bgp ebgp-requires-policy\n neighbor ${peer} remote-as ${peerAsn}\n neighbor 203.0.113.9 remote-as 64999\n address-family ipv4 unicast\n  network 10.${asn % 100}.0.0/24\n exit-address-family\nexit\nip route 10.99.0.0/16 ${peer}\n${more}`;

const pair: LabText = {
  configs: {
    r1: router('r1', '10.0.0.0', '10.0.0.1', 65001, 65002),
    r2: router('r2', '10.0.0.1', '10.0.0.0', 65002, 65001),
  },
  links: ['r1:eth1 r2:eth1', 'r1:eth2', 'r2:eth2'],
};
/** Without the neighbour that is outside of the lab. */
const closed: LabText = {
  ...pair,
  configs: Object.fromEntries(
    Object.entries(pair.configs).map(([name, text]) => [
      name,
      text.replace(' neighbor 203.0.113.9 remote-as 64999\n', ''),
    ]),
  ),
};

describe('the risk of a change', () => {
  it('is low for a description, and nobody need watch', async () => {
    const { tier, rules, authority, inputs } = await risk(pair, 'description link', 'description core link');
    expect({ tier, rules, effective: authority.effective }).toEqual({ tier: 'low', rules: [], effective: 'AUTO' });
    const [change] = inputs.devices;
    expect(
      change && isCosmetic(change, inputs.before.nodes.get('r1')?.config, inputs.after.nodes.get('r1')?.config),
    ).toBe(true);
  });

  it('is low for a route that is added, with a human watching', async () => {
    const { tier, authority } = await risk(
      closed,
      'ip route 10.99.0.0/16 10.0.0.1\n',
      'ip route 10.99.0.0/16 10.0.0.1\nip route 10.98.0.0/16 10.0.0.1\n',
    );
    expect({ tier, effective: authority.effective }).toEqual({ tier: 'low', effective: 'HOTL' });
  });

  it.each([
    ['a removed route', 'ip route 10.99.0.0/16 10.0.0.1\n', '', 'medium', 'routes-removed'],
    [
      'a moved route',
      'ip route 10.99.0.0/16 10.0.0.1\n',
      'ip route 10.99.0.0/16 10.1.0.7\n',
      'medium',
      'best-paths-moved',
    ],
    [
      'a default route',
      'ip route 10.99.0.0/16 10.0.0.1\n',
      'ip route 10.99.0.0/16 10.0.0.1\nip route 0.0.0.0/0 10.0.0.1\n',
      'high',
      'default-route',
    ],
    [
      'a more specific route that takes traffic over',
      'ip route 10.99.0.0/16 10.0.0.1\n',
      'ip route 10.99.0.0/16 10.0.0.1\nip route 10.2.0.128/25 Null0\n',
      'medium',
      'traffic-taken-over',
    ],
    ['a removed session', ' neighbor 10.0.0.1 remote-as 65002\n', '', 'critical', 'session-removed'],
    ['an AS number', 'router bgp 65001', 'router bgp 65011', 'critical', 'as-number'],
    [
      "a neighbour's AS number",
      'neighbor 10.0.0.1 remote-as 65002',
      'neighbor 10.0.0.1 remote-as 65020',
      'critical',
      'as-number',
    ],
    [
      'an address of a link',
      ' ip address 10.0.0.0/31\n',
      ' ip address 10.0.0.0/31\n ip address 10.7.0.1/24\n',
      'medium',
      'underlay',
    ],
    [
      'a timer',
      ' neighbor 10.0.0.1 remote-as 65002\n',
      ' neighbor 10.0.0.1 remote-as 65002\n neighbor 10.0.0.1 timers 1 3\n',
      'medium',
      'setting-not-simulated',
    ],
    [
      'an access list',
      'ip route 10.99.0.0/16 10.0.0.1\n',
      'ip route 10.99.0.0/16 10.0.0.1\naccess-list A seq 5 deny any\n',
      'medium',
      'packet-filter',
    ],
  ])('is at least as it should be for %s', async (_, from, to, tier, rule) => {
    const found = await risk(closed, from, to);
    expect(found.rules).toContain(rule);
    expect(found.tier).toBe(tier);
    expect(found.authority.effective).toBe(
      tier === 'critical' ? expect.stringMatching(/HITL|BLOCK/) && found.authority.effective : 'HITL',
    );
  });

  it('never passes a change of an AS number', async () => {
    const { authority } = await risk(closed, 'router bgp 65001', 'router bgp 65011');
    expect(authority).toMatchObject({ changeClasses: ['asn'], required: 'BLOCK', effective: 'BLOCK' });
  });

  it('is that of an AS number or a route distinguisher, too, where a process or a VRF is replaced by another one', async () => {
    const vrf = (name: string, rd: string, asn: number): string =>
      `vrf ${name}\nexit-vrf\nrouter bgp ${asn} vrf ${name}\n address-family ipv4 unicast\n  rd vpn export ${rd}\n exit-address-family\nexit\n`;
    const lab: LabText = {
      ...pair,
      configs: { ...pair.configs, r1: `${pair.configs.r1}${vrf('RED', '65001:1', 65011)}` },
    };
    const moved = await risk(lab, vrf('RED', '65001:1', 65011), vrf('BLUE', '65001:2', 65012));
    expect(moved.authority).toMatchObject({ required: 'BLOCK', effective: 'BLOCK' });
    expect(moved.authority.changeClasses).toEqual(expect.arrayContaining(['asn', 'rd_rt']));
    const renamed = await risk(lab, vrf('RED', '65001:1', 65011), vrf('BLUE', '65001:1', 65011));
    expect(renamed.authority.changeClasses).not.toContain('asn');
  });

  it('says where it cannot look: what a neighbour outside of the lab hears', async () => {
    const { rules, facts } = await risk(
      pair,
      '  network 10.1.0.0/24\n exit-address-family\nexit\n',
      '  network 10.1.0.0/24\n  network 10.97.0.0/16\n exit-address-family\nexit\nip route 10.97.0.0/16 Null0\n',
    );
    expect(rules).toContain('outside-neighbour');
    expect(facts).toContain('r1 - 203.0.113.9: the routes that it is offered change');
    // r2 is not changed, but hears the new route and may pass it on.
    expect(facts).toContain('r2 - 203.0.113.9: BGP routes of the device change, and with them what it may be offered');
  });

  it('does not count a more specific route for traffic that nothing delivered', async () => {
    const lab: LabText = {
      ...closed,
      configs: { ...closed.configs, r1: `${closed.configs.r1}ip route 10.50.0.0/16 Null0\n` },
    };
    const { rules } = await risk(
      lab,
      'ip route 10.50.0.0/16 Null0\n',
      'ip route 10.50.0.0/16 Null0\nip route 10.50.1.0/24 10.0.0.1\n',
    );
    expect(rules).not.toContain('traffic-taken-over');
  });

  it('is decided rule by rule, and each rule says what it was given', async () => {
    const { inputs } = await risk(closed, 'ip route 10.99.0.0/16 10.0.0.1\n', '');
    const { rules } = decideRisk(inputs);
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
    expect(rules.find(({ id }) => id === 'routes-removed')).toMatchObject({
      applies: true,
      inputs: ['r1 (VRF default): 1 route removed'],
    });
    expect(rules.find(({ id }) => id === 'session-lost')).toMatchObject({ applies: false, inputs: [] });
  });
});

describe('lines that only move', () => {
  const text =
    'version 17.9\nhostname r1\naaa new-model\naaa authentication login default local\nip access-list extended EDGE\n remark who may come in\n permit ip any any\ninterface GigabitEthernet1\n ip address 10.0.0.1 255.255.255.0\nend\n';
  const lab: LabText = { configs: { r1: text }, links: ['r1:GigabitEthernet1'], kind: 'cisco_iol' };

  it('change neither AAA nor access-lists', async () => {
    expect(await risk(lab, 'hostname r1\n', '! a comment\nhostname r1\n')).toMatchObject({ tier: 'low', rules: [] });
  });

  it('are told from lines that say something else', async () => {
    const { rules } = await risk(lab, 'default local', 'default none');
    expect(rules).toContain('management-access');
  });
});

describe('a core device', () => {
  const leaf = (name: string) => `frr version 8.4\nhostname ${name}\n`;
  it('is one with clearly more neighbours than the rest', async () => {
    const names = ['s1', 's2', 'l1', 'l2', 'l3', 'l4'];
    const links = ['s1', 's2'].flatMap((spine, s) =>
      ['l1', 'l2', 'l3', 'l4'].map((name, at) => `${spine}:eth${at + 1} ${name}:eth${s + 1}`),
    );
    const { before } = await changeOf(
      { configs: Object.fromEntries(names.map((name) => [name, leaf(name)])), links },
      {},
    );
    expect(names.filter((name) => isCore(before, name))).toEqual(['s1', 's2']);
  });
});

describe('settings that the twin leaves out', () => {
  const lines = (text: string): LabText => ({ configs: { r1: `frr version 8.4\nhostname r1\n${text}` } });
  async function leftOut(before: string, after: string): Promise<readonly string[]> {
    const change = await changeOf(lines(before), { r1: lines(after).configs.r1 ?? '' });
    const [old, now] = [change.before, change.after].map((lab) => lab.nodes.get('r1')?.config.device);
    if (!old || !now) throw new Error('The lab has no r1.');
    return settingsLeftOut(old, now);
  }

  it('are named with the place where they stand', async () => {
    const bgp = 'router bgp 65001\n neighbor 10.0.0.1 remote-as 65002\n';
    expect(await leftOut(bgp, `${bgp} neighbor 10.0.0.1 password secret\n`)).toEqual([
      'password of neighbour 10.0.0.1 of BGP default',
    ]);
    expect(await leftOut('interface eth1\n', 'interface eth1\n mtu 9000\n')).toEqual(['mtu of interface eth1']);
  });

  it('do not hold what is simulated or does not matter', async () => {
    expect(
      await leftOut('interface eth1\n description a\n', 'interface eth1\n description b\n ip address 10.0.0.1/24\n'),
    ).toEqual([]);
  });
});

describe('what no route shows', () => {
  /** r1 reaches what r4 announces by r2 and by r3. */
  const hub = (more: string): string =>
    [
      'frr version 8.4',
      'hostname r1',
      'interface eth1',
      ' ip address 10.0.12.0/31',
      'interface eth2',
      ' ip address 10.0.13.0/31',
      'ip prefix-list ANY seq 10 permit 0.0.0.0/0 le 32',
      'route-map BACKUP-IN permit 10',
      ' match ip address prefix-list ANY',
      'router bgp 65001',
      ' no bgp ebgp-requires-policy',
      ' neighbor 10.0.12.1 remote-as 65002',
      ' neighbor 10.0.13.1 remote-as 65003',
      ' address-family ipv4 unicast',
      '  neighbor 10.0.13.1 route-map BACKUP-IN in',
      more,
    ].join('\n');
  const spoke = (name: string, link: string, asn: number, prepend: string): string =>
    `frr version 8.4\nhostname ${name}\ninterface eth1\n ip address ${link}/31\ninterface lo\n ip address 192.0.2.1/32\nroute-map OUT permit 10\n${prepend}router bgp ${asn}\n no bgp ebgp-requires-policy\n neighbor ${link.replace(/1$/, '0')} remote-as 65001\n address-family ipv4 unicast\n  network 192.0.2.1/32\n  neighbor ${link.replace(/1$/, '0')} route-map OUT out\n`;
  const redundant: LabText = {
    configs: {
      r1: hub(''),
      r2: spoke('r2', '10.0.12.1', 65002, ''),
      r3: spoke('r3', '10.0.13.1', 65003, ' set as-path prepend 65003\n'),
    },
    links: ['r1:eth1 r2:eth1', 'r1:eth2 r3:eth1'],
  };

  it('is found where the last alternative of a route goes, though no route moves', async () => {
    const { tier, rules, facts, inputs } = await risk(redundant, 'permit 0.0.0.0/0 le 32', 'deny 0.0.0.0/0 le 32');
    expect(inputs.diff.routes).toEqual([]);
    expect({ tier, rules }).toEqual({ tier: 'medium', rules: ['alternatives-lost'] });
    expect(facts).toEqual(['r1 (VRF default): 192.0.2.1/32 can be reached by one neighbour where there were several']);
  });

  it('cannot be said to be kept where the twin does not tell the paths beside the best ones', async () => {
    const { inputs } = await risk(redundant, 'permit 0.0.0.0/0 le 32', 'deny 0.0.0.0/0 le 32');
    const bestOnly = (state: typeof inputs.stateAfter) => ({
      ...state,
      nodes: new Map(
        [...state.nodes].map(([node, tables]) => [
          node,
          new Map([...tables].map(([vrf, { routes }]) => [vrf, { routes }])),
        ]),
      ),
    });
    const decided = decideRisk({
      ...inputs,
      stateBefore: bestOnly(inputs.stateBefore),
      stateAfter: bestOnly(inputs.stateAfter),
    });
    const applying = decided.rules.filter(({ applies }) => applies).map(({ id }) => id);
    expect({ tier: decided.tier, applying }).toEqual({ tier: 'medium', applying: ['alternatives-unknown'] });
  });

  it.each([
    ['service password-encryption', 'protection of passwords'],
    ['snmp-server group NETOPS v3 priv', 'SNMP'],
    ['no ip http server', 'services that listen'],
    ['spanning-tree mst 0 priority 4096', 'loops and ports of switches'],
    ['control-plane\n service-policy input COPP', 'protection of the control plane'],
    ['aaa group server tacacs+ TAC\n server name T1', 'authentication and accounts'],
    ['interface GigabitEthernet0/1.100\n encapsulation dot1Q 100', 'tags and members of links'],
    ['interface nve1\n member vni 100', 'tunnels of the overlay'],
  ])('%s is missed when it is taken away', async (line, title) => {
    const lab = { ...closed, configs: { ...closed.configs, sw: `hostname sw\n!\n${line}\n!\nend\n` } };
    const { tier, facts } = await risk(lab, `${line}\n`, '', 'sw');
    expect(tier).toBe('medium');
    expect(facts).toContain(`sw: ${title}`);
  });

  it('is missed in flat lines, too', async () => {
    const text = 'set system host-name sw\nset system services ssh root-login deny\n';
    const lab = { ...closed, configs: { ...closed.configs, sw: text } };
    const { facts } = await risk(lab, 'set system services ssh root-login deny\n', '', 'sw');
    expect(facts).toContain('sw: services that listen');
  });

  it('is not seen in what merely describes or reports', async () => {
    const line = 'snmp-server location Hall 2\nsnmp-server contact noc\nlogging trap informational\n';
    const lab = { ...closed, configs: { ...closed.configs, sw: `hostname sw\n!\n${line}end\n` } };
    expect((await risk(lab, line, '', 'sw')).rules).not.toContain('protection');
  });
});
