import { type Args, type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { Located } from '../../span.ts';
import { GLOBAL } from '../shared/drafts.ts';
import { addStaticRoute, removeStaticRoute } from '../shared/static.ts';

/** The VRF whose routes these lines are; undefined for the global table. */
interface StaticContext {
  readonly device: DeviceDraft;
  readonly vrf: Located<string> | undefined;
}

const row = rowsOf<StaticContext>();

const options =
  '*[<distance:int>] *[metric <metric:int>] *[tag <tag:int>] *[track <track:word>] *[description <name:word>] *[<permanent:permanent>] *[vrflabel <label:int>] *[bfd <bfd:fast-detect> [minimum-interval <interval:int>] [multiplier <multiplier:int>]]';

const parts = <T extends Partial<Args<typeof options>> & { readonly nextVrf?: Located<string> | undefined }>(
  { vrf }: StaticContext,
  args: T,
) => ({
  ...args,
  ...(vrf && { vrf }),
  nextHopVrf: args.nextVrf?.value,
});

const refers = { track: 'track' } as const;

/** Routes of one family: a gateway, an interface (Null0 drops), or both, possibly looked up in another VRF. */
const routes = (prefix: 'prefix4' | 'prefix6', address: 'ip4' | 'ip6'): readonly Entry[] => [
  row(
    `<prefix:${prefix}> [vrf <nextVrf:word>] <gateway:${address}> ${options}` as `<prefix:prefix4> [vrf <nextVrf:word>] <gateway:ip4> ${typeof options}`,
    {
      doc: 'Static route through a gateway, which may itself be reached through another route.',
      refers,
      apply: (context, args, at) => addStaticRoute(at.device, parts(context, args), at.span),
      undo: (context, args, at) => removeStaticRoute(at.device, parts(context, args)),
    },
  ),
  row(
    `<prefix:${prefix}> [vrf <nextVrf:word>] <interface:interface> [<gateway:${address}>] ${options}` as `<prefix:prefix4> [vrf <nextVrf:word>] <interface:interface> [<gateway:ip4>] ${typeof options}`,
    {
      doc: 'Static route out of an interface (Null0 drops), with or without a gateway.',
      refers: { ...refers, interface: 'interface' },
      apply: (context, args, at) => addStaticRoute(at.device, parts(context, args), at.span),
      undo: (context, args, at) => removeStaticRoute(at.device, parts(context, args)),
    },
  ),
  row('<what:maximum|topology> <values:words>', { doc: 'Further settings of static routes.' }),
];

const families: readonly Entry[] = [
  modesOf<StaticContext>()(
    'address-family ipv4 unicast',
    { doc: 'IPv4 static routes.', enter: (context) => context },
    routes('prefix4', 'ip4'),
  ),
  modesOf<StaticContext>()(
    'address-family ipv6 unicast',
    { doc: 'IPv6 static routes.', enter: (context) => context },
    routes('prefix6', 'ip6'),
  ),
  row('address-family <afi:ipv4|ipv6> multicast', { doc: 'Static routes for multicast.' }),
];

/** `router static` of IOS-XR. */
export const routerStatic: Entry = modesOf<DeviceDraft>()(
  'router static',
  {
    doc: 'Static routes.',
    enter: (device): StaticContext => ({ device, vrf: undefined }),
    undo: (device) => {
      device.staticRoutes = [];
    },
  },
  [
    ...families,
    modesOf<StaticContext>()(
      'vrf <vrf:word>',
      {
        doc: 'Static routes of a VRF.',
        refers: { vrf: 'vrf' },
        enter: ({ device }, { vrf }): StaticContext => ({ device, vrf }),
        undo: ({ device }, { vrf }) => {
          device.staticRoutes = device.staticRoutes.filter((route) => route.vrf !== (vrf?.value ?? GLOBAL));
        },
      },
      families,
    ),
  ],
);
