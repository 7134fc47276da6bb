/* BGP in FRR's language: every neighbour with all that it inherits, without groups. */
import type { Behaviour } from '../../../config/behaviour.ts';
import type { AddressFamily } from '../../../config/device/bgp.ts';
import type { Device } from '../../../config/device/device.ts';
import { effectiveNeighbour } from '../../../config/device/effective-neighbour.ts';
import { prefixListKey } from '../../../config/device/policy.ts';
import type { Speaker } from '../../../network/protocols/bgp/model.ts';
import { activeFamilies } from '../../../network/protocols/bgp/settings.ts';
import type { PortNames } from './names.ts';
import { type Page, word } from './page.ts';
import { isApplied } from './policies.ts';

type Process = Device['bgp'][number];
type Neighbour = Process['neighbours'] extends ReadonlyMap<string, infer N> ? N : never;
type NeighbourFamily = Neighbour['families'] extends ReadonlyMap<AddressFamily, infer F> ? F : never;
type Family = Process['families'] extends ReadonlyMap<AddressFamily, infer F> ? F : never;

const UNICAST = ['ipv4-unicast', 'ipv6-unicast'] as const;
const COMMANDS: Readonly<Record<(typeof UNICAST)[number], string>> = {
  'ipv4-unicast': 'ipv4 unicast',
  'ipv6-unicast': 'ipv6 unicast',
};

/** FRR's packages are built for so many equal paths. */
const MOST_PATHS = 256;

interface Input {
  readonly speaker: Speaker;
  readonly behaviour: Behaviour;
  readonly ports: PortNames;
  readonly page: Page;
}

export function renderBgp(input: Input): void {
  const { speaker, behaviour, page } = input;
  const { process, table, routerId } = speaker;
  const { options } = process;
  const { bgp } = behaviour;
  const vrf = process.vrf === 'default' ? '' : ` vrf ${word(process.vrf)}`;
  page.line(`router bgp ${process.asn.value}${vrf}`, process.asn.span);
  const line = (text: string, span = process.span): void => page.line(` ${text}`, span);
  line(`bgp router-id ${routerId}`, process.routerId?.span);
  line('no bgp default ipv4-unicast');
  const strict = options.ebgpRequiresPolicy?.value;
  const { in: inbound, out: outbound } = behaviour.ebgpWithoutPolicy;
  const denied = [options.missingPolicyIn?.value ?? inbound, options.missingPolicyOut?.value ?? outbound];
  line((strict ?? denied[0] === 'deny') ? 'bgp ebgp-requires-policy' : 'no bgp ebgp-requires-policy');
  if (strict === undefined && denied[0] !== denied[1])
    page.note('External neighbours without a policy are treated alike in both directions in the twin.', process.span);
  if (bgp.decisionSteps) page.note('The best path is chosen in the order of FRR, which is not that of this system.');
  if (options.alwaysCompareMed?.value ?? bgp.alwaysCompareMed) line('bgp always-compare-med');
  if (options.medMissingAsWorst?.value) line('bgp bestpath med missing-as-worst');
  if (options.asPathIgnore?.value) line('bgp bestpath as-path ignore', options.asPathIgnore.span);
  if (options.asPathMultipathRelax?.value ?? bgp.multipathNeedsEqualAsPath === 'length')
    line('bgp bestpath as-path multipath-relax');
  if (options.defaultLocalPreference)
    line(`bgp default local-preference ${options.defaultLocalPreference.value}`, options.defaultLocalPreference.span);
  if (!(options.networkImportCheck?.value ?? behaviour.networkNeedsRoute)) line('no bgp network import-check');
  if (process.clusterId) line(`bgp cluster-id ${process.clusterId.value}`, process.clusterId.span);
  if (options.clientToClientReflection?.value === false) line('no bgp client-to-client reflection');
  if (options.gracefulShutdown?.value) line('bgp graceful-shutdown', options.gracefulShutdown.span);
  const { confederation } = options;
  if (confederation?.identifier) line(`bgp confederation identifier ${confederation.identifier.value}`);
  if (confederation && confederation.peers.length > 0) line(`bgp confederation peers ${confederation.peers.join(' ')}`);
  if (options.shutdown?.value) line('bgp shutdown', options.shutdown.span);

  const neighbours = [...process.neighbours.values()]
    .filter(({ kind }) => kind !== 'group')
    .map((neighbour) => effectiveNeighbour(process, neighbour) as Neighbour);
  for (const neighbour of neighbours) renderSession(input, neighbour);
  for (const range of process.listenRanges) renderRange(input, range);
  for (const family of UNICAST) {
    const settings = process.families.get(family);
    const members = neighbours.filter((one) => activeFamilies(table, process, one).includes(family));
    const groups = process.listenRanges
      .map(({ group }) => process.groups.get(group))
      .filter((one) => one !== undefined);
    if (!settings && members.length === 0 && groups.length === 0) continue;
    page.line(` address-family ${COMMANDS[family]}`, settings?.span ?? process.span);
    renderFamily(input, family, settings);
    for (const one of members) renderNeighbourFamily(input, nameOf(input, one), one, one.families.get(family), family);
    for (const group of groups) {
      const whole = effectiveNeighbour(process, group) as Neighbour;
      if (activeFamilies(table, process, whole).includes(family))
        renderNeighbourFamily(input, word(group.id), whole, whole.families.get(family), family);
    }
    page.line(' exit-address-family');
  }
  page.line('exit');
  for (const [family, { span }] of process.families)
    if (!(UNICAST as readonly string[]).includes(family))
      page.note(`The address family ${family} is not carried over to the twin.`, span);
}

