import { type Entry, modesOf, nothing, rowsOf } from '../../command-table.ts';
import type { DeviceDraft, TrackObject } from '../../device/device.ts';
import type { User } from '../../device/management.ts';
import type { Located } from '../../span.ts';
import { aaa } from '../shared/aaa.ts';
import { harmless, services } from '../shared/harmless.ts';
import { keyChains } from '../shared/key-chains.ts';
import { snmp } from '../shared/snmp.ts';
import { keepSecret, SECRET_TYPE } from '../shared/stored-secret.ts';
import { monitoring, system } from '../shared/system.ts';
import { iosxrLines } from '../shared/terminal-lines.ts';

const row = rowsOf<DeviceDraft>();
const mode = modesOf<DeviceDraft>();

// ---- users -----------------------------------------------------------------------------------------------------------

interface UserContext {
  readonly device: DeviceDraft;
  readonly name: Located<string>;
}

const onUser = rowsOf<UserContext>();

const setUser = ({ device: { management }, name }: UserContext, change: Partial<User>): void => {
  const known = management.users.find((user) => user.name === name.value);
  management.users = management.users.filter((user) => user !== known);
  management.users.push({ span: name.span, ...known, name: name.value, ...change });
};

const users: Entry = mode(
  'username <name:word>',
  {
    doc: 'A user of the device, with groups and a secret.',
    effect: 'none',
    defines: { name: 'user' },
    enter: (device, { name }): UserContext => {
      setUser({ device, name }, {});
      return { device, name };
    },
    undo: ({ management }, { name }) => {
      management.users = management.users.filter((user) => user.name !== name?.value);
    },
  },
  [
    onUser('group <group:word>', {
      doc: 'Group of tasks that the user may do.',
      effect: 'none',
      apply: (context, { group }) => {
        // Members of these groups may do everything.
        if (group.value === 'root-lr' || group.value === 'root-system' || group.value === 'cisco-support')
          setUser(context, { privilege: 15 });
      },
    }),
    onUser(`<kind:secret|password> [<type:${SECRET_TYPE}|10>] <text:rest>`, {
      doc: 'Secret of the user.',
      effect: 'none',
      apply: (context, { kind, type, text }, at) => {
        // Type 10 is SHA-512 with a salt.
        const number = type?.value === '10' ? 'sha512' : type?.value;
        setUser(context, { secret: keepSecret(at, `${kind.value} of user ${context.name.value}`, text, number).value });
      },
    }),
    onUser('<what:policy|login-history|masked-secret> [<options:words>]', {
      doc: 'Further settings of the user.',
      effect: 'none',
    }),
  ],
);

// ---- tracked objects -------------------------------------------------------------------------------------------------

interface TrackContext {
  readonly device: DeviceDraft;
  readonly id: Located<string>;
}

const onTrack = rowsOf<TrackContext>();

const setTrack = ({ device, id }: TrackContext, kind: TrackObject['kind'], target?: string): void => {
  device.tracks.set(id.value, { id: id.value, kind, ...(target !== undefined && { target }), span: id.span });
};

const tracks: Entry = mode(
  'track <id:word>',
  {
    doc: 'Follows an interface or a route.',
    defines: { id: 'track' },
    enter: (device, { id }): TrackContext => {
      const context = { device, id };
      if (!device.tracks.has(id.value)) setTrack(context, 'other');
      return context;
    },
    undo: (device, { id }) => {
      if (id) device.tracks.delete(id.value);
    },
  },
  [
    modesOf<TrackContext>()(
      'type line-protocol state',
      { doc: 'Follows the line of an interface.', enter: (context) => context },
      [
        onTrack('interface <interface:interface>', {
          doc: 'The interface that is followed.',
          refers: { interface: 'interface' },
          apply: (context, { interface: name }) => setTrack(context, 'interface', name.value),
        }),
      ],
    ),
    modesOf<TrackContext>()(
      'type route reachability',
      {
        doc: 'Follows whether there is a route.',
        enter: (context) => {
          setTrack(context, 'route');
          return context;
        },
      },
      [
        onTrack('route ipv4 <prefix:prefix4>', {
          doc: 'The route that is followed.',
          apply: (context, { prefix }) => setTrack(context, 'route', prefix.value),
        }),
        onTrack('vrf <vrf:word>', { doc: 'VRF of the route.', refers: { vrf: 'vrf' } }),
      ],
    ),
    onTrack('type <what:rest>', { doc: 'Follows another object.' }),
    onTrack('delay <options:words>', { doc: 'Waits before the state of the object changes.', effect: 'none' }),
    onTrack('<what:object|threshold|line-protocol|action> [<options:words>]', {
      doc: 'Further settings of the object.',
    }),
  ],
);

