import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { Located } from '../../span.ts';
import { aaa } from './aaa.ts';
import { storageOf } from './bgp.ts';
import { adminState } from './common.ts';
import { notesOf } from './notes.ts';

const row = rowsOf<DeviceDraft>();
const mode = modesOf<DeviceDraft>();

/** A part of the system that changes neither routes nor who may log in. */
const quiet = (name: string, doc: string): Entry =>
  mode(name, { doc, effect: 'none', enter: (device) => device }, [
    row('<what:word> [<rest:rest>]', { doc: 'A setting of this part of the system.', effect: 'none' }),
  ]);

const name: Entry = mode('name', { doc: 'Name of the router.', enter: (device) => device }, [
  row('host-name <name:word>', {
    doc: 'Name of the router.',
    effect: 'none',
    apply: (device, { name: own }) => {
      device.hostname = own;
    },
  }),
  row('domain-name <name:word>', {
    doc: 'Domain of the router.',
    effect: 'none',
    apply: ({ management }, { name: own }) => {
      management.domainName = own;
    },
  }),
]);

const banner: Entry = mode('banner', { doc: 'Texts that are shown at the login.', enter: (device) => device }, [
  row('<kind:login-banner|motd-banner> <text:rest>', {
    doc: 'Text that is shown before or after the login.',
    effect: 'none',
    apply: ({ management }, { kind, text }, at) => {
      const title = kind.value === 'login-banner' ? 'login' : 'motd';
      management.banners.push({ kind: title, text: text.value, span: at.span });
    },
  }),
]);

interface NtpServer {
  readonly device: DeviceDraft;
  readonly address: string;
}

const ntp: Entry = mode('ntp', { doc: 'Network Time Protocol.', effect: 'none', enter: (device) => device }, [
  modesOf<DeviceDraft>()(
    'server <address:word>',
    {
      doc: 'A time server.',
      effect: 'none',
      enter: (device, { address }, at): NtpServer => {
        const { ntpServers } = device.management;
        if (!ntpServers.some((known) => known.address === address.value))
          ntpServers.push({ address: address.value, span: at.span });
        return { device, address: address.value };
      },
    },
    [
      rowsOf<NtpServer>()('key-id <key:word>', {
        doc: 'Key by which the server proves itself.',
        effect: 'none',
        apply: ({ device, address }, { key }) => {
          const { ntpServers } = device.management;
          const at = ntpServers.findIndex((known) => known.address === address);
          const known = ntpServers[at];
          if (known) ntpServers.splice(at, 1, { ...known, key: key.value });
        },
      }),
      rowsOf<NtpServer>()('<what:prefer|iburst|minpoll|maxpoll> [<value:word>]', {
        doc: 'How the server is asked.',
        effect: 'none',
      }),
    ],
  ),
  row('authentication <state:rest>', {
    doc: 'Whether servers must prove themselves.',
    effect: 'none',
    apply: ({ management }, { state }, at) => {
      management.ntpAuthenticate = { value: /true|enable/.test(state.value), span: at.span };
    },
  }),
  row('<what:admin-state|network-instance|source-address|freerun> <value:word>', {
    doc: 'Whether and from where time servers are asked.',
    effect: 'none',
  }),
]);

const logging: Entry = mode(
  'logging',
  { doc: 'What is logged, and where.', effect: 'none', enter: (device) => device },
  [
    mode(
      'remote-server <address:word>',
      {
        doc: 'A log server.',
        effect: 'none',
        enter: (device, { address }, at) => {
          if (!device.management.loggingHosts.some((known) => known.address === address.value))
            device.management.loggingHosts.push({ address: address.value, span: at.span });
          return device;
        },
      },
      [row('<what:word> [<rest:rest>]', { doc: 'What is sent to the server, and how.', effect: 'none' })],
    ),
    row('<what:word> [<rest:rest>]', { doc: 'What is logged on the router.', effect: 'none' }),
  ],
);

