import { type Entry, modesOf, nothing, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { OspfArea, OspfProcess } from '../../device/igp.ts';
import type { OspfInterface } from '../../device/interface.ts';
import { addOnce, GLOBAL, interfaceOf, removeName, removeWhere } from '../shared/drafts.ts';
import { areaOf, ospfProcessOf, ospfRows } from '../shared/ospf.ts';
import { routingKey } from '../shared/secrets.ts';
import { policyNamed } from './policy-use.ts';
import { redistributeRows } from './redistribution.ts';

/*
 * OSPF of IOS-XR is a tree: what stands at the process holds in all areas, what stands at an area on all of its
 * interfaces, unless one of them says otherwise.
 */

interface AreaContext {
  readonly process: OspfProcess;
  readonly area: OspfArea;
}

/** Lines of an interface, which may also stand at the area and at the process. */
const interfaceLines = <C>(of: (context: C) => OspfInterface): readonly Entry[] => {
  const row = rowsOf<C>();
  return [
    row('cost <cost:int>', {
      doc: 'Cost of the interface, in place of the one made from its bandwidth.',
      apply: (context, { cost }) => {
        of(context).cost = cost;
      },
      undo: (context) => {
        delete of(context).cost;
      },
    }),
    row('network <type:broadcast|point-to-point|point-to-multipoint|non-broadcast> [<options:words>]', {
      doc: 'Network type: whether a designated router is elected, and how neighbours are found.',
      apply: (context, { type }) => {
        of(context).networkType = type;
      },
      undo: (context) => {
        delete of(context).networkType;
      },
    }),
    row('passive [<how:enable|disable>]', {
      doc: 'No adjacency on the interface; its subnet is still announced.',
      apply: (context, { how }, at) => {
        of(context).passive = { value: how?.value !== 'disable', span: at.span };
      },
      undo: (context) => {
        delete of(context).passive;
      },
    }),
    row('priority <priority:int>', {
      doc: 'Priority in the election of the designated router; 0 never wins.',
      apply: (context, { priority }) => {
        of(context).priority = priority;
      },
      undo: (context) => {
        delete of(context).priority;
      },
    }),
    row('hello-interval <seconds:int>', {
      doc: 'Seconds between hellos; neighbours must agree.',
      apply: (context, { seconds }) => {
        of(context).helloSeconds = seconds;
      },
      undo: (context) => {
        delete of(context).helloSeconds;
      },
    }),
    row('dead-interval <seconds:int>', {
      doc: 'Seconds of silence after which a neighbour is lost; neighbours must agree.',
      apply: (context, { seconds }) => {
        of(context).deadSeconds = seconds;
      },
      undo: (context) => {
        delete of(context).deadSeconds;
      },
    }),
    row('mtu-ignore [<how:enable|disable>]', {
      doc: 'Accepts a neighbour whose MTU differs.',
      apply: (context, { how }, at) => {
        of(context).mtuIgnore = { value: how?.value !== 'disable', span: at.span };
      },
      undo: (context) => {
        delete of(context).mtuIgnore;
      },
    }),
    row('authentication [<kind:message-digest|null>] [keychain <chain:word>]', {
      doc: 'Authentication of OSPF packets; neighbours must agree.',
      refers: { chain: 'key-chain' },
      apply: (context, { kind, chain }, at) => {
        const value = chain ? 'key-chain' : kind?.value === 'null' ? 'none' : kind ? 'message-digest' : 'simple';
        of(context).authentication = { value, span: at.span };
        if (chain) of(context).authenticatedBy = { keyChain: chain };
      },
      undo: (context) => {
        delete of(context).authentication;
      },
    }),
    row('authentication-key [<type:clear|encrypted>] <key:word>', {
      doc: 'Password of OSPF packets; neighbours must have the same.',
      apply: (context, { type, key }, at) => {
        const value = routingKey(key.value, type?.value === 'encrypted' ? '7' : '0');
        of(context).authenticationKey = { value, span: at.span };
      },
      undo: (context) => {
        delete of(context).authenticationKey;
      },
    }),
    row('message-digest-key <id:int> md5 [<type:clear|encrypted>] <key:word>', {
      doc: 'Key of OSPF packets; neighbours must have the same.',
      apply: (context, { type, key }, at) => {
        const value = routingKey(key.value, type?.value === 'encrypted' ? '7' : '0');
        of(context).authenticationKey = { value, span: at.span };
      },
      undo: (context) => {
        delete of(context).authenticationKey;
      },
    }),
    row('prefix-suppression [<disable:disable>]', {
      doc: 'Does not announce the network of the link (RFC 6860).',
      apply: (context, { disable }, at) => {
        of(context).prefixSuppression = { value: disable === undefined, span: at.span };
      },
      undo: (context) => {
        delete of(context).prefixSuppression;
      },
    }),
    row('shutdown', {
      doc: 'Switches OSPF off here.',
      apply: (context, _, at) => {
        of(context).disabled = { value: true, span: at.span };
      },
      undo: (context) => {
        delete of(context).disabled;
      },
    }),
    row('bfd fast-detect [<options:words>]', { doc: 'Bidirectional forwarding detection of OSPF neighbours.' }),
    row('bfd <what:minimum-interval|multiplier> <value:int>', {
      doc: 'Timers of bidirectional forwarding detection.',
      effect: 'none',
    }),
    row('loopback stub-network [<how:enable|disable>]', {
      doc: 'Announces the subnet of a loopback, not its host address.',
    }),
    row('<what:retransmit-interval|transmit-delay|flood-reduction|packet-size> [<options:words>]', {
      doc: 'Timers of OSPF on the interface.',
      effect: 'none',
    }),
    row(
      '<what:database-filter|demand-circuit|fast-reroute|security|mpls|segment-routing|link-down|advertise|neighbor|cost-fallback|prefix-sid|adjacency-sid|encryption|instance|bandwidth> [<options:words>]',
      { doc: 'Further settings of OSPF on the interface.' },
    ),
  ];
};

const defaultsOf = (holder: { interfaceDefaults?: OspfInterface }): OspfInterface => {
  holder.interfaceDefaults ??= {};
  return holder.interfaceDefaults;
};

const areaRow = rowsOf<AreaContext>();

const areaMode = (slot: 'ospf' | 'ospfv3'): Entry =>
  modesOf<OspfProcess>()(
    'area <area:word>',
    {
      doc: 'An area with its interfaces.',
      enter: (process, { area }, at): AreaContext => ({ process, area: areaOf(process, area.value, at.span) }),
    },
    [
      ...interfaceLines<AreaContext>(({ area }) => defaultsOf(area)),
      modesOf<AreaContext>()(
        'interface <interface:interface>',
        {
          doc: 'Runs OSPF on the interface, in this area.',
          refers: { interface: 'interface' },
          enter: ({ process, area }, { interface: name }, at): OspfInterface => {
            const iface = interfaceOf(at.device, name.value, name.span);
            addOnce(area.interfaces, name);
            iface[slot] = { ...iface[slot], process: process.id, area: { value: area.id, span: name.span } };
            return iface[slot];
          },
          undo: ({ area }, { interface: name }, at) => {
            removeName(area.interfaces, name?.value);
            const iface = name && at.device.interfaces.get(name.value);
            if (iface) delete iface[slot];
          },
        },
        interfaceLines<OspfInterface>((each) => each),
      ),
      areaRow('stub [<noSummary:no-summary>]', {
        doc: 'Stub area: no external routes; with no-summary none of other areas either.',
        apply: ({ area }, { noSummary }, at) => {
          area.type = { value: 'stub', span: at.span };
          if (noSummary) area.noSummary = { value: true, span: noSummary.span };
        },
        undo: ({ area }) => {
          delete area.type;
          delete area.noSummary;
        },
      }),
      areaRow(
        'nssa *[<noSummary:no-summary>] *[<noRedistribution:no-redistribution>] *[<originate:default-information-originate> [metric <metric:int>] [metric-type <metricType:1|2>]]',
        {
          doc: 'Not-so-stubby area: external routes of its own as type 7 (RFC 3101).',
          apply: ({ area }, { noSummary, originate }, at) => {
            area.type = { value: 'nssa', span: at.span };
            if (noSummary) area.noSummary = { value: true, span: noSummary.span };
            if (originate) area.nssaDefaultOriginate = { value: true, span: originate.span };
          },
          undo: ({ area }) => {
            delete area.type;
            delete area.noSummary;
            delete area.nssaDefaultOriginate;
          },
        },
      ),
      areaRow('default-cost <cost:int>', {
        doc: 'Cost of the default route into a stub area.',
        apply: ({ area }, { cost }) => {
          area.defaultCost = cost;
        },
        undo: ({ area }) => {
          delete area.defaultCost;
        },
      }),
      areaRow('range <prefix:prefix> *[<advertise:advertise|not-advertise>] *[cost <cost:int>]', {
        doc: 'Announces one prefix for those within it to other areas, or hides them.',
        apply: ({ area }, { prefix, advertise, cost }, at) => {
          removeWhere(area.ranges, (known) => known.prefix === prefix.value);
          area.ranges.push({
            prefix: prefix.value,
            advertise: advertise?.value !== 'not-advertise',
            ...(cost && { cost: cost.value }),
            span: at.span,
          });
        },
        undo: ({ area }, { prefix }) => removeWhere(area.ranges, (known) => known.prefix === prefix?.value),
      }),
      modesOf<AreaContext>()(
        'virtual-link <router:ip4>',
        {
          doc: 'Connects an area to the backbone through this one.',
          enter: ({ area }, { router }): OspfInterface => {
            addOnce(area.virtualLinks, router);
            return {};
          },
          undo: ({ area }, { router }) => removeName(area.virtualLinks, router?.value),
        },
        interfaceLines<OspfInterface>((each) => each),
      ),
      areaRow(
        '<what:route-policy|multi-area-interface|sham-link|nssa-translate|capability|external-out|summary-in> [<options:words>]',
        {
          doc: 'Further settings of the area.',
        },
      ),
    ],
  );

const row = rowsOf<OspfProcess>();
const foreign =
  /^(network|area |passive|distribute-list|redistribute|default-information|neighbor|auto-cost|distance <kind|timers|capability|max-metric|max-lsa|<command)/;

const processLines = (slot: 'ospf' | 'ospfv3'): readonly Entry[] => [
  ...ospfRows('connected|static|rip').filter(
    ({ pattern }) => !foreign.test(pattern) && !/^<what:(bfd|nsf|ispf)/.test(pattern),
  ),
  ...interfaceLines<OspfProcess>(defaultsOf).filter(
    ({ pattern }) => !/segment-routing|^shutdown$|^prefix-suppression/.test(pattern),
  ),
  ...redistributeRows<OspfProcess>((process) => [process.redistribute]),
  areaMode(slot),
  row('auto-cost reference-bandwidth <mbps:int>', {
    doc: 'Bandwidth in Mbit/s that has cost 1; all routers should agree.',
    apply: (process, { mbps }) => {
      process.referenceBandwidthMbps = mbps;
    },
    undo: (process) => {
      delete process.referenceBandwidthMbps;
    },
  }),
  row('auto-cost disable', { doc: 'All interfaces have cost 1 unless they say otherwise.' }),
  row('address-family <family:ipv4|ipv6> [unicast]', {
    doc: 'Family of the process, which it has anyway.',
    apply: nothing,
  }),
  row(
    'default-information originate *[<always:always>] *[metric <metric:int>] *[metric-type <type:1|2>] *[tag <tag:int>] *[route-policy <policy:names>]',
    {
      doc: 'Announces a default route; `always` even without having one.',
      apply: (process, { always, metric, type, policy }, at) => {
        const value = {
          always: always !== undefined,
          ...(metric && { metric: metric.value }),
          ...(type && { metricType: type.value === '1' ? (1 as const) : (2 as const) }),
          ...(policy && { policy: policyNamed(policy, at).value }),
        };
        process.defaultOriginate = { value, span: at.span };
      },
      undo: (process) => {
        delete process.defaultOriginate;
      },
    },
  ),
  row('distance <kind:ospf|ospfv3> *[intra-area <intra:int>] *[inter-area <inter:int>] *[external <external:int>]', {
    doc: 'Administrative distances of OSPF routes by their kind.',
    apply: (process, { intra, inter, external }, at) => {
      const value = {
        ...process.distances?.value,
        ...(intra && { intra: intra.value }),
        ...(inter && { inter: inter.value }),
        ...(external && { external: external.value }),
      };
      process.distances = { value, span: at.span };
    },
    undo: (process) => {
      delete process.distances;
    },
  }),
  row('summary-prefix <prefix:prefix> *[<notAdvertise:not-advertise>] *[tag <tag:int>]', {
    doc: 'Announces one prefix for the redistributed ones within it, or hides them.',
    apply: (process, { prefix, notAdvertise, tag }, at) => {
      removeWhere(process.summaries, (known) => known.prefix === prefix.value);
      process.summaries.push({
        prefix: prefix.value,
        advertise: notAdvertise === undefined,
        ...(tag && { tag: tag.value }),
        span: at.span,
      });
    },
    undo: (process, { prefix }) => removeWhere(process.summaries, (known) => known.prefix === prefix?.value),
  }),
  row('max-metric router-lsa [<options:words>]', {
    doc: 'Announces its links with the highest cost, so that others avoid this router.',
    apply: (process, { options }, at) => {
      // After a start it holds for a while only; the settled state does not have it.
      if (!/^on-/.test(options?.value[0] ?? '')) process.maxMetricRouterLsa = { value: true, span: at.span };
    },
    undo: (process) => {
      delete process.maxMetricRouterLsa;
    },
  }),
  row(
    '<what:distribute-list|table-policy|protocol|microloop|affinity-map|snmp|queue|domain-id|domain-tag|capability|disable-dn-bit-check|ucmp|weight|maximum|area-in|external-out> [<options:words>]',
    {
      doc: 'Further settings of the process.',
    },
  ),
  row('maximum paths <paths:int>', {
    doc: 'Most equal paths that share traffic.',
    apply: (process, { paths }) => {
      process.maximumPaths = paths;
    },
    undo: (process) => {
      delete process.maximumPaths;
    },
  }),
  ...(
    [
      ['nsr [<disable:disable>]', 'Keeps running when the processor changes.'],
      ['nsf <options:words>', 'Keeps forwarding while OSPF restarts.'],
      ['timers <options:words>', 'Timers of the process.'],
      ['log adjacency changes [<options:words>]', 'Logs when an adjacency comes up or goes down.'],
      ['ospf name-lookup', 'Names in displays.'],
      ['monitor-convergence [<options:words>]', 'Measures convergence.'],
      ['spf <options:words>', 'How the routes are computed.'],
    ] as const
  ).map(([pattern, doc]) => row(pattern as 'x', { doc, effect: 'none' })),
];

const ospfMode = (word: 'ospf' | 'ospfv3', version: 2 | 3): Entry =>
  modesOf<DeviceDraft>()(
    `router ${word} <id:word>` as 'router ospf <id:word>',
    {
      doc: `OSPF version ${version} process, with an instance per VRF.`,
      defines: { id: 'ospf-process' },
      enter: (device, { id }, at) => ospfProcessOf(device, id.value, version, GLOBAL, at.span),
      undo: (device, { id }) => {
        device.ospf = device.ospf.filter((process) => process.version !== version || process.id !== id?.value);
      },
    },
    [
      ...processLines(word),
      modesOf<OspfProcess>()(
        'vrf <vrf:word>',
        {
          doc: 'OSPF in a VRF.',
          refers: { vrf: 'vrf' },
          enter: (process, { vrf }, at) => ospfProcessOf(at.device, process.id, version, vrf.value, at.span),
        },
        processLines(word),
      ),
    ],
  );

export const routerOspf: readonly Entry[] = [ospfMode('ospf', 2), ospfMode('ospfv3', 3)];

/** Gives interfaces what their area and process say. */
export function finishOspf(device: DeviceDraft): void {
  for (const process of device.ospf) {
    const slot = process.version === 2 ? 'ospf' : 'ospfv3';
    for (const area of process.areas.values())
      for (const { value: name } of area.interfaces) {
        const iface = device.interfaces.get(name);
        if (iface?.[slot]) iface[slot] = { ...process.interfaceDefaults, ...area.interfaceDefaults, ...iface[slot] };
      }
  }
}
