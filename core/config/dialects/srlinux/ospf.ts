import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { OspfArea, OspfProcess } from '../../device/igp.ts';
import type { OspfInterface } from '../../device/interface.ts';
import type { Located, Span } from '../../span.ts';
import { addOnce, areaId, getOrMake, yes } from '../shared/drafts.ts';
import { adminState, complain, flag } from './common.ts';
import { subinterfaceOf } from './interfaces.ts';
import { kept } from './notes.ts';

interface Instance {
  readonly device: DeviceDraft;
  readonly vrf: string;
}
interface Ospf extends Instance {
  readonly process: OspfProcess;
}
interface Area extends Ospf {
  readonly area: OspfArea;
}
interface Port extends Area {
  readonly settings: OspfInterface;
  readonly name: Located<string>;
}
type Range = { advertise: boolean };

/** An instance is out of use until `admin-state enable`; its version is said by a line of its own. */
function ospfOf({ device, vrf }: Instance, id: string, span: Span): Ospf {
  const known = device.ospf.find((one) => one.id === id && one.vrf === vrf);
  if (known) return { device, vrf, process: known };
  const process: OspfProcess = {
    id,
    version: 2,
    vrf,
    span,
    areas: new Map(),
    redistribute: [],
    passiveInterfaces: [],
    activeInterfaces: [],
    summaries: [],
    shutdown: yes(span),
  };
  device.ospf.push(process);
  return { device, vrf, process };
}

/** Settings of a subinterface; `finishOspf` hands them to the version of the instance. */
function portOf(context: Area, name: Located<string>): Port {
  addOnce(context.area.interfaces, name);
  const port = subinterfaceOf(context.device, name.value, name.span);
  const own = settingsOf(context.process);
  const settings = getOrMake(own, port.name, (): OspfInterface => ({ process: context.process.id }));
  settings.area = { value: context.area.id, span: name.span };
  return { ...context, settings, name };
}

const perProcess = new WeakMap<OspfProcess, Map<string, OspfInterface>>();
function settingsOf(process: OspfProcess): Map<string, OspfInterface> {
  const known = perProcess.get(process) ?? new Map<string, OspfInterface>();
  perProcess.set(process, known);
  return known;
}

const row = rowsOf<Ospf>();
const mode = modesOf<Ospf>();
const areaRow = rowsOf<Area>();
const areaMode = modesOf<Area>();
const portRow = rowsOf<Port>();
const portMode = modesOf<Port>();

const portRows: readonly Entry[] = [
  adminState<Port>('Whether OSPF runs on the interface.', ({ device, name }, { value, span }) => {
    if (value) complain(device, `ospf / interface ${name.value} / admin-state disable`, span);
  }),
  portRow('interface-type <type:broadcast|point-to-point>', {
    doc: 'Network type.',
    apply: ({ settings }, { type }) => {
      settings.networkType = { value: type.value, span: type.span };
    },
  }),
  portRow('metric <value:int>', {
    doc: 'Cost of the interface.',
    apply: ({ settings }, { value }) => {
      settings.cost = value;
    },
  }),
  portRow('priority <value:int>', {
    doc: 'Priority in the election of the designated router.',
    apply: ({ settings }, { value }) => {
      settings.priority = value;
    },
  }),
  flag<Port>('passive', 'Announces the network without forming an adjacency.', ({ settings }, value) => {
    settings.passive = value;
  }),
  portRow('<timer:hello-interval|dead-interval> <value:int>', {
    doc: 'Timer of the adjacency, in seconds.',
    apply: ({ settings }, { timer, value }) => {
      settings[timer.value === 'hello-interval' ? 'helloSeconds' : 'deadSeconds'] = value;
    },
  }),
  portRow('<timer:retransmit-interval|transit-delay> <value:int>', {
    doc: 'Timer of flooding, in seconds.',
    effect: 'none',
  }),
  portMode('authentication', { doc: 'Authentication of the adjacency.', enter: (context) => context }, [
    portRow('keychain <name:word>', {
      doc: 'Keychain of the adjacency.',
      refers: { name: 'key-chain' },
      apply: ({ settings }, { name }) => {
        settings.authentication = { value: 'key-chain', span: name.span };
      },
    }),
  ]),
  portMode('failure-detection', { doc: 'How a dead neighbour is noticed.', enter: (context) => context }, [
    portRow('enable-bfd <state:true|false>', { doc: 'The adjacency goes down with its BFD session.' }),
  ]),
  portMode('trace-options', { doc: 'What is logged.', enter: (context) => context }, [
    portRow('<what:word> [<rest:rest>]', { doc: 'Events that are logged.', effect: 'none' }),
  ]),
  portRow(
    '<what:mtu|advertise-subnet|advertise-router-capability|lsa-filter|node-sid|loopfree-alternate> [<rest:rest>]',
    {
      doc: 'Known, and not simulated.',
    },
  ),
];

