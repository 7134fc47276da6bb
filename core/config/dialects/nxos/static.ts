import { type Args, type Entry, rowsOf } from '../../command-table.ts';
import type { DeviceDraft, Vrf } from '../../device/device.ts';
import type { Located } from '../../span.ts';
import { addStaticRoute, removeStaticRoute } from '../shared/static.ts';

const options =
  '*[vrf <nextHopVrf:word>] *[track <track:word>] *[name <name:word>] *[tag <tag:int>] *[<distance:int>] *[<bfd:bfd>]';

const refers = { nextHopVrf: 'vrf', track: 'track' } as const;

type Target = { readonly value: string; readonly span: Located<string>['span'] };

/** What a line says: the VRF that it stands in, and the table of the gateway where that is another one. */
const parts = <T extends Partial<Args<typeof options>>>(vrf: Target | undefined, args: T) => ({
  ...args,
  ...(vrf && { vrf }),
  nextHopVrf: args.nextHopVrf?.value,
});

/** Static routes of one place: the global table, or a VRF context, which is where NX-OS has those of a VRF. */
function routes<C>(vrfOf: (context: C) => Target | undefined): readonly Entry[] {
  const row = rowsOf<C>();
  return [
    row(`ip route <prefix:prefix4> <gateway:ip4> ${options}`, {
      doc: 'Static route through a gateway, which may itself be reached through another route.',
      refers,
      apply: (context, args, at) => addStaticRoute(at.device, parts(vrfOf(context), args), at.span),
      undo: (context, args, at) => removeStaticRoute(at.device, parts(vrfOf(context), args)),
    }),
    row(`ip route <prefix:prefix4> <interface:interface> [<gateway:ip4>] ${options}`, {
      doc: 'Static route out of an interface (Null0 drops), with or without a gateway.',
      refers: { ...refers, interface: 'interface' },
      apply: (context, args, at) => addStaticRoute(at.device, parts(vrfOf(context), args), at.span),
      undo: (context, args, at) => removeStaticRoute(at.device, parts(vrfOf(context), args)),
    }),
    row(`ipv6 route <prefix:prefix6> <gateway:ip6> ${options}`, {
      doc: 'IPv6 static route through a gateway.',
      refers,
      apply: (context, args, at) => addStaticRoute(at.device, parts(vrfOf(context), args), at.span),
      undo: (context, args, at) => removeStaticRoute(at.device, parts(vrfOf(context), args)),
    }),
    row(`ipv6 route <prefix:prefix6> <interface:interface> [<gateway:ip6>] ${options}`, {
      doc: 'IPv6 static route out of an interface (Null0 drops), with or without a gateway.',
      refers: { ...refers, interface: 'interface' },
      apply: (context, args, at) => addStaticRoute(at.device, parts(vrfOf(context), args), at.span),
      undo: (context, args, at) => removeStaticRoute(at.device, parts(vrfOf(context), args)),
    }),
    row('ip route static bfd <interface:interface> <gateway:ip4>', {
      doc: 'Takes static routes out while bidirectional forwarding detection finds their gateway dead.',
    }),
  ];
}

export const staticRoutes: readonly Entry[] = routes<DeviceDraft>(() => undefined);
export const vrfStaticRoutes: readonly Entry[] = routes<Vrf>((vrf) => ({ value: vrf.name, span: vrf.span }));