const nameOf = ({ ports }: Input, { id, kind }: Neighbour): string =>
  kind === 'interface' ? (ports.get(id.toLowerCase()) ?? id) : id;

function renderSession(input: Input, neighbour: Neighbour): void {
  const { page, ports } = input;
  const name = nameOf(input, neighbour);
  const { remoteAs } = neighbour;
  if (!remoteAs) return;
  page.line(
    ` neighbor ${name} ${neighbour.kind === 'interface' ? 'interface ' : ''}remote-as ${remoteAs.value}`,
    remoteAs.span,
  );
  renderTransport(page, ports, name, neighbour);
}

function renderTransport(page: Page, ports: PortNames, name: string, neighbour: Neighbour): void {
  const { updateSource, localAddress, ebgpMultihop, ttlSecurityHops, localAs, password } = neighbour;
  const line = (text: string, span: Neighbour['span']): void => page.line(` neighbor ${name} ${text}`, span);
  if (localAs) {
    const { asn, noPrepend, replaceAs, dualAs } = localAs.value;
    line(
      `local-as ${asn}${noPrepend ? ' no-prepend' : ''}${noPrepend && replaceAs ? ' replace-as' : ''}`,
      localAs.span,
    );
    if (dualAs) page.note('FRR 8 knows no dual-as: the neighbour is offered the local AS alone.', localAs.span);
  }
  const source = updateSource ?? localAddress;
  if (source) line(`update-source ${ports.get(source.value.toLowerCase()) ?? source.value}`, source.span);
  if (ebgpMultihop) line(`ebgp-multihop ${ebgpMultihop.value}`, ebgpMultihop.span);
  else if (ttlSecurityHops) line(`ttl-security hops ${ttlSecurityHops.value}`, ttlSecurityHops.span);
  if (neighbour.disableConnectedCheck?.value) line('disable-connected-check', neighbour.disableConnectedCheck.span);
  if (neighbour.passive?.value) line('passive', neighbour.passive.span);
  if (neighbour.extendedNextHop?.value) line('capability extended-nexthop', neighbour.extendedNextHop.span);
  if (neighbour.shutdown?.value) line('shutdown', neighbour.shutdown.span);
  if (password)
    page.note('The password of the session is not carried over to the twin: a wrong one does not show.', password.span);
}

function renderRange({ speaker, page, ports }: Input, range: Process['listenRanges'][number]): void {
  const group = speaker.process.groups.get(range.group);
  if (!group) return;
  const name = word(group.id);
  const whole = effectiveNeighbour(speaker.process, group) as Neighbour;
  page.line(` neighbor ${name} peer-group`, group.span);
  const only =
    range.remoteAs?.length === 1 && range.remoteAs[0]?.[0] === range.remoteAs[0]?.[1]
      ? range.remoteAs[0]?.[0]
      : undefined;
  const as = whole.remoteAs?.value ?? only ?? 'external';
  if (!whole.remoteAs && only === undefined)
    page.note('The ASes that the range accepts are not carried over: the twin accepts any other AS.', range.span);
  page.line(` neighbor ${name} remote-as ${as}`, whole.remoteAs?.span ?? range.span);
  renderTransport(page, ports, name, whole);
  page.line(` bgp listen range ${range.prefix} peer-group ${name}`, range.span);
}

