import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { IsisProcess, OspfArea, OspfProcess } from '../../device/igp.ts';
import type { Interface, IsisInterface, OspfInterface } from '../../device/interface.ts';
import type { Located, Span } from '../../span.ts';
import { addOnce, areaId, getOrMake, no, yes } from '../shared/drafts.ts';

interface Instance {
  readonly device: DeviceDraft;
  readonly vrf: string;
}

/** An IP interface that a protocol names; the interface itself may stand further down in the file. */
function interfaceNamed({ device, vrf }: Instance, name: Located<string>): Interface {
  const own = [...device.interfaces.values()].find(
    (each) => each.name === name.value && (each.vrf?.value ?? 'default') === vrf,
  );
  if (own) return own;
  const made: Interface = {
    name: name.value,
    span: name.span,
    kind: name.value === 'system' ? 'loopback' : 'subinterface',
    shutdown: false,
    addresses: [],
    accessGroups: [],
    firstHop: [],
  };
  if (vrf !== 'default') made.vrf = { value: vrf, span: name.span };
  device.interfaces.set(name.value, made);
  return made;
}

// ---- OSPF -----------------------------------------------------------------------------------------------------------

interface OspfContext extends Instance {
  readonly process: OspfProcess;
}
interface AreaContext extends OspfContext {
  readonly area: OspfArea;
}
interface OspfPort extends AreaContext {
  readonly settings: OspfInterface;
}

