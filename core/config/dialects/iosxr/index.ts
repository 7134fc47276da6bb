import { type Entry, nothing, rowsOf, table } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { Dialect } from '../../dialect.ts';
import { readIndented } from '../../readers/indented.ts';
import { delimitedBanner, policyBlock } from '../../readers/multi-line.ts';
import { recogniser } from '../../recognise.ts';
import type { ConfigTree } from '../../tree.ts';
import { iosxrAccessLists } from '../shared/acl.ts';
import { frame, interfaceLanguage } from '../shared/frame.ts';
import { behaviour } from './behaviour.ts';
import { finishBgp, routerBgp } from './bgp.ts';
import { distanceVector } from './eigrp.ts';
import { firstHop } from './first-hop.ts';
import { finishInterfaces, interfaces } from './interfaces.ts';
import { routerIsis } from './isis.ts';
import { management } from './management.ts';
import { finishOspf, routerOspf } from './ospf.ts';
import { policiesWithValues } from './policy-use.ts';
import { finishPolicies } from './rpl/compile.ts';
import { splitCall } from './rpl/syntax.ts';
import { routerStatic } from './static.ts';
import { vrfMode } from './vrf.ts';

const row = rowsOf<DeviceDraft>();

/** Policies and sets: the reader takes their text, the finish step makes the device's policies of it. */
const policies: readonly Entry[] = [
  row('route-policy <name:rest>', {
    doc: 'A routing policy; a route that it neither passes nor changes is dropped.',
    apply: (device, { name }) => {
      device.definitions.push({ kind: 'route-map', name: splitCall(name.value).name, span: name.span });
    },
    undo: (device, { name }) => {
      if (name)
        device.definitions = device.definitions.filter(
          (known) => known.kind !== 'route-map' || known.name !== splitCall(name.value).name,
        );
    },
  }),
  row('prefix-set <name:word>', {
    doc: 'Prefixes that policies name.',
    defines: { name: 'prefix-list' },
    apply: nothing,
    undo: nothing,
  }),
  row('as-path-set <name:word>', {
    doc: 'Conditions on AS paths that policies name.',
    defines: { name: 'as-path-list' },
    apply: nothing,
    undo: nothing,
  }),
  row('community-set <name:word>', {
    doc: 'Communities that policies name.',
    defines: { name: 'community-list' },
    apply: nothing,
    undo: nothing,
  }),
  row('extcommunity-set <type:rt|soo> <name:word>', {
    doc: 'Extended communities that policies name.',
    defines: { name: 'extended-community-list' },
    apply: nothing,
    undo: nothing,
  }),
  row('large-community-set <name:word>', {
    doc: 'Large communities that policies name.',
    defines: { name: 'large-community-list' },
    apply: nothing,
    undo: nothing,
  }),
  row('extcommunity-set <type:cost|opaque|bandwidth|color|evpn|seg-nh> <name:word>', {
    doc: 'Extended communities that policies name.',
  }),
  row('<set:rd-set|tag-set|ospf-area-set|mac-set|etag-set|esi-set|evi-set> <name:word>', {
    doc: 'Values that policies name.',
  }),
  row('policy-global', { doc: 'Values that all policies know.' }),
  row('<end:end-policy|end-set|end-global>', { doc: 'End of a policy or set.', effect: 'none' }),
];

const routing: readonly Entry[] = [
  vrfMode,
  ...interfaces,
  ...policies,
  routerStatic,
  ...routerOspf,
  routerIsis,
  ...distanceVector,
  routerBgp,
  ...firstHop,
];

function finish(device: DeviceDraft, tree: ConfigTree): void {
  finishInterfaces(device);
  finishBgp(device);
  finishOspf(device);
  finishPolicies(device, tree, policiesWithValues(device));
}

/** Cisco IOS-XR. */
export const iosxr: Dialect = {
  id: 'iosxr',
  title: 'Cisco IOS-XR',
  containerlabKinds: [
    'cisco_xrd',
    'xrd',
    'cisco_xrv',
    'cisco_xrv9k',
    'vr-xrv',
    'vr-xrv9k',
    'vr-cisco_xrv',
    'vr-cisco_xrv9k',
    'cisco_c8000',
  ],
  read: (text, before) =>
    readIndented(text, { comments: '!#', quotes: false, multiLine: [delimitedBanner, policyBlock] }, before),
  commands: table([...frame, ...routing, ...management, ...iosxrAccessLists]),
  matching: { abbreviations: true, negation: 'no', inlineModes: false, ...interfaceLanguage('iosxr') },
  behaviour,
  finish,
  recognise: recogniser([
    { sign: /^!! IOS XR/m, weight: 15 },
    { sign: /^route-policy \S+/m, weight: 8 },
    { sign: /^end-(policy|set)$/m, weight: 8 },
    { sign: /^interface (MgmtEth|Bundle-Ether|TenGigE|HundredGigE)/m, weight: 4 },
    { sign: /^ ipv4 address \d/m, weight: 5 },
    { sign: /^router static$/m, weight: 4 },
    { sign: /^ neighbor-group \S+/m, weight: 3 },
  ]),
};