/** Sources of `redistribute` that FRR's BGP has, by their names here. */
const SOURCES: Readonly<Record<string, (family: (typeof UNICAST)[number]) => string>> = {
  connected: () => 'connected',
  static: () => 'static',
  kernel: () => 'kernel',
  isis: () => 'isis',
  rip: (family) => (family === 'ipv4-unicast' ? 'rip' : 'ripng'),
  ospf: (family) => (family === 'ipv4-unicast' ? 'ospf' : 'ospf6'),
};

function renderFamily(input: Input, family: (typeof UNICAST)[number], settings: Family | undefined): void {
  const { behaviour, page, speaker } = input;
  const { bgp, administrativeDistance } = behaviour;
  const device = speaker.table.device;
  const span = settings?.span ?? speaker.process.span;
  const line = (text: string, at = span): void => page.line(`  ${text}`, at);
  const map = (name: string | undefined): string =>
    name !== undefined && isApplied({ device, behaviour }, name) ? ` route-map ${word(name)}` : '';
  for (const { prefix, policy, backdoor, span: at } of settings?.networks ?? [])
    line(`network ${prefix}${map(policy?.value)}${backdoor ? ' backdoor' : ''}`, at);
  for (const { source, policy, metric, span: at, matchTypes } of settings?.redistribute ?? []) {
    const command = SOURCES[source]?.(family);
    if (command === undefined) {
      page.note(`Redistribution from ${source} into BGP is not carried over to the twin.`, at);
      continue;
    }
    if (matchTypes && matchTypes.length > 0)
      page.note(
        `The kinds of routes that are redistributed (${matchTypes.join(' ')}) are not told apart in the twin.`,
        at,
      );
    if ((policy?.policies.length ?? 0) > 1) page.note('A chain of policies is carried over by its first one.', at);
    line(
      `redistribute ${command}${metric === undefined ? '' : ` metric ${metric}`}${map(policy?.policies[0]?.value)}`,
      at,
    );
  }
  if (bgp.exportsActiveRoutes)
    page.note('Routes that an export policy takes from other protocols are not announced in the twin.');
  for (const one of settings?.aggregates ?? []) {
    line(
      `aggregate-address ${one.prefix}${one.asSet ? ' as-set' : ''}${one.summaryOnly ? ' summary-only' : ''}${map(one.attributeMap?.value)}${one.suppressMap ? ` suppress-map ${word(one.suppressMap.value)}` : ''}`,
      one.span,
    );
    for (const lost of [one.advertiseMap, one.matchMap])
      if (lost) page.note(`The map ${lost.value} of an aggregate is not carried over to the twin.`, lost.span);
  }
  const paths = Math.min(MOST_PATHS, settings?.maximumPaths?.value ?? bgp.maximumPaths);
  const internal = Math.min(
    MOST_PATHS,
    settings?.maximumPathsIbgp?.value ?? (bgp.maximumPathsCoversIbgp ? paths : bgp.maximumPathsIbgp),
  );
  line(`maximum-paths ${paths}`, settings?.maximumPaths?.span);
  line(`maximum-paths ibgp ${internal}`, settings?.maximumPathsIbgp?.span);
  const {
    external,
    internal: inside,
    local,
  } = settings?.distances?.value ?? {
    external: administrativeDistance.ebgp,
    internal: administrativeDistance.ibgp,
    local: administrativeDistance.bgpLocal,
  };
  line(`distance bgp ${external} ${inside} ${local}`, settings?.distances?.span);
  if (settings?.tableMap) line(`table-map ${word(settings.tableMap.value)}`, settings.tableMap.span);
  for (const lost of [settings?.importVrfs?.[0], settings?.importVpn, settings?.exportVpn])
    if (lost) page.note('Routes are not shared between VRFs in the twin.', lost.span);
}