const range: Entry = areaMode(
  'area-range <prefix:prefix>',
  {
    doc: 'Summarises the area’s networks in other areas.',
    enter: ({ area }, { prefix }, at): Range =>
      kept(area, `range ${prefix.value}`, () => {
        const made = { prefix: prefix.value, advertise: true, span: at.span };
        area.ranges.push(made);
        return made;
      }),
  },
  [
    flag<Range>('advertise', 'Whether the summary is announced.', (own, { value }) => {
      own.advertise = value;
    }),
  ],
);

const summaries = flag<Area>(
  'summaries',
  'Whether networks of other areas are announced into the area.',
  ({ area }, { value, span }) => {
    area.noSummary = { value: !value, span };
  },
);

const typed = (type: 'stub' | 'nssa', doc: string, rows: readonly Entry[]): Entry =>
  areaMode(
    type,
    {
      doc,
      enter: (context, _, at) => {
        context.area.type = { value: type, span: at.span };
        return context;
      },
    },
    rows,
  );

const areaRows: readonly Entry[] = [
  areaMode(
    'interface <name:word>',
    {
      doc: 'An interface of the area.',
      refers: { name: 'interface' },
      enter: (context, { name }) => portOf(context, name),
    },
    portRows,
  ),
  typed('stub', 'The area takes no external routes.', [
    summaries,
    areaRow('default-metric <value:int>', {
      doc: 'Cost of the default route into the area.',
      apply: ({ area }, { value }) => {
        area.defaultCost = value;
      },
    }),
  ]),
  typed('nssa', 'The area takes external routes of its own routers alone.', [
    summaries,
    range,
    areaMode(
      'originate-default-route',
      {
        doc: 'Announces a default route into the area.',
        enter: (context, _, at) => {
          context.area.nssaDefaultOriginate = yes(at.span);
          return context;
        },
      },
      [areaRow('<what:type-nssa|adjacency-check> <state:true|false>', { doc: 'Known, and not simulated.' })],
    ),
    areaRow('redistribute-external <state:true|false>', { doc: 'Known, and not simulated.' }),
  ]),
  range,
  areaRow('advertise-router-capability <state:true|false>', {
    doc: 'Announces what the router can do.',
    effect: 'none',
  }),
  areaRow('<what:blackhole-aggregate|export-policy|te-database-install> [<rest:rest>]', {
    doc: 'Known, and not simulated.',
  }),
];

