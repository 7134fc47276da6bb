import type { DialectId } from '../config/device/device.ts';
import type { InterfaceService } from '../config/device/hardening.ts';

/**
 * What systems do while no line says so. Where a system is silent here, nobody may conclude anything from a missing
 * line. Sources: the vendors' command references, and the check texts of the DISA benchmarks.
 */
export interface SystemFacts {
  /** Name of the system's benchmarks for people. */
  readonly name: string;
  readonly interfaces: { readonly [S in InterfaceService]?: boolean };
  readonly proxyArp?: boolean;
  /** Services of the whole device, by the names of `Management.services`. */
  readonly services: Readonly<Record<string, boolean>>;
  /** Services of the whole device without which the interfaces' lines mean nothing. */
  readonly gates: { readonly [S in InterfaceService]?: string };
  /** Idle seconds after which a terminal line ends without a line that says so; 0 = never. */
  readonly idleSeconds?: number;
  /** Severity from which on messages are sent to log servers. */
  readonly loggingLevel?: string;
  /** Services that nobody should run, in the order in which they are listed. */
  readonly unsafeServices: readonly string[];
  /** The configuration language shows terminal lines; a system without them is managed otherwise. */
  readonly hasTerminalLines: boolean;
}

const NOTHING: SystemFacts = {
  name: 'unknown',
  interfaces: {},
  services: {},
  gates: {},
  unsafeServices: [],
  hasTerminalLines: false,
};

const FACTS: { readonly [D in DialectId]?: SystemFacts } = {
  ios: {
    name: 'Cisco IOS XE',
    interfaces: {
      redirects: true,
      unreachables: true,
      'mask-reply': false,
      'directed-broadcast': false,
      cdp: true,
      'lldp-transmit': true,
      'lldp-receive': true,
    },
    proxyArp: true,
    services: {
      cdp: true,
      lldp: false,
      cef: true,
      'source-route': true,
      'gratuitous-arps': true,
      'mpls-propagate-ttl': true,
    },
    gates: { cdp: 'cdp', 'lldp-transmit': 'lldp', 'lldp-receive': 'lldp' },
    idleSeconds: 600,
    loggingLevel: 'informational',
    unsafeServices: [
      'http', 'finger', 'tcp-small-servers', 'udp-small-servers', 'pad', 'config', 'boot-network', 'bootp', 'dns-server',
      'identd', 'rsh', 'rcp', 'call-home',
    ], // biome-ignore format: a list of names reads better packed
    hasTerminalLines: true,
  },
  nxos: {
    name: 'Cisco NX-OS',
    interfaces: {
      redirects: true,
      unreachables: false,
      'directed-broadcast': false,
      'gratuitous-arp': true,
      cdp: true,
      'lldp-transmit': true,
      'lldp-receive': true,
    },
    proxyArp: false,
    services: { cdp: true, lldp: false, telnet: false, 'source-route': true, 'password-strength-check': true },
    gates: { cdp: 'cdp', 'lldp-transmit': 'lldp', 'lldp-receive': 'lldp' },
    idleSeconds: 0,
    loggingLevel: 'notifications',
    unsafeServices: ['telnet', 'dhcp', 'wccp', 'http-api'],
    hasTerminalLines: true,
  },
  eos: {
    name: 'Arista EOS',
    interfaces: {
      'directed-broadcast': false,
      'gratuitous-arp': false,
      'mask-reply': false,
      'lldp-transmit': true,
      'lldp-receive': true,
    },
    proxyArp: false,
    services: { lldp: true, telnet: false, 'api http-commands': false, 'source-route': false },
    gates: { 'lldp-transmit': 'lldp', 'lldp-receive': 'lldp' },
    idleSeconds: 0,
    loggingLevel: 'informational',
    unsafeServices: ['telnet', 'api http-commands http'],
    hasTerminalLines: true,
  },
  junos: {
    name: 'Juniper Junos',
    interfaces: {
      redirects: true,
      'directed-broadcast': false,
      'gratuitous-arp': true,
      'lldp-transmit': true,
      'lldp-receive': true,
    },
    proxyArp: false,
    services: { lldp: false, telnet: false, finger: false, http: false, 'mpls-propagate-ttl': true },
    gates: { 'lldp-transmit': 'lldp', 'lldp-receive': 'lldp' },
    unsafeServices: ['telnet', 'finger', 'ftp', 'rlogin', 'rsh', 'xnm-clear-text', 'http'],
    hasTerminalLines: false,
  },
  iosxr: {
    name: 'Cisco IOS XR',
    interfaces: { redirects: false, unreachables: true, 'mask-reply': false, 'directed-broadcast': false, cdp: false },
    proxyArp: false,
    services: { cdp: false, 'source-route': true, http: false },
    gates: { cdp: 'cdp' },
    idleSeconds: 600,
    loggingLevel: 'informational',
    unsafeServices: ['http'],
    hasTerminalLines: true,
  },
};

export const systemFacts = (dialect: DialectId): SystemFacts => FACTS[dialect] ?? NOTHING;
