import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { OspfArea, OspfProcess } from '../../device/igp.ts';
import type { Interface, OspfInterface } from '../../device/interface.ts';
import type { Located, Span } from '../../span.ts';
import { addOnce, areaId, GLOBAL, no, removeName, yes } from '../shared/drafts.ts';
import { areaOf, ospfProcessOf } from '../shared/ospf.ts';
import { gaiaInterface } from './interfaces.ts';
import { type MapUse, notesOf } from './notes.ts';
import { redistributionTo } from './redistribution.ts';
import { chainOf } from './routemap.ts';

interface Instance {
  readonly device: DeviceDraft;
  readonly name: string;
}
interface AreaContext {
  readonly process: OspfProcess;
  readonly area: OspfArea;
}
interface PortContext {
  readonly process: OspfProcess;
  readonly port: Interface;
}

const BACKBONE = '0.0.0.0';
const areaName = (text: string): string => (text === 'backbone' ? BACKBONE : areaId(text));

const processOf = ({ device, name }: Instance, span: Span): OspfProcess => ospfProcessOf(device, name, 2, GLOBAL, span);

function usesOf({ device, name }: Instance): { readonly exports: MapUse[]; readonly imports: MapUse[] } {
  const { ospf } = notesOf(device);
  const made = ospf.get(name) ?? { exports: [], imports: [] };
  ospf.set(name, made);
  return made;
}

const row = rowsOf<Instance>();
const areaRow = rowsOf<AreaContext>();
const portRow = rowsOf<PortContext>();

const settings = ({ port }: PortContext): OspfInterface => {
  port.ospf ??= {};
  return port.ospf;
};

