import { type Entry, modesOf, rowsOf, table } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { Dialect } from '../../dialect.ts';
import { readIndented } from '../../readers/indented.ts';
import { recogniser } from '../../recognise.ts';
import { frrBgp } from '../frr/bgp.ts';
import { frrRouteMap } from '../frr/route-map.ts';
import { frrAccessLists } from '../shared/acl.ts';
import { GLOBAL } from '../shared/drafts.ts';
import { frame, interfaceLanguage } from '../shared/frame.ts';
import { harmless } from '../shared/harmless.ts';
import { frrLists } from '../shared/lists.ts';
import { ospfProcessOf, ospfRows } from '../shared/ospf.ts';
import { ospfInterfaceRows } from '../shared/ospf-interface.ts';
import { prefixLists } from '../shared/prefix-lists.ts';
import { addStaticRoute, removeStaticRoute } from '../shared/static.ts';
import { behaviour } from './behaviour.ts';
import { finishInterfaces, interfaces } from './interfaces.ts';

const row = rowsOf<DeviceDraft>();
const PLAIN = 'connected|static|rip|kernel|ospf6|table|attached-host|dynamic';

const lengthOf = (text: string): string | undefined => /^\/(\d{1,3})$/.exec(text)?.[1];

/** `ip route 10.1.0.0 /16 10.0.0.1 1 description inside`: the length of the prefix stands apart. */
const staticRoutes: readonly Entry[] = (['ip', 'ipv6'] as const).flatMap((family) => [
  row(
    `${family} route <network:ip> <length:word> <gateway:ip> *[<distance:int>] *[description <text:word>] *[cpu-process] *[partition <partition:word>]`,
    {
      doc: 'Static route through a gateway.',
      apply: (device, { network, length, gateway, distance }, at) => {
        const bits = lengthOf(length.value);
        if (bits === undefined) return;
        const prefix = { value: `${network.value}/${bits}`, span: network.span };
        addStaticRoute(device, { prefix, gateway, distance }, at.span);
      },
      undo: (device, { network, length, gateway }) => {
        const bits = lengthOf(length?.value ?? '');
        if (network && bits !== undefined)
          removeStaticRoute(device, { prefix: { value: `${network.value}/${bits}`, span: network.span }, gateway });
      },
    },
  ),
  row(`${family} route <prefix:prefix> <gateway:ip> *[<distance:int>] *[description <text:word>]`, {
    doc: 'Static route through a gateway.',
    apply: (device, { prefix, gateway, distance }, at) =>
      addStaticRoute(device, { prefix, gateway, distance }, at.span),
    undo: (device, { prefix, gateway }) => removeStaticRoute(device, { prefix, gateway }),
  }),
  row(`${family} route <network:ip> <length:word>`, {
    doc: 'Head of the gateways of a prefix, as the system prints it once more.',
    effect: 'none',
  }),
]);

const ospf: Entry = modesOf<DeviceDraft>()(
  'router ospf [<id:int>]',
  {
    doc: 'OSPF version 2.',
    enter: (device, { id }, at) => ospfProcessOf(device, id ? String(id.value) : '', 2, GLOBAL, at.span),
  },
  ospfRows(PLAIN),
);

const management: readonly Entry[] = [
  row('hostname <name:word>', {
    doc: 'Name of the device.',
    effect: 'none',
    apply: (device, { name }) => {
      device.hostname = name;
    },
  }),
  ...harmless({
    'vcs disable': 'No virtual chassis.',
    visibility: 'Counters and reports.',
    'admin-lockout': 'Access of administrators.',
    admin: 'Access of administrators.',
    audit: 'Log of commands.',
    authentication: 'Access of administrators.',
    authorization: 'Access of administrators.',
    accounting: 'Access of administrators.',
    'fail-safe': 'Watches the hardware.',
    monitor: 'Watches the hardware.',
    system: 'Sizes of tables and limits.',
    terminal: 'The command line.',
    tftp: 'File transfer.',
    techreport: 'Reports for support.',
    timezone: 'Time.',
    ntp: 'Time.',
    'web-service': 'Management by the web.',
    'enable-management': 'Where management is reached.',
    'disable-management': 'Where management is reached.',
    logging: 'Log messages.',
    'snmp-server': 'SNMP.',
    sflow: 'Samples of traffic.',
    netflow: 'Records of traffic.',
    rba: 'Roles of administrators.',
    aam: 'Authentication of users.',
    'cloud-services': 'Cloud metadata.',
    'mac-age-time': 'How long addresses of switched frames are kept.',
    'arp-timeout': 'How long ARP entries are kept.',
    lacp: 'Link aggregation.',
    lldp: 'Neighbours of the link layer.',
    'ip frag': 'Fragments.',
    'ip tcp': 'TCP of services.',
    'ip dns': 'Names.',
    'ip nat translation': 'Timers of translations.',
    'health monitor': 'Probes of servers.',
    'vrrp-a vrid-lead': 'Groups of redundancy.',
    'vrrp-a session-sync': 'Copies sessions to the other device.',
    gslb: 'Answers of DNS.',
    cgnv6: 'Address translation of providers; pools are named with their routes elsewhere.',
    waf: 'Web application firewall.',
    'file-inspection': 'Inspection of files.',
    glm: 'Licences.',
    banner: 'Text at login.',
    bootimage: 'Image.',
    'backup-periodic': 'Copies of the configuration.',
  }),
  // What answers at the device itself: a virtual address may be announced, which is not modelled.
  row('slb <what:common|resource-usage|player-id-global|server|service-group|template> [<rest:rest>]', {
    doc: 'Servers and how traffic is shared among them.',
    effect: 'none',
  }),
  row('slb virtual-server <name:word> <address:word> [<rest:rest>]', {
    doc: 'A virtual address; it answers there and is in no routing table.',
  }),
];

/** A10 ACOS: the running configuration of an application delivery controller. */
export const acos: Dialect = {
  id: 'acos',
  title: 'A10 ACOS',
  containerlabKinds: ['a10_vthunder'],
  read: (text, before) => readIndented(text, { comments: '!#', quotes: true, multiLine: [] }, before),
  commands: table([
    ...frame,
    ...interfaces(ospfInterfaceRows('ip ospf')),
    ...staticRoutes,
    ospf,
    frrBgp,
    frrRouteMap,
    ...prefixLists(5),
    ...frrLists,
    ...frrAccessLists,
    ...management,
  ]),
  matching: { abbreviations: true, negation: 'no', inlineModes: false, ...interfaceLanguage('acos') },
  behaviour,
  finish: finishInterfaces,
  recognise: recogniser([
    { sign: /^!64-bit Advanced Core OS/m, weight: 30 },
    { sign: /^(slb|aam|cgnv6|rba|vrrp-a|gslb) /m, weight: 12 },
    { sign: /^interface (ve|ethernet) \d+$/m, weight: 8 },
    { sign: /^ip route \S+ \/\d+ /m, weight: 12 },
  ]),
};
