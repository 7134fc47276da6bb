import { type Args, type Entry, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import { addStaticRoute, removeStaticRoute } from '../shared/static.ts';

const row = rowsOf<DeviceDraft>();

const options =
  '[<distance:int>] *[tag <tag:int>] *[name <name:word>] *[metric <metric:int>] *[track <track:word>] *[track bfd]';

type Egress = { readonly egress?: { readonly value: string } | undefined };
const parts = <T extends Partial<Args<typeof options>> & Egress>(args: T) => ({
  ...args,
  nextHopVrf: args.egress?.value,
});

const refers = { vrf: 'vrf' } as const;

/** Static routes of EOS. */
export const eosStaticRoutes: readonly Entry[] = (['ip', 'ipv6'] as const).flatMap((family) => {
  // One text for both families: the slot types accept an address of either, and a gateway of the other family is RFC 5549.
  const start = `${family} route [vrf <vrf:word>] <prefix:prefix>` as const;
  return [
    row(`${start} [egress-vrf <egress:word>] <gateway:ip> ${options}`, {
      doc: 'Static route through a gateway; `egress-vrf` names the VRF in which the gateway lies.',
      refers: { ...refers, egress: 'vrf' },
      apply: (device, args, at) => addStaticRoute(device, parts(args), at.span),
      undo: (device, args) => removeStaticRoute(device, parts(args)),
    }),
    row(`${start} [egress-vrf <egress:word>] <interface:interface> [<gateway:ip>] ${options}`, {
      doc: 'Static route out of an interface (Null0 drops), with or without a gateway.',
      refers: { ...refers, interface: 'interface', egress: 'vrf' },
      apply: (device, args, at) => addStaticRoute(device, parts(args), at.span),
      undo: (device, args) => removeStaticRoute(device, parts(args)),
    }),
    row(`${start} <kind:nexthop-group|mpls|vtep> <what:words>`, {
      doc: 'Static route into a next-hop group or a tunnel.',
    }),
  ];
});
