import { describe, expect, it } from 'vitest';
import type { DialectId } from '../../device/device.ts';
import { deviceOf, unmodelled, withoutSpans } from '../../parsing.fixture.ts';

const managementOf = (dialect: DialectId, text: string) => {
  const device = deviceOf(dialect, text);
  expect(device.notModelled.map((line) => line.text)).toEqual([]);
  const { services, ...rest } = device.management;
  const stripped = withoutSpans(rest) as Record<string, unknown>;
  return { ...stripped, services: Object.fromEntries([...services].map(([name, { value }]) => [name, value])) };
};

describe('terminal lines', () => {
  it('of IOS', () => {
    const text =
      'line con 0\n exec-timeout 5 0\nline vty 0 4\n access-class MGMT in vrf-also\n exec-timeout 10 30\n password 7 0822455D0A16\n login authentication VTY\n transport input ssh telnet\n';
    expect(managementOf('ios', text)).toMatchObject({
      lines: [
        { name: 'console 0', execTimeoutSeconds: 300 },
        {
          name: 'vty 0 4',
          accessClassIn: 'MGMT',
          execTimeoutSeconds: 630,
          loginAuthentication: 'VTY',
          transportInput: ['ssh', 'telnet'],
          password: { text: '0822455D0A16', storage: 'reversible', type: '7' },
        },
      ],
      secrets: [{ what: 'password of line vty 0 4', secret: { storage: 'reversible' } }],
    });
  });

  it('of FRR', () => {
    expect(managementOf('frr', 'line vty\n access-class MGMT\n exec-timeout 10 0\n')).toMatchObject({
      lines: [{ name: 'vty', accessClassIn: 'MGMT', execTimeoutSeconds: 600 }],
    });
  });

  it('that say something unknown do not affect routing', () => {
    const device = deviceOf('ios', 'line vty 0 4\n something new\n');
    expect(device.notModelled.map((line) => [line.text, line.mayAffectRouting])).toEqual([
      ['line vty 0 4 / something new', false],
    ]);
  });

  it('of EOS are its management services', () => {
    const text =
      'management ssh\n   ip access-group MGMT in\n   idle-timeout 15\n!\nmanagement telnet\n   no shutdown\n!\nmanagement api http-commands\n   protocol http\n   no shutdown\n   !\n   vrf MGMT\n      no shutdown\n';
    expect(managementOf('eos', text)).toMatchObject({
      lines: [
        { name: 'ssh', accessClassIn: 'MGMT', execTimeoutSeconds: 900 },
        { name: 'telnet' },
        { name: 'api http-commands' },
      ],
      services: { telnet: true, 'api http-commands http': true, 'api http-commands': true },
    });
  });
});

describe('users and secrets', () => {
  it.each([
    [
      'ios',
      'username bob privilege 15 secret 9 $9$abc',
      { name: 'bob', privilege: 15, secret: { text: '$9$abc', type: '9', storage: 'hashed' } },
    ],
    [
      'ios',
      'username bob password 0 letmein',
      { name: 'bob', secret: { text: 'letmein', type: '0', storage: 'plain' } },
    ],
    [
      'ios',
      'username bob privilege 1 password letmein',
      { name: 'bob', privilege: 1, secret: { text: 'letmein', storage: 'plain' } },
    ],
    [
      'eos',
      'username bob privilege 15 role network-admin secret sha512 $6$x',
      { name: 'bob', privilege: 15, secret: { text: '$6$x', type: 'sha512', storage: 'hashed' } },
    ],
    ['eos', 'username bob role network-admin nopassword', { name: 'bob' }],
  ] as const)('%s: %s', (dialect, text, user) => expect(managementOf(dialect, text)).toMatchObject({ users: [user] }));

  it.each([
    ['ios', 'enable secret 9 $9$abc', 'hashed'],
    ['ios', 'enable password letmein', 'plain'],
    ['eos', 'enable password sha512 $6$x', 'hashed'],
    ['frr', 'enable password 8 $1$x', 'hashed'],
    ['frr', 'enable password zebra', 'plain'],
  ] as const)('%s: %s is %s', (dialect, text, storage) =>
    expect(managementOf(dialect, text)).toMatchObject({ enableSecret: { storage } }),
  );

  it('of key chains are listed, since what they do to sessions is not computed', () => {
    const device = deviceOf('ios', 'key chain OSPF\n key 1\n  key-string 7 0822455D0A16\n');
    expect(device.management.secrets).toMatchObject([
      { what: 'key 1 of key chain OSPF', secret: { storage: 'reversible' } },
    ]);
    expect(unmodelled(device)).toEqual(['key 1 of key chain OSPF / key-string 7 0822455D0A16']);
  });
});

