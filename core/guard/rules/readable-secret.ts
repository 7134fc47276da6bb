import type { Span } from '../../config/span.ts';
import type { ParsedConfig } from '../../network/snapshot.ts';
import { inVrf } from '../bgp.ts';
import { commandsOf } from '../commands.ts';
import { replaceSpan } from '../edits.ts';
import { head } from '../restore.ts';
import { type RawFinding, rule } from '../rule.ts';

/** Type 6 (and 8a) is encrypted with a key that is not in the configuration; who has the file alone cannot read it. */
const encryptedTypes: ReadonlySet<string> = new Set(['6', '8a']);

const wellKnownCommunities: ReadonlySet<string> = new Set([
  'public',
  'private',
  'cisco',
  'arista',
  'admin',
  'secret',
  'snmp',
  'community',
  'default',
]);

interface Use {
  readonly what: string;
  readonly secret: { readonly text: string; readonly storage: string; readonly type?: string };
  readonly span: Span;
}

const use = (what: string, found: { readonly value: Use['secret']; readonly span: Span } | undefined): Use[] =>
  found ? [{ what, secret: found.value, span: found.span }] : [];

/** Every place of the device that holds a secret. */
const secretsOf = ({ device }: ParsedConfig): readonly Use[] => [
  ...device.management.secrets,
  ...device.bgp.flatMap(({ vrf, neighbours, groups }) =>
    [...neighbours.values(), ...groups.values()].flatMap(({ id, password }) =>
      use(`password of BGP neighbour ${id}${inVrf(vrf)}`, password),
    ),
  ),
  ...[...device.interfaces.values()].flatMap(({ name, ospf, ospfv3 }) => [
    ...use(`OSPF key of ${name}`, ospf?.authenticationKey),
    ...use(`OSPFv3 key of ${name}`, ospfv3?.authenticationKey),
  ]),
];

/** A secret in a message would be copied into reports; only its place is named. */
function storedSecrets(config: ParsedConfig): RawFinding[] {
  return secretsOf(config).flatMap(({ what, secret, span }): RawFinding[] => {
    if (secret.storage !== 'plain' && secret.storage !== 'reversible') return [];
    if (secret.type !== undefined && encryptedTypes.has(secret.type)) return [];
    if (secret.text === '') return [];
    const how =
      secret.storage === 'plain'
        ? 'in plain text'
        : `in a form that can be read back${secret.type ? ` (type ${secret.type})` : ''}`;
    return [{ span: head(span), message: `${what} is stored ${how}`, key: `${what} ${secret.storage}` }];
  });
}

function communities({ device }: ParsedConfig): RawFinding[] {
  return device.management.snmpCommunities.map(({ name, access, span }): RawFinding => {
    const known = wellKnownCommunities.has(name.toLowerCase());
    const what = known ? `SNMP community "${name}" is known to everyone` : 'SNMP community is a password in plain text';
    return {
      span: head(span),
      message: `${what}${access === 'rw' ? ', and it may write' : ''}`,
      key: `snmp ${name} ${access}`,
    };
  });
}

const clearServices: Readonly<Record<string, string>> = { http: 'ip http server', telnet: 'telnet' };

function services(config: ParsedConfig): RawFinding[] {
  return [...config.device.management.services].flatMap(([name, enabled]): RawFinding[] => {
    if (!enabled.value || !(name in clearServices)) return [];
    const line = config.tree.lines[enabled.span.line] ?? '';
    const start = line.search(/\S/);
    // EOS switches a service off by `shutdown` in its mode; only the one-line form can be negated in place.
    const isOneLine = line.trim() === 'ip http server';
    const fix = isOneLine && {
      title: 'Switch it off',
      edits: [replaceSpan(enabled.span.line, start, start, 'no ')],
      safe: false,
    };
    return [
      {
        span: head(enabled.span),
        message: `${name} carries passwords in plain text`,
        key: `service ${name}`,
        ...(fix && { fix }),
      },
    ];
  });
}

function terminalLines(config: ParsedConfig): RawFinding[] {
  return config.device.management.lines.flatMap(({ name, transportInput }): RawFinding[] => {
    if (!transportInput || !name.startsWith('vty')) return [];
    const open = transportInput.value.filter((protocol) => protocol === 'telnet' || protocol === 'all');
    if (open.length === 0) return [];
    const line = transportInput.span.line;
    const command = commandsOf(config).find(({ statement }) => statement.span.line === line)?.statement;
    const fix = command && {
      title: 'Allow SSH only',
      edits: [replaceSpan(line, command.span.start, command.span.end, 'transport input ssh')],
      safe: false,
    };
    return [
      {
        span: head(transportInput.span),
        message: `line ${name} accepts telnet, which carries passwords in plain text`,
        key: `telnet ${name}`,
        ...(fix && { fix }),
      },
    ];
  });
}

export default rule({
  id: 'readable-secret',
  number: 46,
  priority: 'P2',
  scope: 'device',
  title: 'Secret that can be read',
  why: 'Whoever has the configuration, its backup or its evidence has the secret: type 0 is plain text and type 7 is undone in a second. SNMP communities, telnet and http send theirs over the network.',
  sources: [
    'Cisco, IOS password encryption facts (type 7 is not encryption)',
    'NSA, Cisco password types: best practices',
    'DISA STIG CISC-ND-000620, CISC-ND-001130',
  ],
  remedy:
    'Store it hashed (type 8 or 9, sha512) or encrypted (type 6); use SNMPv3 with authentication and privacy, SSH and https.',
  escalation: {
    to: 'P0',
    why: 'A secret that the change adds in readable form is disclosed to everyone who reviews the change.',
  },
  check: ({ config }) => {
    const findings = [...storedSecrets(config), ...communities(config), ...services(config), ...terminalLines(config)];
    // One line may be listed both as a secret and as an SNMP community.
    const seen = new Set<string>();
    return findings.filter(({ span, key }) => {
      const place = `${span.line} ${key?.startsWith('telnet') || key?.startsWith('service') ? key : ''}`;
      return seen.has(place) ? false : seen.add(place);
    });
  },
});
