import { type Entry, rowsOf, table } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { Dialect } from '../../dialect.ts';
import { readSet } from '../../readers/set.ts';
import { recogniser } from '../../recognise.ts';
import { leaveTransitOpen } from '../shared/firewall.ts';
import { interfaceLanguage } from '../shared/frame.ts';
import { behaviour } from './behaviour.ts';
import { bgp, finishBgp } from './bgp.ts';
import { interfaces } from './interfaces.ts';
import { finishOspf, ospf } from './ospf.ts';
import { inboundFilters, redistribution } from './redistribution.ts';
import { finishRouteMaps, routeMaps } from './routemap.ts';
import { finishStatics, staticRoutes } from './static.ts';

const row = rowsOf<DeviceDraft>();

/** Management: nothing of it changes routes. */
const management: readonly Entry[] = [
  row('hostname <name:word>', {
    doc: 'Name of the gateway.',
    effect: 'none',
    apply: (device, { name }) => {
      device.hostname = name;
    },
  }),
  row(
    '<what:aaa|allowed-client|arp|backup|clienv|clone|cluster|command|config-lock|core-dump|cron|date|dhcp|dns|domainname|edition|expert-password-hash|format|fcd|group|host|inactivity-timeout|installer|ip-conflicts-monitor|kernel-routes|lcd|lldp|management|maestro|mail-notification|max-path-splits-default|mcvr|message|net-access|netflow|ntp|password-controls|ping|proxy|rba|routedsyslog|router-options|selfpasswd|snmp|ssh|syslog|time|timezone|trace|tracefile|update|user|users|virtual-system|web|config-state|hw-monitor> [<rest:rest>]',
    { doc: 'A setting of management.', effect: 'none' },
  ),
  row('rip <what:update-interval|expire-interval|auto-summary> <value:word>', {
    doc: 'Timers of RIP; without an interface it does not run.',
    effect: 'none',
  }),
  row('ipv6-state <state:on|off>', { doc: 'Whether IPv6 is on.', effect: 'none' }),
  row(
    'add <what:allowed-client|arp|command|user|rba|snmp|host|cron|group|dhcp|backup|syslog|aaa|domainname> [<rest:rest>]',
    { doc: 'A setting of management.', effect: 'none' },
  ),
];

/** Check Point Gaia: `show configuration` of a gateway, as `set` and `add` lines. */
export const gaia: Dialect = {
  id: 'gaia',
  title: 'Check Point Gaia',
  containerlabKinds: ['checkpoint_cloudguard', 'vr-checkpoint_cloudguard'],
  read: (text) => readSet(text, { comments: '#', verbs: ['add'] }),
  commands: table([
    ...management,
    ...interfaces,
    ...staticRoutes,
    ...routeMaps,
    ...redistribution,
    ...inboundFilters,
    ...bgp,
    ...ospf,
  ]),
  matching: { abbreviations: false, inlineModes: true, ...interfaceLanguage('gaia') },
  behaviour,
  recognise: recogniser([
    { sign: /^# Language version: /m, weight: 15 },
    { sign: /^set (installer|clienv|expert-password-hash|password-controls|net-access|config-state) /m, weight: 12 },
    { sign: /^set interface \S+ ipv4-address \S+ (mask-length|subnet-mask) /m, weight: 12 },
    { sign: /^(add bonding group|set static-route \S+ nexthop) /m, weight: 12 },
    { sign: /^set bgp (internal|external) /m, weight: 12 },
    { sign: /^set (routemap|inbound-route-filter|route-redistribution) /m, weight: 10 },
  ]),
  finish: (device, tree) => {
    finishStatics(device);
    finishRouteMaps(device);
    finishOspf(device);
    finishBgp(device);
    leaveTransitOpen(device, tree.statements[0]?.span ?? { line: 0, start: 0, end: 0 });
  },
};