describe('SNMP', () => {
  it.each([
    ['ios', 'snmp-server community public RO 10', { name: 'public', access: 'ro', accessList: '10' }],
    ['ios', 'snmp-server community secret view V RW ipv6 A6 A4', { name: 'secret', access: 'rw', accessList: 'A4' }],
    ['eos', 'snmp-server community public ro', { name: 'public', access: 'ro' }],
  ] as const)('%s: %s', (dialect, text, community) =>
    expect(managementOf(dialect, text)).toMatchObject({ snmpCommunities: [community] }),
  );

  it('users of version 3', () => {
    expect(managementOf('eos', 'snmp-server user U G v3 localized f5717f auth sha a1 priv aes b2')).toMatchObject({
      snmpUsers: [{ name: 'U', auth: 'sha', priv: 'aes' }],
      secrets: [{ secret: { text: 'a1', storage: 'hashed' } }, { secret: { text: 'b2' } }],
    });
  });
});

describe('AAA, time, logging, banners', () => {
  it('of IOS', () => {
    const text = `
      hostname r1
      aaa new-model
      aaa authentication login VTY group tacacs+ local
      aaa group server tacacs+ T
       server name T1
      tacacs server T1
       address ipv4 10.0.0.9
       key 7 0822455D0A16
      ntp server 10.0.0.1 prefer key 1
      ntp authentication-key 1 md5 secret 7
      logging host 10.0.0.2
      logging buffered 64000 informational
      banner login ^C
      Keep out
      ^C
      ip name-server 10.0.0.3 10.0.0.4
      ip domain name example.net
      no ip http server
      service password-encryption
      no cdp run
    `;
    const device = deviceOf('ios', text);
    expect(unmodelled(device)).toEqual([]);
    expect(device.hostname?.value).toBe('r1');
    expect(
      withoutSpans({
        ...device.management,
        services: [...device.management.services].map(([name, { value }]) => [name, value]),
      }),
    ).toMatchObject({
      aaaNewModel: true,
      aaaServers: [{ kind: 'tacacs', address: '10.0.0.9' }],
      ntpServers: [{ address: '10.0.0.1', key: '1' }],
      loggingHosts: [{ address: '10.0.0.2' }],
      loggingBufferBytes: 64000,
      nameServers: ['10.0.0.3', '10.0.0.4'],
      domainName: 'example.net',
      services: [
        ['http', false],
        ['password-encryption', true],
        ['cdp', false],
      ],
      secrets: [{ what: 'key of tacacs server T1' }, { what: 'NTP key 1', secret: { type: '7' } }],
    });
    expect(device.management.aaaLines).toHaveLength(1);
    expect(device.definitions).toMatchObject([{ kind: 'aaa-list', name: 'VTY' }]);
    expect(device.management.banners[0]?.text.trim()).toBe('Keep out');
  });

  it('of EOS', () => {
    const text =
      'tacacs-server host 10.0.0.9 vrf MGMT key 7 0822455D0A16\nntp server vrf MGMT 10.0.0.1 prefer\nlogging vrf MGMT host 10.0.0.2\nno aaa root\nbanner login\nKeep out\nEOF\ndns domain example.net\n';
    expect(managementOf('eos', text)).toMatchObject({
      aaaServers: [{ kind: 'tacacs', address: '10.0.0.9' }],
      ntpServers: [{ address: '10.0.0.1' }],
      loggingHosts: [{ address: '10.0.0.2' }],
      banners: [{ kind: 'login', text: 'Keep out' }],
      domainName: 'example.net',
    });
  });
});