const dns: Entry = mode('dns', { doc: 'Name servers.', effect: 'none', enter: (device) => device }, [
  row('server-list <addresses:words>', {
    doc: 'Addresses of the name servers.',
    effect: 'none',
    apply: ({ management }, { addresses }) => {
      for (const value of addresses.value) management.nameServers.push({ value, span: addresses.span });
    },
  }),
  row('<what:network-instance|search-list|host-entry|source-address> <rest:rest>', {
    doc: 'How names are resolved.',
    effect: 'none',
  }),
]);

interface Group {
  readonly device: DeviceDraft;
  readonly name: string;
}

const community = (pattern: string): Entry =>
  rowsOf<Group>()(pattern, {
    doc: 'A community: whoever knows it may read.',
    apply: ({ device }, args, at) => {
      const { text } = args as unknown as { readonly text: Located<string> };
      const known = device.management.snmpCommunities.some(({ name: own }) => own === text.value);
      if (!known) device.management.snmpCommunities.push({ name: text.value, access: 'ro', span: at.span });
    },
  });

const keep = (device: DeviceDraft, what: string, text: Located<string>): void => {
  device.management.secrets.push({
    what,
    secret: { text: text.value, storage: storageOf(text.value), ...(text.value.startsWith('$aes') && { type: '6' }) },
    span: text.span,
  });
};

const snmp: Entry = mode('snmp', { doc: 'Simple Network Management Protocol.', enter: (device) => device }, [
  community('community <text:word>'),
  modesOf<DeviceDraft>()(
    'access-group <name:word>',
    { doc: 'Who may read.', enter: (device, { name: own }): Group => ({ device, name: own.value }) },
    [
      rowsOf<Group>()('security-level <level:word>', {
        doc: 'Whether requests are signed and encrypted.',
        apply: () => undefined,
      }),
      modesOf<Group>()('community-entry <name:word>', { doc: 'A community.', enter: (group) => group }, [
        community('community <text:word>'),
      ]),
      modesOf<Group>()(
        'security-entry <name:word>',
        {
          doc: 'A user of version 3.',
          enter: (group, { name: own }, at) => {
            const { snmpUsers } = group.device.management;
            if (!snmpUsers.some((known) => known.name === own.value))
              snmpUsers.push({ name: own.value, span: at.span });
            return group;
          },
        },
        [
          rowsOf<Group>()('<what:authentication-password|privacy-password|password> <text:word>', {
            doc: 'Key of the user.',
            apply: ({ device, name: own }, { text }) => keep(device, `SNMP key of ${own}`, text),
          }),
          rowsOf<Group>()('<what:security-level|authentication-protocol|privacy-protocol> <value:word>', {
            doc: 'How the user’s requests are signed and encrypted.',
            apply: () => undefined,
          }),
        ],
      ),
      rowsOf<Group>()('admin-state <state:enable|disable>', {
        doc: 'Whether the group is in use.',
        apply: () => undefined,
      }),
    ],
  ),
  mode(
    'network-instance <name:word>',
    { doc: 'Where SNMP answers.', refers: { name: 'vrf' }, enter: (device) => device },
    [
      row('admin-state <state:enable|disable>', {
        doc: 'Whether SNMP answers there.',
        apply: ({ management }, { state }, at) => {
          management.services.set('snmp', { value: state.value === 'enable', span: at.span });
        },
      }),
      row('<what:source-address|protocol-port> <value:rest>', { doc: 'From where SNMP answers.', effect: 'none' }),
    ],
  ),
  mode('trap-group <name:word>', { doc: 'Where traps go.', effect: 'none', enter: (device) => device }, [
    row('<what:word> [<rest:rest>]', { doc: 'Where traps go, and which.', effect: 'none' }),
  ]),
  row('<what:admin-state|engine-id> <value:word>', { doc: 'Whether SNMP is in use.', apply: () => undefined }),
]);

