import { type Entry, rowsOf, table } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { Dialect } from '../../dialect.ts';
import { recogniser } from '../../recognise.ts';
import { interfaceLanguage } from '../shared/frame.ts';
import { acl, finishAcl } from './acl.ts';
import { behaviour } from './behaviour.ts';
import { bfd } from './bfd.ts';
import { finishBgp } from './bgp.ts';
import { finishEvpn } from './evpn.ts';
import { finishInterfaces, interfaces } from './interfaces.ts';
import { finishInstances, networkInstances } from './network-instance.ts';
import { finishOspf } from './ospf.ts';
import { finishPolicies, routingPolicy } from './policy.ts';
import { readSrlinux } from './read.ts';
import { system } from './system.ts';
import { tunnelInterfaces } from './tunnel-interface.ts';

const row = rowsOf<DeviceDraft>();

const top: readonly Entry[] = [
  interfaces,
  tunnelInterfaces,
  networkInstances,
  routingPolicy,
  acl,
  bfd,
  system,
  row('<what:platform|qos> [<rest:rest>]', { doc: 'Hardware and queues: changes no route.', effect: 'none' }),
  row('<what:tunnel|oam|macsec|srv6|group-based-policy> [<rest:rest>]', { doc: 'Known, and not simulated.' }),
];

/** Nokia SR Linux: `info` (braces), `info flat` (`set / ...`) and JSON, which containerlab takes as startup-config as well. */
export const srlinux: Dialect = {
  id: 'srlinux',
  title: 'Nokia SR Linux',
  containerlabKinds: ['nokia_srlinux', 'srl'],
  read: readSrlinux,
  commands: table(top),
  matching: { abbreviations: false, inlineModes: true, ...interfaceLanguage('srlinux') },
  behaviour,
  recognise: recogniser([
    {
      sign: /^(?:set )?\/ ?(interface|system|network-instance|routing-policy|acl|tunnel-interface|platform|qos) /m,
      weight: 16,
    },
    { sign: /^ *network-instance \S+ \{/m, weight: 16 },
    { sign: /^ *subinterface \d+ \{/m, weight: 8 },
    { sign: /^ *interface (ethernet-\d+\/\d+|mgmt0|system0|irb\d+|lag\d+) \{/m, weight: 12 },
    { sign: /"(?:srl_nokia-[\w-]+:)?network-instance": *\[/, weight: 16 },
    { sign: /"srl_nokia-/, weight: 16 },
  ]),
  finish: (device) => {
    finishInstances(device);
    finishInterfaces(device);
    finishAcl(device);
    finishOspf(device);
    finishBgp(device);
    finishEvpn(device);
    finishPolicies(device);
  },
};