// ---- servers and logging ---------------------------------------------------------------------------------------------

interface Servers {
  readonly device: DeviceDraft;
}

const onNtp = rowsOf<Servers>();

const ntpServer = (words: 'server' | 'peer'): Entry =>
  onNtp(
    `${words} [vrf <vrf:word>] [ipv4] [ipv6] <address:word> *[key <key:word>] *[prefer] *[iburst] *[burst] *[version <version:int>] *[source <source:interface>] *[minpoll <low:int>] *[maxpoll <high:int>]` as 'server [vrf <vrf:word>] <address:word> *[key <key:word>]',
    {
      doc: 'A server that the clock follows.',
      effect: 'none',
      refers: { vrf: 'vrf' },
      apply: ({ device: { management } }, { address, key }, { span }) => {
        management.ntpServers.push({ address: address.value, ...(key && { key: key.value }), span });
      },
      undo: ({ device: { management } }, { address }) => {
        management.ntpServers = management.ntpServers.filter((server) => server.address !== address?.value);
      },
    },
  );

const ntp: Entry = mode(
  'ntp',
  { doc: 'The clock and the servers that it follows.', effect: 'none', enter: (device): Servers => ({ device }) },
  [
    ntpServer('server'),
    ntpServer('peer'),
    onNtp('authenticate', {
      doc: 'Only servers that prove a key are followed.',
      effect: 'none',
      apply: ({ device: { management } }, _, { span }) => {
        management.ntpAuthenticate = { value: true, span };
      },
      undo: ({ device: { management } }, _, { span }) => {
        management.ntpAuthenticate = { value: false, span };
      },
    }),
    onNtp('authentication-key <number:int> <algorithm:word> [<type:clear|encrypted>] <text:word>', {
      doc: 'A key by which a time server proves itself.',
      effect: 'none',
      apply: ({ device }, { number, algorithm, type, text }, at) => {
        device.management.ntpKeys.push({ id: String(number.value), algorithm: algorithm.value, span: at.span });
        keepSecret(at, `NTP key ${number.value}`, text, type?.value === 'encrypted' ? '7' : undefined);
      },
      undo: nothing,
    }),
    onNtp('trusted-key <key:word>', {
      doc: 'A key that is accepted from a server.',
      effect: 'none',
      apply: ({ device: { management } }, { key }) => {
        management.ntpTrustedKeys.push(key);
      },
    }),
    onNtp(
      '<what:source|update-calendar|access-group|max-associations|broadcast|multicast|passive|drift|log-internal-sync|master|primary> [<options:words>]',
      { doc: 'How the clock follows its servers.', effect: 'none' },
    ),
  ],
);

const server = (kind: 'tacacs' | 'radius'): Entry =>
  mode(
    `${kind}-server host <address:word> *[port <port:int>] *[auth-port <auth:int>] *[acct-port <acct:int>] *[single-connection]` as 'radius-server host <address:word>',
    {
      doc: 'A server that users are checked with.',
      effect: 'none',
      enter: (device, { address }, at) => {
        device.management.aaaServers.push({ kind, address: address.value, span: at.span });
        return { device, name: address };
      },
      undo: ({ management }, { address }) => {
        management.aaaServers = management.aaaServers.filter(
          (known) => known.kind !== kind || known.address !== address?.value,
        );
      },
    },
    [
      onUser(`key [<type:${SECRET_TYPE}>] <text:rest>`, {
        doc: 'Key that is shared with the server.',
        effect: 'none',
        apply: ({ name }, { type, text }, at) => {
          keepSecret(at, `key of ${kind} server ${name.value}`, text, type?.value);
        },
      }),
      onUser('<what:timeout|retransmit|single-connection> [<options:words>]', {
        doc: 'How the server is asked.',
        effect: 'none',
      }),
    ],
  );