/** A process is out of use until `admin-state enable`. */
function ospfOf({ device, vrf }: Instance, id: string, version: 2 | 3, span: Span): OspfContext {
  const known = device.ospf.find((each) => each.id === id && each.vrf === vrf && each.version === version);
  if (known) return { device, vrf, process: known };
  const process: OspfProcess = {
    id,
    version,
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

function ospfPort(context: AreaContext, name: Located<string>): OspfPort {
  addOnce(context.area.interfaces, name);
  const port = interfaceNamed(context, name);
  const key = context.process.version === 2 ? 'ospf' : 'ospfv3';
  port[key] ??= { process: context.process.id };
  port[key].area = { value: context.area.id, span: name.span };
  return { ...context, settings: port[key] };
}

const ospfRow = rowsOf<OspfContext>();
const areaRow = rowsOf<AreaContext>();
const ospfPortRow = rowsOf<OspfPort>();
const TYPES = {
  broadcast: 'broadcast',
  'non-broadcast': 'non-broadcast',
  'point-to-point': 'point-to-point',
  'p2mp-nbma': 'point-to-multipoint',
} as const;

const summaries = areaRow('summaries <state:true|false>', {
  doc: 'Whether routes of other areas go into the area.',
  apply: ({ area }, { state }) => {
    area.noSummary = { value: state.value === 'false', span: state.span };
  },
});

/** `ospf 0 { ... }` and `ospf3`. */
export const ospf = (word: 'ospf' | 'ospf3', version: 2 | 3): Entry =>
  modesOf<Instance>()(
    `${word} <id:int>`,
    {
      doc: `Open Shortest Path First, version ${version}.`,
      enter: (instance, { id }, at) => ospfOf(instance, String(id.value), version, at.span),
    },
    [
      ospfRow('admin-state <state:enable|disable>', {
        doc: 'Whether the protocol is in use.',
        apply: ({ process }, { state }, at) => {
          process.shutdown = state.value === 'disable' ? yes(at.span) : no(at.span);
        },
      }),
      ospfRow('router-id <id:ip4>', {
        doc: 'Identifier of the router.',
        apply: ({ process }, { id }) => {
          process.routerId = id;
        },
      }),
      ospfRow('preference <value:int>', {
        doc: 'Preference of internal routes.',
        apply: ({ process }, { value }) => {
          process.distances = {
            value: { ...process.distances?.value, intra: value.value, inter: value.value },
            span: value.span,
          };
        },
      }),
      ospfRow('external-preference <value:int>', {
        doc: 'Preference of external routes.',
        apply: ({ process }, { value }) => {
          process.distances = { value: { ...process.distances?.value, external: value.value }, span: value.span };
        },
      }),
      ospfRow('reference-bandwidth <value:int>', {
        doc: 'Bandwidth that has cost 1, in kbit/s.',
        apply: ({ process }, { value }) => {
          process.referenceBandwidthMbps = { value: value.value / 1000, span: value.span };
        },
      }),
      modesOf<OspfContext>()(
        'export-policy',
        { doc: 'Policies on routes that are announced as external.', enter: (context) => context },
        [],
      ),
      ospfRow('export-policy <names:words>', {
        doc: 'Policies on routes that are announced as external.',
        refers: { names: 'route-map' },
        apply: ({ process }, { names }) => {
          process.exportPolicy = {
            policies: names.value.map((value) => ({ value, span: names.span })),
            span: names.span,
          };
        },
      }),
      ospfRow('asbr [<rest:rest>]', { doc: 'The router announces external routes.', effect: 'none' }),
      modesOf<OspfContext>()(
        'area <id:word>',
        {
          doc: 'An area.',
          enter: (context, { id }, at): AreaContext => {
            const dotted = areaId(id.value);
            return {
              ...context,
              area: getOrMake(context.process.areas, dotted, () => ({
                id: dotted,
                span: at.span,
                ranges: [],
                virtualLinks: [],
                networks: [],
                interfaces: [],
              })),
            };
          },
        },
        [
          modesOf<AreaContext>()(
            'interface <name:word>',
            {
              doc: 'An interface of the area.',
              refers: { name: 'interface' },
              enter: (context, { name }) => ospfPort(context, name),
            },
            [
              ospfPortRow('interface-type <type:broadcast|non-broadcast|point-to-point|p2mp-nbma>', {
                doc: 'Network type.',
                apply: ({ settings }, { type }) => {
                  settings.networkType = { value: TYPES[type.value], span: type.span };
                },
              }),
              ospfPortRow('metric <value:int>', {
                doc: 'Cost of the interface.',
                apply: ({ settings }, { value }) => {
                  settings.cost = value;
                },
              }),
              ospfPortRow('passive <state:true|false>', {
                doc: 'Announces the network without forming an adjacency.',
                apply: ({ settings }, { state }, at) => {
                  settings.passive = state.value === 'true' ? yes(at.span) : no(at.span);
                },
              }),
              ospfPortRow('priority <value:int>', {
                doc: 'Priority in the election of the designated router.',
                apply: ({ settings }, { value }) => {
                  settings.priority = value;
                },
              }),
              ospfPortRow('admin-state enable', { doc: 'The protocol runs on the interface.', effect: 'none' }),
              ospfPortRow('<what:retransmit-interval|transit-delay|load-balancing-weight> <rest:rest>', {
                doc: 'Does not change routes of a converged network.',
                effect: 'none',
              }),
              ospfPortRow('mtu <bytes:int>', { doc: 'MTU that is told to the neighbour.' }),
              ospfPortRow('<timer:hello-interval|dead-interval> <value:int>', {
                doc: 'Timer of the adjacency, in seconds.',
                apply: ({ settings }, { timer, value }) => {
                  settings[timer.value === 'hello-interval' ? 'helloSeconds' : 'deadSeconds'] = value;
                },
              }),
              ospfPortRow('<what:bfd-liveness|node-sid|lfa-policy-map> [<rest:rest>]', {
                doc: 'Known, and not simulated.',
                effect: 'none',
              }),
            ],
          ),
          modesOf<AreaContext>()(
            'stub',
            {
              doc: 'The area takes no external routes.',
              enter: (context, _, at) => {
                context.area.type = { value: 'stub', span: at.span };
                return context;
              },
            },
            [
              summaries,
              areaRow('default-metric <cost:int>', {
                doc: 'Cost of the default route that goes into the area.',
                apply: ({ area }, { cost }) => {
                  area.defaultCost = cost;
                },
              }),
            ],
          ),
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
              summaries,
              modesOf<AreaContext>()(
                'originate-default-route',
                {
                  doc: 'A default route goes into the area.',
                  enter: (context, _, at) => {
                    context.area.nssaDefaultOriginate = yes(at.span);
                    return context;
                  },
                },
                [
                  areaRow('<what:type-nssa|adjacency-check> [<rest:rest>]', {
                    doc: 'How it is announced.',
                    effect: 'none',
                  }),
                ],
              ),
            ],
          ),
          areaRow('virtual-link <router:ip4> transit-area <area:word>', {
            doc: 'Joins the backbone with another border router across this area.',
            apply: ({ process }, { router, area }, at) => {
              const id = areaId(area.value);
              getOrMake(process.areas, id, () => ({
                id,
                span: at.span,
                ranges: [],
                virtualLinks: [],
                networks: [],
                interfaces: [],
              })).virtualLinks.push(router);
            },
          }),
          modesOf<AreaContext>()(
            'area-range <prefix:prefix>',
            {
              doc: 'Summarises the area’s networks in other areas.',
              enter: (context, { prefix }, at) => {
                const range = { prefix: prefix.value, advertise: true, span: at.span };
                context.area.ranges.push(range);
                return range;
              },
            },
            [
              rowsOf<{ advertise: boolean }>()('advertise <state:true|false>', {
                doc: 'Whether the summary is announced.',
                apply: (range, { state }) => {
                  range.advertise = state.value === 'true';
                },
              }),
            ],
          ),
        ],
      ),
      ospfRow(
        '<what:traffic-engineering|timers|graceful-restart|segment-routing|loopfree-alternate|advertise-router-capability|database-export|description> [<rest:rest>]',
        {
          doc: 'Does not change routes of a converged network.',
          effect: 'none',
        },
      ),
      ospfRow('overload <state:true|false>', {
        doc: 'Keeps transit traffic away from the router.',
        apply: ({ process }, { state }) => {
          process.maxMetricRouterLsa = { value: state.value === 'true', span: state.span };
        },
      }),
      ospfRow('compatible-rfc1583 <state:true|false>', {
        doc: 'Among paths to an AS boundary router cost alone counts.',
        apply: ({ process }, { state }) => {
          process.rfc1583Compatible = { value: state.value === 'true', span: state.span };
        },
      }),
      ospfRow('<what:rtr-adv-lsa-limit|import-policy|rib-priority|external-db-overflow> [<rest:rest>]', {
        doc: 'Known, and not simulated.',
      }),
    ],
  );