/** `ospf { instance X { ... } }`. */
export const ospf: Entry = modesOf<Instance>()(
  'ospf',
  { doc: 'Open Shortest Path First.', enter: (instance) => instance },
  [
    modesOf<Instance>()(
      'instance <name:word>',
      { doc: 'An instance of OSPF.', enter: (instance, { name }, at) => ospfOf(instance, name.value, at.span) },
      [
        adminState<Ospf>('Whether the instance is in use; it is not until it is enabled.', ({ process }, disabled) => {
          process.shutdown = disabled;
        }),
        row('version <version:ospf-v2|ospf-v3>', {
          doc: 'Version of the protocol.',
          apply: ({ process }, { version }) => {
            (process as { version: 2 | 3 }).version = version.value === 'ospf-v3' ? 3 : 2;
          },
        }),
        row('address-family <family:ipv6-unicast|ipv4-unicast>', {
          doc: 'Family of an instance of version 3.',
          apply: ({ device, process }, { family }, at) => {
            if (family.value === 'ipv4-unicast')
              complain(device, `ospf ${process.id} / address-family ipv4-unicast`, at.span);
          },
        }),
        row('router-id <id:ip4>', {
          doc: 'Identifier of the router.',
          apply: ({ process }, { id }) => {
            process.routerId = id;
          },
        }),
        row('max-ecmp-paths <count:int>', {
          doc: 'Most equal paths that share traffic.',
          apply: ({ process }, { count }) => {
            process.maximumPaths = count;
          },
        }),
        row('reference-bandwidth <value:int>', {
          doc: 'Bandwidth that has cost 1, in kbit/s.',
          apply: ({ process }, { value }) => {
            process.referenceBandwidthMbps = { value: value.value / 1000, span: value.span };
          },
        }),
        row('preference <value:int>', {
          doc: 'Preference of internal routes.',
          apply: ({ process }, { value }) => {
            const distances = { ...process.distances?.value, intra: value.value, inter: value.value };
            process.distances = { value: distances, span: value.span };
          },
        }),
        row('external-preference <value:int>', {
          doc: 'Preference of external routes.',
          apply: ({ process }, { value }) => {
            process.distances = { value: { ...process.distances?.value, external: value.value }, span: value.span };
          },
        }),
        row('export-policy <names:words>', {
          doc: 'Policies on routes that are announced as external.',
          refers: { names: 'route-map' },
          apply: ({ process }, { names }) => {
            process.exportPolicy = {
              policies: names.value.map((value) => ({ value, span: names.span })),
              span: names.span,
            };
          },
        }),
        mode('asbr', { doc: 'The router announces external routes.', enter: (context) => context }, [
          row('trace-path <value:word>', { doc: 'Keeps routes from coming back through another domain.' }),
        ]),
        mode('overload', { doc: 'Keeps transit traffic away from the router.', enter: (context) => context }, [
          flag<Ospf>('active', 'Whether transit traffic is kept away.', ({ process }, value) => {
            process.maxMetricRouterLsa = value;
          }),
          row(
            '<what:overload-include-ext-1|overload-include-ext-2|overload-include-stub|overload-on-boot|rtr-adv-lsa-limit> [<rest:rest>]',
            {
              doc: 'Known, and not simulated.',
            },
          ),
        ]),
        mode(
          'area <id:word>',
          {
            doc: 'An area.',
            enter: (context, { id }, at): Area => {
              const dotted = areaId(id.value);
              const area = getOrMake(
                context.process.areas,
                dotted,
                (): OspfArea => ({
                  id: dotted,
                  span: at.span,
                  ranges: [],
                  virtualLinks: [],
                  networks: [],
                  interfaces: [],
                }),
              );
              return { ...context, area };
            },
          },
          areaRows,
        ),
        mode('<what:timers|trace-options|graceful-restart>', { doc: 'Timers and logs.', enter: (context) => context }, [
          row('<what:word> [<rest:rest>]', { doc: 'Does not change routes of a converged network.', effect: 'none' }),
        ]),
        row('advertise-router-capability <scope:word>', { doc: 'Announces what the router can do.', effect: 'none' }),
        row(
          '<what:export-limit|external-db-overflow|instance-id|traffic-engineering|te-database-install|segment-routing|loopfree-alternate> [<rest:rest>]',
          {
            doc: 'Known, and not simulated.',
          },
        ),
      ],
    ),
  ],
);

/** Hands the settings of the interfaces to the version of their instance, which may be said behind them. */
export function finishOspf(device: DeviceDraft): void {
  for (const process of device.ospf)
    for (const [name, settings] of settingsOf(process)) {
      const port = device.interfaces.get(name);
      if (port) port[process.version === 2 ? 'ospf' : 'ospfv3'] = settings;
    }
}
