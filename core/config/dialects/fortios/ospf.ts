import { makePrefix, parseIp, parsePrefix } from '../../address.ts';
import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { OspfArea, OspfProcess } from '../../device/igp.ts';
import type { OspfInterface } from '../../device/interface.ts';
import type { Located, Span } from '../../span.ts';
import { addOnce, no, yes } from '../shared/drafts.ts';
import { areaOf, ospfProcessOf } from '../shared/ospf.ts';
import { policyUse } from '../shared/redistribution.ts';
import { type Domain, entries } from './context.ts';
import { fortiInterface } from './interfaces.ts';

interface Context {
  readonly device: DeviceDraft;
  readonly process: OspfProcess;
}
interface AreaContext {
  readonly process: OspfProcess;
  readonly area: OspfArea;
}
interface Network {
  readonly process: OspfProcess;
  prefix?: Located<string>;
  area?: Located<string>;
}
interface PortContext {
  readonly device: DeviceDraft;
  readonly settings: OspfInterface;
}
interface Source {
  readonly process: OspfProcess;
  readonly name: string;
  readonly span: Span;
  enabled: boolean;
  metric?: number;
  metricType?: 1 | 2;
  policy?: Located<string>;
  tag?: number;
}

const row = rowsOf<Context>();
const mode = modesOf<Context>();
const areaRow = rowsOf<AreaContext>();
const networkRow = rowsOf<Network>();
const portRow = rowsOf<PortContext>();
const sourceRow = rowsOf<Source>();

const NETWORK_TYPES = {
  broadcast: 'broadcast',
  'non-broadcast': 'non-broadcast',
  'point-to-point': 'point-to-point',
  'point-to-multipoint': 'point-to-multipoint',
  'point-to-multipoint-non-broadcast': 'point-to-multipoint',
} as const;

const areaRows: readonly Entry[] = [
  areaRow('type <type:regular|stub|nssa>', {
    doc: 'Kind of area.',
    apply: ({ area }, { type }) => {
      area.type = { value: type.value === 'regular' ? 'normal' : type.value, span: type.span };
    },
  }),
  areaRow('stub-type <type:summary|no-summary>', {
    doc: 'Whether routes of other areas are announced into the area.',
    apply: ({ area }, { type }, at) => {
      area.noSummary = type.value === 'no-summary' ? yes(at.span) : no(at.span);
    },
  }),
  areaRow('default-cost <cost:int>', {
    doc: 'Cost of the default route that is announced into the area.',
    apply: ({ area }, { cost }) => {
      area.defaultCost = cost;
    },
  }),
  areaRow('nssa-default-information-originate <state:enable|always|disable>', {
    doc: 'Whether a default route is announced into the area.',
    apply: ({ area }, { state }, at) => {
      area.nssaDefaultOriginate = state.value === 'disable' ? no(at.span) : yes(at.span);
    },
  }),
  areaRow('authentication <how:none|text|md5|message-digest>', {
    doc: 'Authentication of the area’s packets.',
    apply: ({ area }, { how }, at) => {
      if (how.value !== 'none')
        area.authentication = { value: how.value === 'text' ? 'simple' : 'message-digest', span: at.span };
    },
  }),
  modesOf<AreaContext>()('config range', { doc: 'Ranges that stand for the networks of the area.', enter: (c) => c }, [
    modesOf<AreaContext>()('edit <id:int>', { doc: 'A range.', enter: (context) => context }, [
      areaRow('prefix <prefix:prefix4>', {
        doc: 'The range.',
        apply: ({ area }, { prefix }, at) => {
          area.ranges.push({ prefix: prefix.value, advertise: true, span: at.span });
        },
      }),
      areaRow('advertise <state:enable|disable>', {
        doc: 'Whether the range is announced or hidden.',
        apply: ({ area }, { state }) => {
          const last = area.ranges.pop();
          if (last) area.ranges.push({ ...last, advertise: state.value === 'enable' });
        },
      }),
    ]),
  ]),
  modesOf<AreaContext>()(
    'config virtual-link',
    { doc: 'Links to the backbone through another area.', enter: (c) => c },
    [
      modesOf<AreaContext>()('edit <name:word>', { doc: 'A virtual link.', enter: (context) => context }, [
        areaRow('peer <peer:ip4>', {
          doc: 'Router id of the other end.',
          apply: ({ area }, { peer }) => {
            area.virtualLinks.push(peer);
          },
        }),
      ]),
    ],
  ),
  areaRow('<what:shortcut|nssa-translator-role|nssa-redistribution> <value:word>', { doc: 'A detail of the area.' }),
];