// ---- IS-IS ----------------------------------------------------------------------------------------------------------

interface IsisContext extends Instance {
  readonly process: IsisProcess;
}
interface IsisPort extends IsisContext {
  readonly settings: IsisInterface;
}

/** Parts of the network entity title, which stand on lines of their own. */
export const titles = new WeakMap<IsisProcess, { area?: Located<string>; system?: Located<string> }>();

function isisOf({ device, vrf }: Instance, id: string, span: Span): IsisContext {
  const known = device.isis.find((each) => each.id === id && each.vrf === vrf);
  if (known) return { device, vrf, process: known };
  const process: IsisProcess = {
    id,
    vrf,
    span,
    redistribute: [],
    summaries: [],
    passiveInterfaces: [],
    interfaces: [],
    shutdown: yes(span),
  };
  titles.set(process, {});
  device.isis.push(process);
  return { device, vrf, process };
}

function isisPort(context: IsisContext, name: Located<string>): IsisPort {
  addOnce(context.process.interfaces, name);
  const port = interfaceNamed(context, name);
  port.isis ??= { span: name.span, process: context.process.id };
  return { ...context, settings: port.isis };
}

const isisRow = rowsOf<IsisContext>();
const levelRow = rowsOf<IsisContext & { readonly level: '1' | '2' }>();
const isisPortRow = rowsOf<IsisPort>();
const levels = { '1': '1', '2': '2', '1/2': '1-2' } as const;

const note = (process: IsisProcess, part: 'area' | 'system', value: Located<string>): void => {
  titles.set(process, { ...titles.get(process), [part]: value });
};

