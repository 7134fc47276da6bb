import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { OspfArea, OspfProcess } from '../../device/igp.ts';
import type { Interface, OspfInterface } from '../../device/interface.ts';
import type { Span } from '../../span.ts';
import { addOnce, areaId, getOrMake, yes } from '../shared/drafts.ts';
import { junosInterface, parseBandwidth } from './interfaces.ts';
import { useRibGroup } from './rib-groups.ts';

interface Instance {
  readonly device: DeviceDraft;
  readonly vrf: string;
}
interface ProcessContext {
  readonly device: DeviceDraft;
  readonly process: OspfProcess;
}
interface AreaContext extends ProcessContext {
  readonly area: OspfArea;
}
interface PortContext extends AreaContext {
  readonly port: Interface;
  readonly settings: OspfInterface;
}

function processOf({ device, vrf }: Instance, version: 2 | 3, span: Span): ProcessContext {
  const known = device.ospf.find((each) => each.vrf === vrf && each.version === version);
  if (known) return { device, process: known };
  const process: OspfProcess = {
    id: version === 2 ? 'ospf' : 'ospf3',
    version,
    vrf,
    span,
    areas: new Map(),
    redistribute: [],
    passiveInterfaces: [],
    activeInterfaces: [],
    summaries: [],
  };
  device.ospf.push(process);
  return { device, process };
}

const areaOf = (context: ProcessContext, text: string, span: Span): AreaContext => {
  const id = areaId(text);
  const area = getOrMake(context.process.areas, id, () => ({
    id,
    span,
    ranges: [],
    virtualLinks: [],
    networks: [],
    interfaces: [],
  }));
  return { ...context, area };
};

function portOf(context: AreaContext, name: string, nameSpan: Span): PortContext {
  const written = name === 'all' || name.includes('.') ? name : `${name}.0`;
  addOnce(context.area.interfaces, { value: written, span: nameSpan });
  const port = junosInterface(context.device, written, nameSpan);
  const key = context.process.version === 2 ? 'ospf' : 'ospfv3';
  port[key] ??= { process: context.process.id };
  port[key].area = { value: context.area.id, span: nameSpan };
  return { ...context, port, settings: port[key] };
}

const row = rowsOf<ProcessContext>();
const areaRow = rowsOf<AreaContext>();
const portRow = rowsOf<PortContext>();

const portRows: readonly Entry[] = [
  portRow('metric <value:int>', {
    doc: 'Cost of the interface.',
    apply: ({ settings }, { value }) => {
      settings.cost = value;
    },
  }),
  portRow('passive [<rest:rest>]', {
    doc: 'Announces the network without forming an adjacency.',
    apply: ({ settings }, _, at) => {
      settings.passive = yes(at.span);
    },
  }),
  portRow('interface-type <type:p2p|nbma|p2mp|p2mp-over-lan>', {
    doc: 'Network type.',
    apply: ({ settings }, { type }) => {
      const types = {
        p2p: 'point-to-point',
        nbma: 'non-broadcast',
        p2mp: 'point-to-multipoint',
        'p2mp-over-lan': 'point-to-multipoint',
      } as const;
      settings.networkType = { value: types[type.value], span: type.span };
    },
  }),
  portRow('disable', {
    doc: 'The protocol does not run on the interface.',
    apply: ({ area, device, port, process }) => {
      area.interfaces = area.interfaces.filter(({ value }) => value !== port.name);
      delete device.interfaces.get(port.name)?.[process.version === 2 ? 'ospf' : 'ospfv3'];
    },
  }),
  portRow('priority <value:int>', {
    doc: 'Priority in the election of the designated router.',
    apply: ({ settings }, { value }) => {
      settings.priority = value;
    },
  }),
  portRow('hello-interval <value:int>', {
    doc: 'Seconds between hello packets.',
    apply: ({ settings }, { value }) => {
      settings.helloSeconds = value;
    },
  }),
  portRow('dead-interval <value:int>', {
    doc: 'Seconds without a hello packet until the neighbour is gone.',
    apply: ({ settings }, { value }) => {
      settings.deadSeconds = value;
    },
  }),
  portRow('authentication <how:md5|simple-password> <rest:rest>', {
    doc: 'Authentication of the neighbours.',
    apply: ({ settings }, { how, rest }) => {
      if (how.value === 'md5') settings.authenticatedBy = { algorithm: how };
      settings.authentication = { value: how.value === 'md5' ? 'message-digest' : 'simple', span: how.span };
      settings.authenticationKey = {
        value: { text: rest.value, storage: rest.value.includes('$9$') ? 'reversible' : 'plain' },
        span: rest.span,
      };
    },
  }),
  portRow(
    '<what:bfd-liveness-detection|ldp-synchronization|link-protection|node-link-protection|te-metric|description> [<rest:rest>]',
    { doc: 'Does not change routes.', effect: 'none' },
  ),
];