function renderNeighbourFamily(
  input: Input,
  name: string,
  neighbour: Neighbour,
  settings: NeighbourFamily | undefined,
  family: (typeof UNICAST)[number],
): void {
  const { behaviour, page, speaker } = input;
  const { device } = speaker.table;
  const line = (text: string, span = settings?.span ?? neighbour.span): void =>
    page.line(`  neighbor ${name} ${text}`, span);
  line('activate', settings?.activate?.span);
  const internal = speaker.process.asn.value === neighbour.remoteAs?.value || neighbour.remoteAs?.value === 'internal';
  const sent =
    settings?.sendCommunity?.value ??
    ((internal && behaviour.sendsCommunitiesToInternal) || behaviour.sendsCommunitiesByDefault
      ? (['standard', 'extended', 'large'] as const)
      : []);
  for (const kind of ['standard', 'extended', 'large'] as const)
    page.line(
      `  ${sent.includes(kind) ? '' : 'no '}neighbor ${name} send-community ${kind}`,
      settings?.sendCommunity?.span ?? settings?.span ?? neighbour.span,
    );
  if (!settings) return;
  for (const [use, direction] of [
    [settings.policyIn, 'in'],
    [settings.policyOut, 'out'],
  ] as const) {
    const [first, ...others] = use?.policies ?? [];
    if (others.length > 0)
      page.note(
        `Of a chain of policies (${use?.policies.map(({ value }) => value).join(', ')}) only the first is in the twin.`,
        use?.span,
      );
    if (first && isApplied({ device, behaviour }, first.value))
      line(`route-map ${word(first.value)} ${direction}`, use?.span);
  }
  const version = family === 'ipv4-unicast' ? 'ipv4' : 'ipv6';
  const filters = [
    [
      'prefix-list',
      settings.prefixListIn,
      'in',
      (list: string) => device.prefixLists.has(prefixListKey(version, list)),
    ],
    [
      'prefix-list',
      settings.prefixListOut,
      'out',
      (list: string) => device.prefixLists.has(prefixListKey(version, list)),
    ],
    [
      'distribute-list',
      settings.distributeListIn,
      'in',
      (list: string) => device.accessLists.has(prefixListKey(version, list)),
    ],
    [
      'distribute-list',
      settings.distributeListOut,
      'out',
      (list: string) => device.accessLists.has(prefixListKey(version, list)),
    ],
    ['filter-list', settings.asPathListIn, 'in', (list: string) => device.asPathLists.has(list)],
    ['filter-list', settings.asPathListOut, 'out', (list: string) => device.asPathLists.has(list)],
  ] as const;
  for (const [command, list, direction, isDefined] of filters)
    if (list && (isDefined(list.value) || behaviour.undefinedNeighbourFilter === 'deny'))
      line(`${command} ${word(list.value)} ${direction}`, list.span);
  const { nextHopSelf, defaultOriginate, maximumPrefix, removePrivateAs } = settings;
  if (nextHopSelf && nextHopSelf.value !== 'off')
    line(
      `next-hop-self${nextHopSelf.value === 'force' || behaviour.nextHopSelfOnReflected ? ' force' : ''}`,
      nextHopSelf.span,
    );
  if (settings.nextHopUnchanged?.value) line('attribute-unchanged next-hop', settings.nextHopUnchanged.span);
  if (settings.attributesUnchanged)
    line(`attribute-unchanged ${settings.attributesUnchanged.value.join(' ')}`, settings.attributesUnchanged.span);
  if (settings.routeReflectorClient?.value) line('route-reflector-client', settings.routeReflectorClient.span);
  if (settings.routeServerClient?.value) line('route-server-client', settings.routeServerClient.span);
  if (defaultOriginate) {
    const { policy } = defaultOriginate.value;
    line(
      `default-originate${policy !== undefined && isApplied({ device, behaviour }, policy) ? ` route-map ${word(policy)}` : ''}`,
      defaultOriginate.span,
    );
    if (behaviour.bgp.defaultOriginateNeedsRoute && !defaultOriginate.value.always)
      page.note('The default route is announced in the twin whether the device has one or not.', defaultOriginate.span);
  }
  if (maximumPrefix && maximumPrefix.value.limit > 0) {
    const { limit, warnPercent, action } = maximumPrefix.value;
    line(
      `maximum-prefix ${limit}${warnPercent === undefined ? '' : ` ${warnPercent}`}${action === 'warning-only' ? ' warning-only' : ''}`,
      maximumPrefix.span,
    );
  }
  if (settings.allowAsIn) line(`allowas-in ${settings.allowAsIn.value}`, settings.allowAsIn.span);
  if (settings.asOverride?.value) line('as-override', settings.asOverride.span);
  if (removePrivateAs)
    line(
      `remove-private-AS${removePrivateAs.value === 'remove' ? '' : ' all'}${removePrivateAs.value === 'replace' ? ' replace-AS' : ''}`,
      removePrivateAs.span,
    );
  if (settings.weight) line(`weight ${settings.weight.value}`, settings.weight.span);
  if (settings.unsuppressMap) line(`unsuppress-map ${word(settings.unsuppressMap.value)}`, settings.unsuppressMap.span);
  if (settings.advertiseMap)
    page.note('Conditional advertisement is not carried over to the twin.', settings.advertiseMap.span);
  if (settings.addPathsSend) page.note('Additional paths are not sent in the twin.', settings.addPathsSend.span);
}