/** `isis 0 { ... }`. */
export const isis: Entry = modesOf<Instance>()(
  'isis <id:int>',
  {
    doc: 'Intermediate System to Intermediate System.',
    enter: (instance, { id }, at) => isisOf(instance, String(id.value), at.span),
  },
  [
    isisRow('admin-state <state:enable|disable>', {
      doc: 'Whether the protocol is in use.',
      apply: ({ process }, { state }, at) => {
        process.shutdown = state.value === 'disable' ? yes(at.span) : no(at.span);
      },
    }),
    isisRow('area-address <area:word> [<more:rest>]', {
      doc: 'Area of the router.',
      apply: ({ process }, { area }) => note(process, 'area', area),
    }),
    isisRow('system-id <id:word>', {
      doc: 'Identifier of the router.',
      apply: ({ process }, { id }) => note(process, 'system', id),
    }),
    isisRow('level-capability <level:1|2|1/2>', {
      doc: 'Levels of the router.',
      apply: ({ process }, { level }, at) => {
        process.level = { value: levels[level.value], span: at.span };
      },
    }),
    modesOf<IsisContext>()(
      'level <level:1|2>',
      { doc: 'Settings of one level.', enter: (context, { level }) => ({ ...context, level: level.value }) },
      [
        levelRow('preference <value:int>', {
          doc: 'Preference of the level’s internal routes.',
          apply: ({ process, level }, { value }) => {
            process.levelDistances = { ...process.levelDistances, [level === '1' ? 'level1' : 'level2']: value };
          },
        }),
        levelRow('external-preference <value:int>', {
          doc: 'Preference of the level’s external routes.',
          apply: ({ process, level }, { value }) => {
            const key = level === '1' ? 'level1External' : 'level2External';
            process.levelDistances = { ...process.levelDistances, [key]: value };
          },
        }),
        levelRow('default-metric <value:int>', {
          doc: 'Metric of interfaces that have no own.',
          apply: ({ process, level }, { value }) => {
            process.defaultMetric = { ...process.defaultMetric, [level === '1' ? 'level1' : 'level2']: value };
          },
        }),
        isisRow('wide-metrics-only <state:true|false>', {
          doc: 'Uses metrics above 63.',
          apply: ({ process }, { state }, at) => {
            process.wideMetrics = state.value === 'true' ? yes(at.span) : no(at.span);
          },
        }),
        isisRow('<what:loopfree-alternate> [<rest:rest>]', {
          doc: 'Does not change routes.',
          effect: 'none',
        }),
      ],
    ),
    modesOf<IsisContext>()(
      'interface <name:word>',
      {
        doc: 'An interface of the protocol.',
        refers: { name: 'interface' },
        enter: (context, { name }) => isisPort(context, name),
      },
      [
        isisPortRow('interface-type <type:point-to-point|broadcast>', {
          doc: 'Network type.',
          apply: ({ settings }, { type }) => {
            settings.pointToPoint = type.value === 'point-to-point' ? yes(type.span) : no(type.span);
          },
        }),
        isisPortRow('level-capability <level:1|2|1/2>', {
          doc: 'Levels of the interface.',
          apply: ({ settings }, { level }, at) => {
            settings.level = { value: levels[level.value], span: at.span };
          },
        }),
        isisPortRow('passive <state:true|false>', {
          doc: 'Announces the network without forming an adjacency.',
          apply: ({ settings }, { state }, at) => {
            settings.passive = state.value === 'true' ? yes(at.span) : no(at.span);
          },
        }),
        modesOf<IsisPort>()(
          'level <level:1|2>',
          { doc: 'Settings of one level.', enter: (context, { level }) => ({ ...context, level: level.value }) },
          [
            rowsOf<IsisPort & { level: '1' | '2' }>()('metric <value:int>', {
              doc: 'Metric of the interface in this level.',
              apply: ({ settings, level }, { value }) => {
                settings.metric = { ...settings.metric, [level === '1' ? 'level1' : 'level2']: value };
              },
            }),
            rowsOf<IsisPort & { level: '1' | '2' }>()('passive <state:true|false>', {
              doc: 'Announces the network without forming an adjacency.',
              apply: ({ settings }, { state }, at) => {
                settings.passive = state.value === 'true' ? yes(at.span) : no(at.span);
              },
            }),
          ],
        ),
        isisPortRow('<what:bfd-liveness|lfa-policy-map|admin-state|ipv4-multicast|tag> [<rest:rest>]', {
          doc: 'Does not change routes of a converged network.',
          effect: 'none',
        }),
        modesOf<IsisPort>()(
          '<sid:ipv4-node-sid|ipv6-node-sid>',
          { doc: 'Segment identifier.', enter: (context) => context },
          [isisPortRow('<what:word> [<rest:rest>]', { doc: 'Segment identifier.', effect: 'none' })],
        ),
      ],
    ),
    isisRow('export-policy <names:words>', {
      doc: 'Policies on routes that are announced.',
      refers: { names: 'route-map' },
      apply: ({ process }, { names }) => {
        process.exportPolicy = {
          policies: names.value.map((value) => ({ value, span: names.span })),
          span: names.span,
        };
      },
    }),
    isisRow('overload [<rest:rest>]', {
      doc: 'Keeps transit traffic away from the router.',
      apply: ({ process }, _, at) => {
        process.overload = yes(at.span);
      },
    }),
    isisRow(
      '<what:advertise-router-capability|prefix-attributes-tlv|traffic-engineering|segment-routing|timers|graceful-restart|lsp-lifetime|ipv4-routing|ipv6-routing|loopfree-alternate|hello-padding|description|reference-bandwidth> [<rest:rest>]',
      {
        doc: 'Does not change routes of a converged network.',
        effect: 'none',
      },
    ),
  ],
);

/** Network entity titles: area, system id (from the system address where none is set), and 00. */
export function finishIsis(device: DeviceDraft): void {
  const address = device.interfaces.get('system')?.addresses.find(({ family }) => family === 'ipv4')?.address;
  // "The system ID is derived from the router ID": the dotted octets, three digits each, in groups of four.
  const derived = address
    ?.split('.')
    .map((octet) => octet.padStart(3, '0'))
    .join('')
    .replace(/(\d{4})(?=\d)/g, '$1.');
  for (const process of device.isis) {
    const { area, system } = titles.get(process) ?? {};
    const id = system?.value ?? derived;
    if (area && id) process.net = { value: `${area.value}.${id}.00`, span: area.span };
  }
}