/** Ways in to the router: their opening and closing is kept, so that a rule sees when the last one closes. */
const server = (pattern: string, service: string, doc: string): Entry =>
  mode(
    pattern,
    {
      doc,
      enter: (device, _, at) => {
        const { services } = device.management;
        if (!services.has(service)) services.set(service, { value: false, span: at.span });
        return device;
      },
    },
    [
      adminState<DeviceDraft>(
        'Whether the service is open; it is not until it is enabled.',
        ({ management }, { value, span }) => {
          // One server that is open is enough for the service to be there.
          if (!value || management.services.get(service)?.value !== true)
            management.services.set(service, { value: !value, span });
        },
      ),
      row('network-instance <names:words>', {
        doc: 'Where the service is open.',
        refers: { names: 'vrf' },
        apply: () => undefined,
      }),
      row(
        '<what:tls-profile|default-tls-profile|metadata-authentication|use-authentication|port|source-address|services|unix-socket|disable-shell|host-key|protocol-version> [<rest:rest>]',
        {
          doc: 'How the service is reached and whom it lets in.',
          apply: () => undefined,
        },
      ),
      row(
        '<what:rate-limit|session-limit|timeout|trace-options|max-concurrent-streams|idle-timeout|retry-interval|yang-models|gnmi|description> [<rest:rest>]',
        {
          doc: 'How much the service does at a time.',
          effect: 'none',
        },
      ),
    ],
  );

const jsonRpc: Entry = mode('json-rpc-server', { doc: 'Configuration by JSON-RPC.', enter: (device) => device }, [
  row('admin-state <state:enable|disable>', { doc: 'Whether the service is open.', apply: () => undefined }),
  row('<what:commit-confirmed-timeout|trace-options> [<rest:rest>]', { doc: 'How the service works.', effect: 'none' }),
  mode(
    'network-instance <name:word>',
    { doc: 'Where the service is open.', refers: { name: 'vrf' }, enter: (device) => device },
    [
      ...(['http', 'https'] as const).map((protocol) =>
        mode(protocol, { doc: `The service over ${protocol.toUpperCase()}.`, enter: (device) => device }, [
          row('admin-state <state:enable|disable>', {
            doc: 'Whether it is open.',
            apply: ({ management }, { state }, at) => {
              management.services.set(protocol, { value: state.value === 'enable', span: at.span });
            },
          }),
          row('<what:tls-profile|use-authentication|port|source-address|session-limit> <value:rest>', {
            doc: 'How it is reached.',
            apply: () => undefined,
          }),
        ]),
      ),
    ],
  ),
]);

const tls: Entry = mode('tls', { doc: 'Certificates.', enter: (device) => device }, [
  modesOf<DeviceDraft>()(
    'server-profile <name:word>',
    {
      doc: 'A certificate and how clients are checked.',
      enter: (device, { name: own }): Group => ({ device, name: own.value }),
    },
    [
      rowsOf<Group>()('key <text:word>', {
        doc: 'Private key of the certificate.',
        apply: ({ device, name: own }, { text }) => keep(device, `private key of TLS profile ${own}`, text),
      }),
      rowsOf<Group>()('<what:certificate|trust-anchor|cipher-list|authenticate-client|dynamic> [<rest:rest>]', {
        doc: 'The certificate, and whom it trusts.',
        apply: () => undefined,
      }),
    ],
  ),
  row('<what:trust-anchor|certificate-revocation> [<rest:rest>]', {
    doc: 'Whom certificates trust.',
    apply: () => undefined,
  }),
]);

interface Keychain {
  readonly device: DeviceDraft;
  readonly name: Located<string>;
}