const portRows: readonly Entry[] = [
  portRow('area <area:word> <state:on|off>', {
    doc: 'Area of the interface.',
    apply: ({ process, port }, { area, state }, at) => {
      const place = areaOf(process, areaName(area.value), at.span);
      if (state.value === 'on') addOnce(place.interfaces, { value: port.name, span: at.span });
      else removeName(place.interfaces, port.name);
    },
  }),
  portRow('cost <cost:int>', {
    doc: 'Cost of the interface; 1 unless configured.',
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
  portRow('dead-interval <seconds:int>', {
    doc: 'Seconds until a silent neighbour is gone; neighbours must agree.',
    apply: (context, { seconds }) => {
      settings(context).deadSeconds = seconds;
    },
  }),
  portRow('passive <state:on|off>', {
    doc: 'The network is announced, and no neighbour is sought.',
    apply: (context, { state }, at) => {
      settings(context).passive = state.value === 'on' ? yes(at.span) : no(at.span);
    },
  }),
  portRow('point-to-point <state:on|off>', {
    doc: 'The network has two routers and elects none.',
    apply: (context, { state }, at) => {
      if (state.value === 'on') settings(context).networkType = { value: 'point-to-point', span: at.span };
    },
  }),
  portRow('authtype simple <key:word>', {
    doc: 'Password of the packets; neighbours must have the same.',
    apply: (context, { key }, at) => {
      settings(context).authentication = { value: 'simple', span: at.span };
      settings(context).authenticationKey = { value: { text: key.value, storage: 'unknown' }, span: at.span };
    },
  }),
  portRow('authtype none', { doc: 'No authentication; the default.', effect: 'none' }),
  portRow('authtype <rest:rest>', { doc: 'Authentication; neighbours must have the same.' }),
  portRow('<what:retransmit-interval|virtual-address|ip-reachability-detection|subtract-authlen> [<rest:rest>]', {
    doc: 'A setting that changes no route.',
    effect: 'none',
  }),
];

const areaRows: readonly Entry[] = [
  areaRow('on', { doc: 'The area is there.', apply: () => undefined }),
  areaRow('off', {
    doc: 'The area is taken away.',
    apply: ({ process, area }) => {
      process.areas.delete(area.id);
    },
  }),
  ...(['stub', 'nssa'] as const).flatMap((type) => [
    areaRow(`${type} <state:on|off>`, {
      doc: 'An area without external routes of others.',
      apply: ({ area }, args, at) => {
        const { state } = args as unknown as { state: Located<string> };
        area.type = { value: state.value === 'on' ? type : 'normal', span: at.span };
      },
    }),
  ]),
  areaRow('stub default-cost <cost:int>', {
    doc: 'Cost of the default route that is announced into the area.',
    apply: ({ area }, { cost }) => {
      area.defaultCost = cost;
    },
  }),
  areaRow('<type:stub|nssa> <what:summary|import-summary-routes> <state:on|off>', {
    doc: 'Whether routes of other areas are announced into it.',
    apply: ({ area }, { state }, at) => {
      area.noSummary = state.value === 'off' ? yes(at.span) : no(at.span);
    },
  }),
  areaRow('nssa default-cost <cost:int>', {
    doc: 'Cost of the default route that is announced into the area.',
    apply: ({ area }, { cost }, at) => {
      area.defaultCost = cost;
      area.nssaDefaultOriginate = yes(at.span);
    },
  }),
  areaRow('range <prefix:prefix4> <state:on|off>', {
    doc: 'A range that stands for what lies inside of it.',
    apply: ({ area }, { prefix, state }, at) => {
      if (state.value === 'on') area.ranges.push({ prefix: prefix.value, advertise: true, span: at.span });
    },
  }),
  areaRow('range <prefix:prefix4> restrict <state:on|off>', {
    doc: 'The range is hidden.',
    apply: ({ area }, { prefix, state }, at) => {
      if (state.value === 'on')
        area.ranges = [
          ...area.ranges.filter((range) => range.prefix !== prefix.value),
          { prefix: prefix.value, advertise: false, span: at.span },
        ];
    },
  }),
];

const instanceRows: readonly Entry[] = [
  modesOf<Instance>()(
    'area <area:word>',
    {
      doc: 'An area.',
      enter: (instance, { area }, at): AreaContext => {
        const process = processOf(instance, at.span);
        return { process, area: areaOf(process, areaName(area.value), at.span) };
      },
    },
    areaRows,
  ),
  modesOf<Instance>()(
    'interface <name:word>',
    {
      doc: 'An interface on which OSPF runs.',
      refers: { name: 'interface' },
      enter: (instance, { name }, at): PortContext => ({
        process: processOf(instance, at.span),
        port: gaiaInterface(instance.device, name.value, at.span),
      }),
    },
    portRows,
  ),
  row('<direction:export-routemap|import-routemap> <name:word> preference <preference:int> [<state:on|off>]', {
    doc: 'Route map on routes from elsewhere, or on routes that OSPF brings.',
    refers: { name: 'route-map' },
    apply: (instance, { direction, name, preference, state }, at) => {
      if (state?.value === 'off') return;
      const uses = usesOf(instance);
      processOf(instance, at.span);
      (direction.value === 'export-routemap' ? uses.exports : uses.imports).push({
        name,
        preference: preference.value,
      });
    },
  }),
  row('rfc1583-compatibility <state:on|off>', {
    doc: 'Compatibility with RFC 1583.',
    apply: (instance, { state }, at) => {
      processOf(instance, at.span).rfc1583Compatible = { value: state.value === 'on', span: at.span };
    },
  }),
  row('default-ase-cost <cost:int>', {
    doc: 'Metric of routes from elsewhere; 1 unless configured.',
    apply: (instance, { cost }, at) => {
      processOf(instance, at.span).defaultMetric = cost;
    },
  }),
  row('<what:spf-delay|spf-holdtime|graceful-restart|graceful-restart-helper|force-hellos> [<rest:rest>]', {
    doc: 'A setting that changes no route.',
    effect: 'none',
  }),
];

/** `ospf ...`, `ospf instance NAME ...`. */
export const ospf: readonly Entry[] = [
  modesOf<DeviceDraft>()(
    'ospf instance <name:word>',
    { doc: 'An instance of OSPF.', enter: (device, { name }): Instance => ({ device, name: name.value }) },
    instanceRows,
  ),
  modesOf<DeviceDraft>()(
    'ospf',
    { doc: 'The default instance of OSPF.', enter: (device): Instance => ({ device, name: 'default' }) },
    instanceRows,
  ),
];

/** Makes what OSPF announces of other routes once all lines are known; an instance without interfaces is none. */
export function finishOspf(device: DeviceDraft): void {
  const { ospf: uses, splits } = notesOf(device);
  device.ospf = device.ospf.filter((process) => [...process.areas.values()].some((area) => area.interfaces.length > 0));
  for (const process of device.ospf) {
    if (splits) process.maximumPaths = splits;
    const { exports = [], imports = [] } = uses.get(process.id) ?? {};
    const more = redistributionTo(device, `ospf ${process.id}`);
    if (exports.length > 0 || more) process.exportPolicy = chainOf(device, exports, more ? [more] : [], process.span);
    if (imports.length > 0) process.importPolicy = chainOf(device, imports, [], process.span);
  }
}