const own: readonly Entry[] = [
  row('domain name <name:word>', {
    doc: 'Domain of names that have none.',
    effect: 'none',
    apply: (device, { name }) => {
      device.management.domainName = name;
    },
    undo: (device) => {
      delete device.management.domainName;
    },
  }),
  row('domain [vrf <vrf:word>] name-server <address:ip>', {
    doc: 'A server that resolves names.',
    effect: 'none',
    refers: { vrf: 'vrf' },
    apply: (device, { address }) => {
      device.management.nameServers.push(address);
    },
  }),
  row('domain <setting:rest>', { doc: 'How names are resolved.', effect: 'none' }),
  row('logging <address:ip> [<options:words>]', {
    doc: 'A server that log messages are sent to.',
    effect: 'none',
    apply: ({ management }, { address }, { span }) => {
      management.loggingHosts.push({ address: address.value, span });
    },
    undo: ({ management }, { address }) => {
      management.loggingHosts = management.loggingHosts.filter((host) => host.address !== address?.value);
    },
  }),
  row('telnet [vrf <vrf:word>] <family:ipv4|ipv6> server max-servers <count:words>', {
    doc: 'Telnet to the device.',
    effect: 'none',
    refers: { vrf: 'vrf' },
    apply: (device, _, { span }) => {
      device.management.services.set('telnet', { value: true, span });
    },
    undo: (device, _, { span }) => {
      device.management.services.set('telnet', { value: false, span });
    },
  }),
  row('ssh server v2', {
    doc: 'Secure shell to the device, version 2 alone.',
    effect: 'none',
    apply: (device, _, { span }) => {
      device.management.services.set('ssh', { value: true, span });
    },
    undo: (device, _, { span }) => {
      device.management.services.set('ssh', { value: false, span });
    },
  }),
  row('ssh <setting:rest>', { doc: 'Secure shell.', effect: 'none' }),
  mode('control-plane', { doc: 'Who may reach the device itself.', enter: (device) => device }, [
    mode('management-plane', { doc: 'Who may manage the device.', effect: 'none', enter: (device) => device }, []),
  ]),
  row('ipv4 <what:netmask-format|conflict-policy|unnumbered|assembler|source-route|tcp> [<options:words>]', {
    doc: 'How IPv4 behaves on the device.',
    effect: 'none',
  }),
  row('ipv6 <what:conflict-policy|hop-limit|assembler|source-route|path-mtu|neighbor> [<options:words>]', {
    doc: 'How IPv6 behaves on the device.',
    effect: 'none',
  }),
  row('ipv4 virtual address [vrf <vrf:word>] [<options:words>]', {
    doc: 'Management address of both processors.',
    effect: 'none',
  }),
  ...['prefix-list', 'as-path'].map((what) =>
    row(`ipv4 ${what} <name:word>` as 'x <name:word>', { doc: 'A list of the older kind, which few protocols use.' }),
  ),
  mode(
    'mpls <protocol:ldp|oam|traffic-eng|label|static> [<options:words>]',
    { doc: 'Labels for packets.', enter: (device) => device },
    [],
  ),
  mode('l2vpn', { doc: 'Layer-2 services.', enter: (device) => device }, []),
  mode('evpn', { doc: 'EVPN of layer-2 services.', enter: (device) => device }, []),
  mode('segment-routing [<options:words>]', { doc: 'Segment routing.', enter: (device) => device }, []),
  mode('multicast-routing', { doc: 'Multicast; not modelled.', enter: (device) => device }, []),
  mode(
    'router <what:igmp|pim|mld|msdp|amt> [<options:words>]',
    { doc: 'Multicast; not modelled.', enter: (device) => device },
    [],
  ),
  mode('bfd', { doc: 'Bidirectional forwarding detection.', enter: (device) => device }, []),
  mode('rsvp', { doc: 'Reservations for tunnels.', enter: (device) => device }, []),
  mode('ipsla', { doc: 'Probes; static routes may depend on them.', enter: (device) => device }, []),
  mode(
    'object-group network <family:ipv4|ipv6> <name:word>',
    { doc: 'Addresses that access-lists name.', enter: (device) => device },
    [],
  ),
  mode('object-group port <name:word>', { doc: 'Ports that access-lists name.', enter: (device) => device }, []),
  row('fpd <setting:rest>', { doc: 'Firmware of modules.', effect: 'none' }),
  row('router-id <id:rest>', { doc: 'Router id of protocols that have no own.' }),
  row('rcc <setting:rest>', { doc: 'Consistency checks.', effect: 'none' }),
  row('nv <setting:rest>', { doc: 'Clusters and satellites.' }),
];

