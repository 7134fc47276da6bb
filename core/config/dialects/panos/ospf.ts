import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { OspfArea, OspfProcess } from '../../device/igp.ts';
import type { Interface, OspfInterface } from '../../device/interface.ts';
import type { Span } from '../../span.ts';
import { addOnce, no, yes } from '../shared/drafts.ts';
import { areaOf, ospfProcessOf } from '../shared/ospf.ts';
import { panosInterface } from './interfaces.ts';
import type { RedistUse, VirtualRouter } from './notes.ts';
import { useOf } from './rules.ts';

const processOf = ({ device, vrf, name }: VirtualRouter, span: Span): OspfProcess =>
  ospfProcessOf(device, name, 2, vrf, span);

interface AreaContext {
  readonly router: VirtualRouter;
  readonly area: OspfArea;
}
interface PortContext {
  readonly port: Interface;
}

const row = rowsOf<VirtualRouter>();
const mode = modesOf<VirtualRouter>();
const areaRow = rowsOf<AreaContext>();
const areaMode = modesOf<AreaContext>();
const portRow = rowsOf<PortContext>();
const portMode = modesOf<PortContext>();

const settings = ({ port }: PortContext): OspfInterface => {
  port.ospf ??= {};
  return port.ospf;
};

const TYPES = { broadcast: 'broadcast', p2p: 'point-to-point', p2mp: 'point-to-multipoint' } as const;

const portRows: readonly Entry[] = [
  portRow('enable <state:yes|no>', {
    doc: 'Whether OSPF runs here.',
    apply: (context, { state }, at) => {
      // Switched off it is neither a neighbour's nor announced; as no area names it then, the place is removed.
      if (state.value === 'no') settings(context).passive = yes(at.span);
      disabled.set(context.port, state.value === 'no');
    },
  }),
  portRow('passive <state:yes|no>', {
    doc: 'The network is announced, and no neighbour is sought.',
    apply: (context, { state }, at) => {
      settings(context).passive = state.value === 'yes' ? yes(at.span) : no(at.span);
    },
  }),
  portRow('metric <cost:int>', {
    doc: 'Cost of the interface; 10 unless configured.',
    apply: (context, { cost }) => {
      settings(context).cost = cost;
    },
  }),
  portRow('priority <value:int>', {
    doc: 'The router with the highest priority becomes the designated one.',
    apply: (context, { value }) => {
      settings(context).priority = value;
    },
  }),
  portRow('hello-interval <seconds:int>', {
    doc: 'Seconds between hellos; neighbours must agree.',
    apply: (context, { seconds }) => {
      settings(context).helloSeconds = seconds;
    },
  }),
  portRow('dead-counts <count:int>', {
    doc: 'Hellos that may be lost; neighbours must agree on the time that makes.',
    apply: (context, { count }) => {
      deadCounts.set(context.port, count.value);
    },
  }),
  portMode('link-type', { doc: 'Kind of network.', enter: (context) => context }, [
    portRow('<type:broadcast|p2p|p2mp>', {
      doc: 'Kind of network.',
      apply: (context, { type }) => {
        settings(context).networkType = { value: TYPES[type.value], span: type.span };
      },
    }),
  ]),
  portRow('<what:retransmit-interval|transit-delay|gr-delay|bfd|authentication> [<rest:rest>]', {
    doc: 'Timers, BFD and authentication.',
    effect: 'none',
  }),
];

/** Interfaces whose place in an area is switched off, and hellos that may be lost. */
const disabled = new WeakMap<Interface, boolean>();
const deadCounts = new WeakMap<Interface, number>();

const typeRows = (type: 'stub' | 'nssa'): readonly Entry[] => [
  areaRow('accept-summary <state:yes|no>', {
    doc: 'Whether routes of other areas are announced into it.',
    apply: ({ area }, { state }, at) => {
      area.noSummary = state.value === 'no' ? yes(at.span) : no(at.span);
    },
  }),
  areaRow('default-route disable', {
    doc: 'No default route is announced into the area.',
    ...(type === 'nssa' ? { effect: 'none' as const } : { listed: true as const, apply: () => undefined }),
  }),
  areaMode('default-route', { doc: 'The default route that is announced into the area.', enter: (c) => c }, [
    areaMode(
      'advertise',
      {
        doc: 'It is announced.',
        enter: (context, _, at) => {
          if (type === 'nssa') context.area.nssaDefaultOriginate = yes(at.span);
          return context;
        },
      },
      [
        areaRow('metric <cost:int>', {
          doc: 'Cost of the default route.',
          apply: ({ area }, { cost }) => {
            area.defaultCost = cost;
          },
        }),
        areaRow('type [<rest:rest>]', { doc: 'Kind of external route.' }),
      ],
    ),
  ]),
];