/** Both lines of a network are needed before it is one. */
function keepNetwork({ process, prefix, area }: Network): void {
  const parsed = prefix && parsePrefix(prefix.value);
  const ip = prefix && parseIp(prefix.value.split('/')[0] ?? '');
  if (!prefix || !area || !parsed || !ip) return;
  const wildcard = parsed.length === 0 ? 0xffffffff : parsed.length >= 32 ? 0 : 0xffffffff >>> parsed.length;
  const text = [24, 16, 8, 0].map((shift) => (wildcard >>> shift) & 255).join('.');
  areaOf(process, area.value, area.span).networks.push({
    address: makePrefix(ip, parsed.length).text.split('/')[0] ?? ip.text,
    wildcard: text,
    span: prefix.span,
  });
}

const portRows: readonly Entry[] = [
  portRow('interface <name:word>', {
    doc: 'Interface that is meant.',
    refers: { name: 'interface' },
    apply: ({ device, settings }, { name }) => {
      const port = fortiInterface(device, name.value, name.span);
      port.ospf = Object.assign(settings, port.ospf);
    },
  }),
  portRow('cost <cost:int>', {
    doc: 'Cost of the interface; 0 has it made from the bandwidth.',
    apply: ({ settings }, { cost }) => {
      if (cost.value > 0) settings.cost = cost;
    },
  }),
  portRow('priority <value:int>', {
    doc: 'The router with the highest priority becomes the designated one.',
    apply: ({ settings }, { value }) => {
      settings.priority = value;
    },
  }),
  portRow(
    'network-type <type:broadcast|non-broadcast|point-to-point|point-to-multipoint|point-to-multipoint-non-broadcast>',
    {
      doc: 'Kind of network.',
      apply: ({ settings }, { type }) => {
        settings.networkType = { value: NETWORK_TYPES[type.value], span: type.span };
      },
    },
  ),
  portRow('hello-interval <seconds:int>', {
    doc: 'Seconds between hellos; neighbours must agree.',
    apply: ({ settings }, { seconds }) => {
      if (seconds.value > 0) settings.helloSeconds = seconds;
    },
  }),
  portRow('dead-interval <seconds:int>', {
    doc: 'Seconds until a silent neighbour is gone; neighbours must agree.',
    apply: ({ settings }, { seconds }) => {
      if (seconds.value > 0) settings.deadSeconds = seconds;
    },
  }),
  portRow('mtu-ignore <state:enable|disable>', {
    doc: 'Whether MTUs are compared.',
    apply: ({ settings }, { state }, at) => {
      settings.mtuIgnore = state.value === 'enable' ? yes(at.span) : no(at.span);
    },
  }),
  portRow('authentication <how:none|text|md5|message-digest>', {
    doc: 'Authentication of the packets; neighbours must agree.',
    apply: ({ settings }, { how }, at) => {
      settings.authentication = {
        value: how.value === 'none' ? 'none' : how.value === 'text' ? 'simple' : 'message-digest',
        span: at.span,
      };
    },
  }),
  portRow(
    '<what:prefix-length|comments|retransmit-interval|transmit-delay|bfd|status|resync-timeout|md5-keychain|mtu|hello-multiplier|authentication-key|database-filter-out> [<rest:rest>]',
    {
      doc: 'A detail of the interface.',
      effect: 'none',
    },
  ),
];

/** Keeps a source of routes once it is switched on; later lines of it are kept anew. */
function keepSource(source: Source): void {
  const { process, name, span, enabled, metric, metricType, policy, tag } = source;
  const others = process.redistribute.filter((one) => one.source !== name);
  process.redistribute = enabled
    ? [
        ...others,
        {
          source: name,
          subnets: true,
          span,
          ...(metric !== undefined && { metric }),
          ...(metricType && { metricType }),
          ...(policy && { policy: policyUse(policy) }),
          ...(tag !== undefined && { tag }),
        },
      ]
    : others;
}

const sourceRows: readonly Entry[] = [
  sourceRow('status <state:enable|disable>', {
    doc: 'Whether the routes are taken.',
    apply: (source, { state }) => {
      source.enabled = state.value === 'enable';
      keepSource(source);
    },
  }),
  sourceRow('metric <value:int>', {
    doc: 'Metric of the routes.',
    apply: (source, { value }) => {
      source.metric = value.value;
      keepSource(source);
    },
  }),
  sourceRow('metric-type <type:1|2>', {
    doc: 'Kind of external route.',
    apply: (source, { type }) => {
      source.metricType = type.value === '1' ? 1 : 2;
      keepSource(source);
    },
  }),
  sourceRow('routemap <map:word>', {
    doc: 'Route map that decides which routes are taken.',
    refers: { map: 'route-map' },
    apply: (source, { map }) => {
      source.policy = map;
      keepSource(source);
    },
  }),
  sourceRow('tag <tag:int>', {
    doc: 'Tag of the routes.',
    apply: (source, { tag }) => {
      source.tag = tag.value;
      keepSource(source);
    },
  }),
];