const quiet = harmless({
  'Building configuration...': 'First line of a captured configuration.',
  'call-home': 'Reports to the vendor.',
  clock: 'Time zone.',
  cdp: 'Cisco Discovery Protocol.',
  lldp: 'Link Layer Discovery Protocol.',
  'vty-pool': 'Virtual lines.',
  'service timestamps': 'Times in messages.',
  'service unsupported-transceiver': 'Transceivers of other vendors are accepted.',
  'telnet vrf': 'Telnet.',
  http: 'Web client and server.',
  ftp: 'File transfers.',
  tftp: 'File transfers.',
  tpa: 'Applications of other vendors.',
  linux: 'Linux on the device.',
  grpc: 'Interface for programs.',
  netconf: 'Interface for programs.',
  'netconf-yang': 'Interface for programs.',
  xml: 'Interface for programs.',
  telemetry: 'Measurements that are sent to a collector.',
  'flow exporter-map': 'Accounting of flows.',
  'flow monitor-map': 'Accounting of flows.',
  'sampler-map': 'Accounting of flows.',
  'performance-mgmt': 'Measurements.',
  'hw-module': 'Modules.',
  'hw-module profile': 'How tables of the hardware are divided.',
  lpts: 'Limits of packets to the device itself.',
  'monitor-session': 'Mirroring of ports.',
  exception: 'What is kept after a crash.',
  crypto: 'Certificates and keys.',
  license: 'Licences.',
  taskgroup: 'What users may do.',
  usergroup: 'What users may do.',
  'ethernet cfm': 'Fault-finding of links.',
  'ethernet oam': 'Fault-finding of links.',
  'line-card': 'Modules.',
  redundancy: 'Redundant processors.',
  rp: 'Processors.',
  'frequency synchronization': 'Clock of the links.',
  ptp: 'Time of the network.',
  parser: 'How commands are read.',
  alias: 'A short name for a command.',
  'logging events': 'What is logged and where.',
  cinetd: 'Services on the device.',
  'dhcp ipv4': 'Addresses that are lent to hosts.',
  'dhcp ipv6': 'Addresses that are lent to hosts.',
  'configuration commit': 'How commits are kept.',
  icpe: 'Satellites.',
  'end-class-map': 'End of a class of traffic.',
  'end-policy-map': 'End of a policy for traffic.',
  appmgr: 'Applications on the device.',
  process: 'Watching of processes.',
  mirror: 'Copies of files.',
  install: 'Software packages.',
  'username-policy': 'Rules for users.',
  pce: 'Computation of paths for others.',
});

const switches = services({
  'ipv4 source-route': ['source-route', 'Packets may say by which way they go.'],
  'domain lookup disable': ['domain-lookup-disabled', 'Names are not resolved.'],
  cdp: ['cdp', 'Cisco Discovery Protocol.'],
  'http server': ['http', 'Web server.'],
});

/** Management of IOS-XR: what keeps the device reachable, and what cannot change its routes. */
export const management: readonly Entry[] = [
  ...own,
  users,
  tracks,
  ntp,
  server('tacacs'),
  server('radius'),
  ...switches.filter(({ pattern }) => pattern !== 'cdp' && pattern !== 'ipv4 source-route'),
  ...iosxrLines,
  ...keyChains,
  ...system.filter(({ pattern }) => !/^(ip |dns )/.test(pattern)),
  ...aaa.filter(({ pattern }) => !/^(tacacs|radius)-server host/.test(pattern)),
  ...snmp,
  ...monitoring.filter(({ pattern }) => !/^(ntp|logging <address)/.test(pattern)),
  ...quiet,
];