const areaRows: readonly Entry[] = [
  areaMode('type', { doc: 'Kind of area.', enter: (context) => context }, [
    areaRow('normal', { doc: 'An area with all routes.', apply: () => undefined }),
    ...(['stub', 'nssa'] as const).map((type) =>
      areaMode(
        type,
        {
          doc: 'An area without external routes of others.',
          enter: (context, _, at) => {
            context.area.type = { value: type, span: at.span };
            return context;
          },
        },
        typeRows(type),
      ),
    ),
  ]),
  areaMode('range', { doc: 'Ranges that stand for the networks of the area.', enter: (context) => context }, [
    areaRow('<prefix:prefix4> <what:advertise|suppress>', {
      doc: 'A range that stands for what lies inside of it, or hides it.',
      apply: ({ area }, { prefix, what }, at) => {
        area.ranges.push({ prefix: prefix.value, advertise: what.value === 'advertise', span: at.span });
      },
    }),
  ]),
  areaMode('interface', { doc: 'Interfaces of the area.', enter: (context) => context }, [
    areaMode(
      '<name:word>',
      {
        doc: 'An interface of the area.',
        refers: { name: 'interface' },
        enter: ({ router, area }, { name }): PortContext => {
          addOnce(area.interfaces, name);
          return { port: panosInterface(router.device, name.value, name.span) };
        },
      },
      portRows,
    ),
  ]),
  areaRow('authentication [<rest:rest>]', { doc: 'Authentication of the area’s packets.', effect: 'none' }),
  areaRow('virtual-link [<rest:rest>]', { doc: 'A link to the backbone through another area.' }),
];

const useRow = rowsOf<RedistUse>();
const exportRows: readonly Entry[] = [
  useRow('new-path-type <type:ext-1|ext-2>', {
    doc: 'Kind of external route.',
    apply: (use, { type }) => {
      use.metricType = type.value === 'ext-1' ? 1 : 2;
    },
  }),
  useRow('metric <metric:int>', {
    doc: 'Metric of the routes.',
    apply: (use, { metric }) => {
      use.metric = metric;
    },
  }),
  useRow('new-tag <tag:word>', {
    doc: 'Tag of the routes.',
    apply: (use, { tag }, at) => {
      const value = Number(tag.value);
      if (Number.isInteger(value)) use.term.actions.push({ kind: 'set-tag', value, span: at.span });
    },
  }),
];

/** `protocol ospf ...` of a virtual router. */
export const ospf: Entry = mode('ospf', { doc: 'Open shortest path first.', enter: (router) => router }, [
  row('enable <state:yes|no>', {
    doc: 'Whether OSPF runs.',
    apply: (router, { state }, at) => {
      router.ospf.enabled = state.value === 'yes';
      processOf(router, at.span);
    },
  }),
  row('router-id <id:ip4>', {
    doc: 'Router id of OSPF.',
    apply: (router, { id }, at) => {
      processOf(router, at.span).routerId = id;
    },
  }),
  row('reject-default-route <state:yes|no>', {
    doc: 'Whether default routes that OSPF brings are refused.',
    apply: (router, { state }, at) => {
      if (state.value === 'yes')
        router.device.notModelled.push({
          span: at.span,
          text: `virtual-router ${router.name} protocol ospf reject-default-route yes`,
          mayAffectRouting: true,
        });
    },
  }),
  row('allow-redist-default-route <state:yes|no>', {
    doc: 'Whether a default route may be redistributed.',
    effect: 'none',
  }),
  row('rfc1583 <state:yes|no>', {
    doc: 'Compatibility with RFC 1583.',
    apply: (router, { state }, at) => {
      processOf(router, at.span).rfc1583Compatible = { value: state.value === 'yes', span: at.span };
    },
  }),
  mode('area', { doc: 'Areas.', enter: (router) => router }, [
    mode(
      '<id:ip4>',
      {
        doc: 'An area.',
        enter: (router, { id }, at): AreaContext => ({
          router,
          area: areaOf(processOf(router, at.span), id.value, at.span),
        }),
      },
      areaRows,
    ),
  ]),
  mode('export-rules', { doc: 'Routes that OSPF takes from elsewhere.', enter: (router) => router }, [
    mode(
      '<name:word>',
      {
        doc: 'A redistribution profile, or a prefix.',
        enter: (router, { name }, at) => useOf(router.ospf.exports, name, at.span),
      },
      exportRows,
    ),
  ]),
  row('<what:timers|graceful-restart|auth-profile|global-bfd> [<rest:rest>]', {
    doc: 'Timers, restart, BFD and keys.',
    effect: 'none',
  }),
]);

/** Takes out what is switched off, and makes the times of lost hellos. */
export function finishOspf(router: VirtualRouter): void {
  const { device, vrf, name, ospf: state } = router;
  const process = device.ospf.find((one) => one.vrf === vrf && one.id === name && one.version === 2);
  if (!process) return;
  if (!state.enabled) process.shutdown = yes(process.span);
  if (router.ecmp) process.maximumPaths = router.maximumPaths ?? { value: 2, span: process.span };
  for (const area of process.areas.values()) {
    area.interfaces = area.interfaces.filter(({ value }) => !disabled.get(panosInterface(device, value, area.span)));
    for (const { value, span } of area.interfaces) {
      const port = panosInterface(device, value, span);
      const count = deadCounts.get(port);
      if (count !== undefined && port.ospf)
        port.ospf.deadSeconds = { value: count * (port.ospf.helloSeconds?.value ?? 10), span };
    }
  }
}