const keychains: Entry = mode('authentication', { doc: 'Keys of routing protocols.', enter: (device) => device }, [
  modesOf<DeviceDraft>()(
    'keychain <name:word>',
    {
      doc: 'Keys under a name.',
      defines: { name: 'key-chain' },
      enter: (device, { name: own }): Keychain => ({ device, name: own }),
    },
    [
      rowsOf<Keychain>()('type <type:word>', { doc: 'Protocol that the keys are for.', apply: () => undefined }),
      rowsOf<Keychain>()('<what:admin-state|description|tolerance> <value:rest>', {
        doc: 'Whether the keys are in use.',
      }),
      modesOf<Keychain>()('key <index:int>', { doc: 'A key.', enter: (keychain) => keychain }, [
        rowsOf<Keychain>()('authentication-key <text:word>', {
          doc: 'The key that both ends share.',
          apply: ({ device, name: own }, { text }) => {
            const { keys } = notesOf(device);
            if (!keys.has(own.value)) keys.set(own.value, text);
            keep(device, `key of keychain ${own.value}`, text);
          },
        }),
        rowsOf<Keychain>()('algorithm <name:word>', { doc: 'How packets are signed.', apply: () => undefined }),
        rowsOf<Keychain>()('<what:admin-state|send-lifetime|receive-lifetime|start-time|end-time> [<rest:rest>]', {
          doc: 'When the key is in use.',
        }),
      ]),
    ],
  ),
]);

/** `system { ... }`. */
export const system: Entry = mode('system', { doc: 'The system itself.', enter: (device) => device }, [
  name,
  banner,
  ntp,
  logging,
  dns,
  snmp,
  aaa,
  server('ssh-server <name:word>', 'ssh', 'Login by SSH.'),
  server('ssh-server', 'ssh', 'Login by SSH (before release 23.10).'),
  server('grpc-server <name:word>', 'grpc', 'Management by gRPC: gNMI, gNOI and others.'),
  mode('gnmi-server', { doc: 'Management by gNMI (before release 24.3).', enter: (device) => device }, [
    server('network-instance <name:word>', 'grpc', 'Where gNMI is open.'),
    row('<what:admin-state|unix-socket> [<rest:rest>]', { doc: 'Whether gNMI is open.', apply: () => undefined }),
    row('<what:trace-options|rate-limit|session-limit|timeout|commit-save|commit-confirmed-timeout> [<rest:rest>]', {
      doc: 'How much the service does at a time.',
      effect: 'none',
    }),
  ]),
  jsonRpc,
  server('ftp-server', 'ftp', 'File transfer in plain text.'),
  server('netconf-server <name:word>', 'netconf', 'Management by NETCONF.'),
  tls,
  keychains,
  quiet('lldp', 'Link Layer Discovery Protocol.'),
  quiet('information', 'Where the router stands, and whom to ask.'),
  quiet('clock', 'Time zone.'),
  quiet('sflow', 'Samples of packets.'),
  quiet('configuration', 'Checkpoints of the configuration.'),
  quiet('warm-reboot', 'Restart without loss of packets.'),
  mode('management', { doc: 'Models by which the router is managed.', enter: (device) => device }, [
    row('openconfig <rest:rest>', { doc: 'Whether OpenConfig is answered.', apply: () => undefined }),
  ]),
  mode('lacp', { doc: 'Link Aggregation Control Protocol.', enter: (device) => device }, [
    row('<what:system-id|system-priority> <value:word>', {
      doc: 'Name of the router in LACP.',
      apply: () => undefined,
    }),
  ]),
  mode('network-instance', { doc: 'Services that span network instances.', enter: (device) => device }, [
    row('protocols [<rest:rest>]', { doc: 'EVPN multihoming: known, and not simulated.' }),
  ]),
  row(
    '<what:event-handler|maintenance|gribi-server|p4rt-server|mtu|mpls|bridge-table|ra-guard-policy|boot|app-management|features|license|multicast|load-balancing|protocols> [<rest:rest>]',
    {
      doc: 'Known, and not simulated.',
    },
  ),
]);