/** `config router ospf`. */
export const ospf: Entry = modesOf<Domain>()(
  'config router ospf',
  {
    doc: 'Open shortest path first.',
    enter: ({ device, vrf }, _, at): Context => ({ device, process: ospfProcessOf(device, 'ospf', 2, vrf, at.span) }),
  },
  [
    row('router-id <id:ip4>', {
      doc: 'Router id of OSPF.',
      apply: ({ process }, { id }) => {
        if (id.value !== '0.0.0.0') process.routerId = id;
      },
    }),
    row('auto-cost-ref-bandwidth <mbps:int>', {
      doc: 'Bandwidth whose cost is 1, in Mbit/s.',
      apply: ({ process }, { mbps }) => {
        process.referenceBandwidthMbps = mbps;
      },
    }),
    row('default-information-originate <state:enable|always|disable>', {
      doc: 'Whether a default route is announced.',
      apply: ({ process }, { state }, at) => {
        if (state.value === 'disable') delete process.defaultOriginate;
        else
          process.defaultOriginate = {
            value: { ...process.defaultOriginate?.value, always: state.value === 'always' },
            span: at.span,
          };
      },
    }),
    row('default-information-metric <metric:int>', {
      doc: 'Metric of the default route that is announced.',
      apply: ({ process }, { metric }) => {
        if (process.defaultOriginate)
          process.defaultOriginate = {
            ...process.defaultOriginate,
            value: { ...process.defaultOriginate.value, metric: metric.value },
          };
      },
    }),
    row('default-information-metric-type <type:1|2>', {
      doc: 'Kind of external route of the default route.',
      apply: ({ process }, { type }) => {
        if (process.defaultOriginate)
          process.defaultOriginate = {
            ...process.defaultOriginate,
            value: { ...process.defaultOriginate.value, metricType: type.value === '1' ? 1 : 2 },
          };
      },
    }),
    row('default-metric <metric:int>', {
      doc: 'Metric of routes from elsewhere; 10 unless configured.',
      apply: ({ process }, { metric }) => {
        process.defaultMetric = metric;
      },
    }),
    row('passive-interface <names:words>', {
      doc: 'Interfaces on which no neighbour is sought.',
      refers: { names: 'interface' },
      apply: ({ process }, { names }) => {
        for (const value of names.value) addOnce(process.passiveInterfaces, { value, span: names.span });
      },
    }),
    row('distance <distance:int>', {
      doc: 'Administrative distance of OSPF; 110 unless configured.',
      apply: ({ process }, { distance }) => {
        const { value } = distance;
        process.distances = { value: { intra: value, inter: value, external: value }, span: distance.span };
      },
    }),
    ...(['intra-area', 'inter-area', 'external'] as const).map((kind) =>
      row(`distance-${kind} <distance:int>`, {
        doc: 'Administrative distance of one kind of route.',
        apply: ({ process }, args, at) => {
          const { distance } = args as unknown as { distance: Located<number> };
          const key = ({ 'intra-area': 'intra', 'inter-area': 'inter', external: 'external' } as const)[kind];
          process.distances = { value: { ...process.distances?.value, [key]: distance.value }, span: at.span };
        },
      }),
    ),
    row('rfc1583-compatible <state:enable|disable>', {
      doc: 'Compatibility with RFC 1583.',
      apply: ({ process }, { state }, at) => {
        process.rfc1583Compatible = { value: state.value === 'enable', span: at.span };
      },
    }),
    row(
      '<what:abr-type|spf-timers|bfd|log-neighbour-changes|restart-mode|restart-period|database-overflow|database-overflow-max-lsas|database-overflow-time-to-recover> [<rest:rest>]',
      {
        doc: 'A setting that changes no route.',
        effect: 'none',
      },
    ),
    entries<Context, AreaContext>(
      'area',
      'Areas.',
      ({ process }, id, span) => ({ process, area: areaOf(process, id.value, span) }),
      areaRows,
    ),
    entries<Context, Network>('network', 'Networks whose interfaces run OSPF.', ({ process }) => ({ process }), [
      networkRow('prefix <prefix:prefix4>', {
        doc: 'Addresses of the interfaces.',
        apply: (network, { prefix }) => {
          network.prefix = prefix;
          keepNetwork(network);
        },
      }),
      networkRow('area <area:ip4>', {
        doc: 'Area of the interfaces.',
        apply: (network, { area }) => {
          network.area = area;
          keepNetwork(network);
        },
      }),
      networkRow('comments <text:rest>', { doc: 'A text for people.', effect: 'none' }),
    ]),
    entries<Context, PortContext>(
      'ospf-interface',
      'Settings of interfaces.',
      ({ device }) => ({ device, settings: {} }),
      portRows,
    ),
    mode(
      'config redistribute <source:word>',
      {
        doc: 'Routes that OSPF takes from elsewhere.',
        enter: ({ process }, { source }, at): Source => ({
          process,
          name: source.value,
          span: at.span,
          enabled: false,
        }),
      },
      sourceRows,
    ),
  ],
);

/** A process without networks is none. */
export function finishOspf(device: DeviceDraft): void {
  device.ospf = device.ospf.filter((process) => [...process.areas.values()].some((area) => area.networks.length > 0));
}
