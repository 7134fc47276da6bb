import { type Args, type At, type Entry, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { Located } from '../../span.ts';
import { listLine } from '../shared/drafts.ts';
import { addStaticRoute, removeStaticRoute } from '../shared/static.ts';

const options =
  '*[<distance:int>] *[tag <tag:int>] *[nexthop-vrf <nextHopVrf:word>] *[vrf <vrf:word>] *[<onlink:onlink>] *[metric <metric:int>] *[label <label:word>] *[color <color:int>] *[table <table:int>] *[segments <segments:word>] *[<bfd:bfd>] *[profile <profile:word>] *[source <source:ip>] *[multi-hop]';
const drops = { null0: 'discard', blackhole: 'discard', reject: 'reject' } as const;

type Options = Partial<Args<typeof options>> & { readonly drop?: Located<keyof typeof drops> | undefined };

/** `inVrf`: the VRF whose stanza the line stands in; a `vrf` option on the line itself wins. */
const parts = <T extends Options>(args: T, inVrf: Located<string> | undefined) => ({
  ...args,
  vrf: args.vrf ?? inVrf,
  nextHopVrf: args.nextHopVrf?.value,
  drop: args.drop && drops[args.drop.value],
});

/** Static routes of FRR; they stand globally or in a `vrf` stanza, whose context carries the name. */
export const frrStaticRoutes = <C>(vrfOfContext: (context: C) => Located<string> | undefined): readonly Entry[] => {
  const row = rowsOf<C>();
  const apply = (context: C, args: Options, at: At): void => {
    // A route of another table or with a segment list is not one of this table; labels and BFD are only noted.
    const elsewhere = args.table !== undefined || args.segments !== undefined;
    if (!elsewhere) addStaticRoute(at.device, parts(args, vrfOfContext(context)), at.span);
    if (elsewhere || args.label || args.color || args.bfd) listLine(at);
  };
  const undo = (context: C, args: Options, at: { readonly device: DeviceDraft }): void =>
    removeStaticRoute(at.device, parts(args, vrfOfContext(context)));
  const refers = { vrf: 'vrf', nextHopVrf: 'vrf' } as const;
  return (['ip', 'ipv6'] as const).flatMap((family) => {
    const start = `${family} route <prefix:prefix>` as const;
    return [
      row(`${start} <gateway:ip> ${options}`, { doc: 'Static route through a gateway.', refers, apply, undo }),
      row(`${start} <gateway:ip> <interface:word> ${options}`, {
        doc: 'Static route through a gateway on a named interface.',
        refers: { ...refers, interface: 'interface' },
        apply,
        undo,
      }),
      row(`${start} <drop:null0|blackhole|reject> ${options}`, {
        doc: 'Drops the packets of the prefix; `reject` answers with an ICMP unreachable.',
        refers,
        apply,
        undo,
      }),
      row(`${start} <interface:word> ${options}`, {
        doc: 'Static route out of an interface.',
        refers: { ...refers, interface: 'interface' },
        apply,
        undo,
      }),
    ];
  });
};
