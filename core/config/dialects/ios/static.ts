import { type Args, type Entry, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import { GLOBAL } from '../shared/drafts.ts';
import { addStaticRoute, removeStaticRoute } from '../shared/static.ts';

const row = rowsOf<DeviceDraft>();

const options4 =
  '[<global:global>] [<distance:int>] *[name <name:word>] *[tag <tag:int>] *[track <track:word>] *[<permanent:permanent>]';
const options6 =
  '[nexthop-vrf <nextHopVrf:word>] [<distance:int>] *[name <name:word>] *[tag <tag:int>] *[track <track:word>] *[<unicast:unicast>]';

/** `global`: the gateway of a VRF's route is looked up in the global table. */
const parts4 = <T extends Partial<Args<typeof options4>>>(args: T) => ({
  ...args,
  nextHopVrf: args.global ? GLOBAL : undefined,
});
const parts6 = <T extends Partial<Args<typeof options6>>>(args: T) => ({ ...args, nextHopVrf: args.nextHopVrf?.value });

const refers = { vrf: 'vrf', track: 'track' } as const;

/** Static routes of IOS and IOS-XE. */
export const iosStaticRoutes: readonly Entry[] = [
  row(`ip route [vrf <vrf:word>] <prefix:prefix4> <gateway:ip4> ${options4}`, {
    doc: 'Static route through a gateway, which may itself be reached through another route.',
    refers,
    apply: (device, args, at) => addStaticRoute(device, parts4(args), at.span),
    undo: (device, args) => removeStaticRoute(device, parts4(args)),
  }),
  row(`ip route [vrf <vrf:word>] <prefix:prefix4> <interface:interface> [<gateway:ip4>] ${options4}`, {
    doc: 'Static route out of an interface (Null0 drops), with or without a gateway.',
    refers: { ...refers, interface: 'interface' },
    apply: (device, args, at) => addStaticRoute(device, parts4(args), at.span),
    undo: (device, args) => removeStaticRoute(device, parts4(args)),
  }),
  row('ip route [vrf <vrf:word>] <prefix:prefix4> <interface:interface> dhcp [<distance:int>]', {
    doc: 'Static route through the gateway that DHCP names; it is not known from the configuration.',
  }),
  row(`ipv6 route [vrf <vrf:word>] <prefix:prefix6> <gateway:ip6> ${options6}`, {
    doc: 'IPv6 static route through a gateway.',
    refers,
    apply: (device, args, at) => addStaticRoute(device, parts6(args), at.span),
    undo: (device, args) => removeStaticRoute(device, parts6(args)),
  }),
  row(`ipv6 route [vrf <vrf:word>] <prefix:prefix6> <interface:interface> [<gateway:ip6>] ${options6}`, {
    doc: 'IPv6 static route out of an interface (Null0 drops), with or without a gateway.',
    refers: { ...refers, interface: 'interface' },
    apply: (device, args, at) => addStaticRoute(device, parts6(args), at.span),
    undo: (device, args) => removeStaticRoute(device, parts6(args)),
  }),
];