const areaRows: readonly Entry[] = [
  areaRow('virtual-link neighbor-id <router:ip4> transit-area <transit:word>', {
    doc: 'A link of the backbone through another area, to the router with that id.',
    apply: (context, { router, transit }, at) => {
      areaOf({ ...context }, transit.value, at.span).area.virtualLinks.push(router);
    },
  }),
  modesOf<AreaContext>()(
    'interface <name:word>',
    {
      doc: 'An interface of the area.',
      refers: { name: 'interface' },
      enter: (context, { name }) => portOf(context, name.value, name.span),
    },
    portRows,
  ),
  areaRow('stub *[default-metric <metric:int>] *[<summaries:no-summaries>]', {
    doc: 'The area takes no external routes.',
    apply: ({ area }, { metric, summaries }, at) => {
      area.type = { value: 'stub', span: at.span };
      if (summaries) area.noSummary = yes(summaries.span);
      if (metric) area.defaultCost = metric;
    },
  }),
  modesOf<AreaContext>()(
    'nssa',
    {
      doc: 'The area is not so stubby.',
      enter: (context, _, at) => {
        context.area.type = { value: 'nssa', span: at.span };
        return context;
      },
    },
    [
      areaRow('no-summaries', {
        doc: 'Border routers send a default route in place of the other areas’ routes.',
        apply: ({ area }, _, at) => {
          area.noSummary = yes(at.span);
        },
      }),
      areaRow('default-lsa [default-metric <metric:int>] [<rest:rest>]', {
        doc: 'Border routers send a default route.',
        apply: ({ area }, { metric }, at) => {
          area.nssaDefaultOriginate = yes(at.span);
          if (metric) area.defaultCost = metric;
        },
      }),
    ],
  ),
  areaRow('area-range <prefix:prefix> *[<restrict:restrict>] *[override-metric <cost:int>] *[<exact:exact>]', {
    doc: 'Summarises the area’s networks in other areas.',
    apply: ({ area }, { prefix, restrict, cost }, at) => {
      area.ranges.push({
        prefix: prefix.value,
        advertise: restrict === undefined,
        ...(cost && { cost: cost.value }),
        span: at.span,
      });
    },
  }),
];

/** `protocols { ospf { ... } }` and `ospf3`. */
export const ospf = (word: 'ospf' | 'ospf3', version: 2 | 3): Entry =>
  modesOf<Instance>()(
    word,
    {
      doc: `Open Shortest Path First, version ${version}.`,
      enter: (instance, _, at) => processOf(instance, version, at.span),
    },
    [
      modesOf<ProcessContext>()(
        'area <id:word>',
        { doc: 'An area.', enter: (context, { id }, at) => areaOf(context, id.value, at.span) },
        areaRows,
      ),
      row('export <names:words>', {
        doc: 'Policies on routes that are announced as external.',
        refers: { names: 'route-map' },
        apply: ({ process }, { names }) => {
          const known = process.exportPolicy?.policies ?? [];
          process.exportPolicy = {
            policies: [...known, ...names.value.map((value) => ({ value, span: names.span }))],
            span: names.span,
          };
        },
      }),
      row('import <names:words>', {
        doc: 'Policies on external routes that are installed.',
        refers: { names: 'route-map' },
        apply: ({ process }, { names }) => {
          const known = process.importPolicy?.policies ?? [];
          process.importPolicy = {
            policies: [...known, ...names.value.map((value) => ({ value, span: names.span }))],
            span: names.span,
          };
        },
      }),
      row('reference-bandwidth <value:word>', {
        doc: 'Bandwidth that has cost 1.',
        apply: ({ process }, { value }) => {
          const bps = parseBandwidth(value.value);
          if (bps !== undefined) process.referenceBandwidthMbps = { value: bps / 1e6, span: value.span };
        },
      }),
      row('preference <value:int>', {
        doc: 'Preference of internal routes.',
        apply: ({ process }, { value }) => {
          process.distances = {
            value: { ...process.distances?.value, intra: value.value, inter: value.value },
            span: value.span,
          };
        },
      }),
      row('rib-group <name:word>', {
        doc: 'Routes of the protocol are in the tables of the group as well.',
        apply: ({ device, process }, { name }, at) =>
          useRibGroup(device, {
            group: name.value,
            vrf: process.vrf,
            family: process.version === 2 ? 'ipv4' : 'ipv6',
            protocol: 'ospf',
            span: at.span,
          }),
      }),
      row('external-preference <value:int>', {
        doc: 'Preference of external routes.',
        apply: ({ process }, { value }) => {
          process.distances = { value: { ...process.distances?.value, external: value.value }, span: value.span };
        },
      }),
      row('overload timeout <seconds:int> [<rest:rest>]', {
        doc: 'Keeps transit traffic away for a while after start; the settled state does not have it.',
        effect: 'none',
      }),
      row('overload [<rest:rest>]', {
        doc: 'Keeps transit traffic away from the router.',
        apply: ({ process }, _, at) => {
          process.maxMetricRouterLsa = yes(at.span);
        },
      }),
      row('disable', {
        doc: 'Turns the protocol off.',
        apply: ({ process }, _, at) => {
          process.shutdown = yes(at.span);
        },
      }),
      row('<what:traceoptions|spf-options|graceful-restart|traffic-engineering|no-rfc-1583> [<rest:rest>]', {
        doc: 'Does not change routes of a converged network.',
        effect: 'none',
      }),
    ],
  );
