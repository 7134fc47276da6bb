import { type Entry, modesOf, rowsOf, table } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { Dialect } from '../../dialect.ts';
import { readEdit } from '../../readers/edit.ts';
import { recogniser } from '../../recognise.ts';
import { GLOBAL, vrfOf } from '../shared/drafts.ts';
import { leaveTransitOpen } from '../shared/firewall.ts';
import { interfaceLanguage } from '../shared/frame.ts';
import { behaviour } from './behaviour.ts';
import { bgp, finishBgp } from './bgp.ts';
import { type Domain, domainOf } from './context.ts';
import { finishInterfaces, interfaces } from './interfaces.ts';
import { finishOspf, ospf } from './ospf.ts';
import { finishPolicies, policies } from './policy.ts';
import { finishStatics, staticRoutes } from './static.ts';

const row = rowsOf<Domain>();
const mode = modesOf<Domain>();

const system: readonly Entry[] = [
  mode('config system global', { doc: 'The firewall itself.', enter: (domain) => domain, effect: 'none' }, [
    row('hostname <name:word>', {
      doc: 'Name of the firewall.',
      effect: 'none',
      apply: ({ device }, { name }) => {
        device.hostname = name;
      },
    }),
    row('<what:word> [<rest:rest>]', { doc: 'A setting of management.', effect: 'none' }),
  ]),
  interfaces,
  ...(['sdwan', 'virtual-wan-link'] as const).map((table) =>
    mode(`config system ${table}`, { doc: 'Choice of a way by its quality.', enter: (domain) => domain }, [
      row('status disable', { doc: 'It is off; the default.', effect: 'none' }),
      row('config <what:zone|health-check|health-check-fortiguard> [<rest:rest>]', {
        doc: 'Names and probes, which choose no way by themselves.',
        effect: 'none',
      }),
    ]),
  ),
  // What may lead packets elsewhere than the table says is listed line by line, as is every other table of routing.
  row(
    'config system <what:link-monitor|settings|gre-tunnel|ipip-tunnel|vxlan|switch-interface|virtual-switch|virtual-wire-pair|standalone-cluster> [<rest:rest>]',
    {
      doc: 'What may change the way of packets; it is kept, and not evaluated.',
    },
  ),
  row('config system <what:word> [<rest:rest>]', { doc: 'A table of management.', effect: 'none' }),
];

/** Tables without a line, as a saved configuration lists them, say nothing. */
const quiet: readonly Entry[] = [
  row(
    'config <what:antivirus|application|authentication|automation|certificate|cifs|dlp|dnsfilter|emailfilter|endpoint-control|extender-controller|extension-controller|file-filter|ftp-proxy|icap|ips|log|report|sctp-filter|ssh-filter|switch-controller|user|videofilter|virtual-patch|voip|waf|wanopt|web-proxy|webfilter|wireless-controller|monitoring|nsxt|ztna|alertemail|casb|telemetry-controller|rule|dpdk|global> [<rest:rest>]',
    { doc: 'A table that changes no route.', effect: 'none' },
  ),
  row('config vpn <what:ssl|certificate|ocvpn|l2tp|pptp> [<rest:rest>]', { doc: 'Access of users.', effect: 'none' }),
  row(
    'config firewall <what:policy|policy6|policy46|policy64|proxy-policy|local-in-policy|local-in-policy6|security-policy|acl|acl6|DoS-policy|DoS-policy6|interface-policy|multicast-policy|multicast-policy6|vip|vip6|vipgrp|vipgrp6|ippool|ippool6|central-snat-map|shaping-policy> [<rest:rest>]',
    {
      doc: 'Rules on sessions. They are kept, and not evaluated.',
    },
  ),
  row('config firewall <what:word> [<rest:rest>]', { doc: 'Objects of rules.', effect: 'none' }),
];

const sources = ['connected', 'static', 'ospf', 'bgp', 'isis', 'rip'] as const;

/** `config router rip` and its kind, as they are written where they do not run: every source switched off. */
const idle: readonly Entry[] = (['rip', 'ripng', 'isis', 'ospf6', 'multicast', 'multicast6'] as const).map((protocol) =>
  mode(`config router ${protocol}`, { doc: 'A protocol that is not modelled.', enter: (domain) => domain }, [
    ...sources.flatMap((source) => [
      mode(`config redistribute ${source}`, { doc: 'Routes of another protocol.', enter: (domain) => domain }, []),
      mode(`config redistribute6 ${source}`, { doc: 'Routes of another protocol.', enter: (domain) => domain }, []),
    ]),
  ]),
);

const inDomain: readonly Entry[] = [...system, ...staticRoutes, ...policies, ospf, bgp, ...idle, ...quiet];

const top: readonly Entry[] = [
  modesOf<Domain>()('config vdom', { doc: 'Virtual domains.', enter: (domain) => domain }, [
    modesOf<Domain>()(
      'edit <name:word>',
      {
        doc: 'A virtual domain: `root` is the global table, every other one a VRF of its name.',
        enter: ({ device }, { name }, at): Domain => {
          const vrf = domainOf(name.value);
          if (vrf !== GLOBAL) vrfOf(device, vrf, at.span);
          return { device, vrf };
        },
      },
      inDomain,
    ),
  ]),
  modesOf<Domain>()('config global', { doc: 'What all virtual domains share.', enter: (domain) => domain }, inDomain),
  ...inDomain,
];

const roots = new WeakMap<DeviceDraft, Domain>();
/** Lines that stand in no virtual domain are of `root`. */
const rootOf = (device: DeviceDraft): Domain => {
  const known = roots.get(device) ?? { device, vrf: GLOBAL };
  roots.set(device, known);
  return known;
};

/** The outermost rows act on the device; those of a domain then on its `root`. */
const ofDevice = (entry: Entry): Entry => ({
  ...entry,
  ...(entry.enter && { enter: (device, args, at) => entry.enter?.(rootOf(device), args, at) }),
  ...(entry.apply && { apply: (device, args, at) => entry.apply?.(rootOf(device), args, at) }),
});

/** Fortinet FortiOS: the full or the saved configuration (`config`, `edit`, `set`, `next`, `end`). */
export const fortios: Dialect = {
  id: 'fortios',
  title: 'Fortinet FortiOS',
  containerlabKinds: ['fortinet_fortigate', 'vr-fortinet_fortigate'],
  read: readEdit,
  commands: table(top.map(ofDevice)),
  matching: { abbreviations: false, negation: 'unset', inlineModes: true, ...interfaceLanguage('fortios') },
  behaviour,
  recognise: recogniser([
    { sign: /^#config-version=FG/m, weight: 20 },
    { sign: /^config (system (global|interface)|router (static|bgp|ospf)|firewall policy|vdom)$/m, weight: 15 },
    { sign: /^ +edit ("[^"\n]*"|\S+)$/m, weight: 4 },
    { sign: /^ +next$/m, weight: 4 },
  ]),
  finish: (device: DeviceDraft, tree) => {
    finishInterfaces(device);
    finishStatics(device);
    finishPolicies(device);
    finishOspf(device);
    finishBgp(device);
    leaveTransitOpen(device, tree.statements[0]?.span ?? { line: 0, start: 0, end: 0 });
  },
};
