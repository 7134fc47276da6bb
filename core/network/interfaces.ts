import type { Device } from '../config/device/device.ts';
import type { Span } from '../config/span.ts';
import type { Endpoint, Snapshot } from './snapshot.ts';

export type InterfaceConfig = Device['interfaces'] extends ReadonlyMap<string, infer I> ? I : never;

/** Whether an interface forwards, and if not why, in words. */
export interface InterfaceState {
  readonly node: string;
  /** Unique on the device: `config.name`, or with the instance where names are unique per instance only (SR OS). */
  readonly name: string;
  readonly config: InterfaceConfig;
  readonly up: boolean;
  /** Why it is down, in words; empty when it is up. */
  readonly reason: string;
  /** The configuration that keeps it down, possibly of another device. */
  readonly cause?: DownCause;
}

export interface DownCause {
  readonly node: string;
  readonly span: Span;
}

interface Down {
  readonly text: string;
  readonly cause?: DownCause;
}

export type InterfaceStates = ReadonlyMap<string, ReadonlyMap<string, InterfaceState>>;

export const isShutdown = (config: InterfaceConfig): boolean =>
  typeof config.shutdown === 'boolean' ? config.shutdown : config.shutdown.value;

const shutdownSpan = (config: InterfaceConfig): Span =>
  typeof config.shutdown === 'boolean' ? config.span : config.shutdown.span;

/** VLANs that a switchport carries: `untagged` is the access or native VLAN, `carries` says whether another one is allowed. */
export function switchedVlans(
  config: InterfaceConfig,
): { readonly untagged: number | undefined; readonly carries: (vlan: number) => boolean } | undefined {
  const port = config.switchport;
  const mode = port?.mode?.value ?? (port ? 'access' : 'routed');
  if (!port || mode === 'routed') return undefined;
  if (mode === 'access' || mode === 'dot1q-tunnel') {
    const vlan = port.accessVlan?.value ?? 1;
    return { untagged: vlan, carries: () => false };
  }
  const allowed = port.allowedVlans && new Set(port.allowedVlans.value);
  const native = port.nativeVlan?.value ?? 1;
  return {
    untagged: !allowed || allowed.has(native) ? native : undefined,
    carries: (vlan) => vlan !== native && (!allowed || allowed.has(vlan)),
  };
}

/** VLAN number of an SVI / IRB: as set, or the number in its name (Vlan10). */
export const vlanOf = (config: InterfaceConfig): number | undefined =>
  config.vlan ??
  (config.kind === 'vlan' && !config.bridge
    ? Number(/(\d+)$/.exec(config.name)?.[1] ?? Number.NaN) || undefined
    : undefined);

/** Ends of the links of each port, by `node` and interface name in lower case (names are written in any case). */
export const portKey = (node: string, name: string): string => `${node} ${name.toLowerCase()}`;

/**
 * The port that an interface's frames leave by: its parent, or for a Junos unit such as em3.0 the port before the dot
 * where only that one has links.
 */
export function portOf(config: InterfaceConfig, hasLink: (name: string) => boolean): string {
  if (config.kind === 'subinterface' && config.parent !== undefined) return config.parent;
  const unit = hasLink(config.name) ? undefined : /^(.+)\.\d+$/.exec(config.name)?.[1];
  return unit !== undefined && hasLink(unit) ? unit : config.name;
}

export function linkEnds(snapshot: Snapshot): ReadonlyMap<string, readonly Endpoint[]> {
  const ends = new Map<string, Endpoint[]>();
  const add = (from: Endpoint, to: Endpoint) => {
    const key = portKey(from.node, from.interface);
    ends.set(key, [...(ends.get(key) ?? []), to]);
  };
  for (const link of snapshot.links) {
    if (link.source === 'inferred') continue;
    add(link.a, link.b);
    add(link.b, link.a);
  }
  return ends;
}

/**
 * State of every interface of the lab: administrative state, line state as captured, a link where layer 1 is known,
 * and the state of what it stands on (members of an aggregate, parent of a sub-interface, member ports of a VLAN).
 */
export function interfaceStates(snapshot: Snapshot): InterfaceStates {
  const ends = linkEnds(snapshot);
  const result = new Map<string, ReadonlyMap<string, InterfaceState>>();
  const addresses = new Set(
    [...snapshot.nodes.values()].flatMap((node) =>
      [...node.config.device.interfaces.values()].flatMap((one) => one.addresses.map((address) => address.address)),
    ),
  );

  const find = (endpoint: Endpoint): InterfaceConfig | undefined => {
    const interfaces = snapshot.nodes.get(endpoint.node)?.config.device.interfaces;
    if (!interfaces) return undefined;
    const exact = interfaces.get(endpoint.interface);
    if (exact) return exact;
    const wanted = endpoint.interface.toLowerCase();
    for (const [name, config] of interfaces) if (name.toLowerCase() === wanted) return config;
    return undefined;
  };

  for (const node of snapshot.nodes.values()) {
    const { interfaces } = node.config.device;
    const runtime = new Map(
      [...(snapshot.runtime.get(node.name) ?? [])].map(([name, state]) => [name.toLowerCase(), state]),
    );
    const states = new Map<string, InterfaceState>();
    const keys = new Map([...interfaces].map(([key, config]) => [config, key]));
    const members = new Map<string, InterfaceConfig[]>();
    for (const config of interfaces.values()) {
      const aggregate = config.aggregate?.value.toLowerCase();
      if (aggregate) members.set(aggregate, [...(members.get(aggregate) ?? []), config]);
    }

    /** Whether an interface that stands on the port was up when the lab was captured (SR OS shows no ports). */
    const carriesLine = (port: string): boolean =>
      [...interfaces.values()].some(
        ({ name, parent }) =>
          parent?.toLowerCase() === port.toLowerCase() && runtime.get(name.toLowerCase())?.lineUp === true,
      );

    const physical = (config: InterfaceConfig): Down | undefined => {
      const port = portOf(config, (name) => ends.has(portKey(node.name, name)));
      if ([port, config.name].some((name) => runtime.get(name.toLowerCase())?.failed))
        return { text: 'its line fails' };
      const lineUp = runtime.get(config.name.toLowerCase())?.lineUp;
      if (lineUp === false) return { text: 'the line was down when the lab was captured' };
      const far = ends.get(portKey(node.name, port)) ?? [];
      if (far.length === 0) {
        const seenUp = lineUp === true || carriesLine(config.name);
        const alone = snapshot.linksComplete && !seenUp && config.kind === 'physical';
        return alone ? { text: 'no link is connected to it' } : undefined;
      }
      const shut = far.flatMap((end) => {
        const other = find(end);
        return other && isShutdown(other) ? [{ end, span: shutdownSpan(other) }] : [];
      });
      const [first] = shut;
      if (!first || shut.length < far.length) return undefined;
      const names = shut.map(({ end }) => `${end.node} ${end.interface}`).join(', ');
      return { text: `${names} at the other end is shut down`, cause: { node: first.end.node, span: first.span } };
    };

    const svi = (config: InterfaceConfig, pending: ReadonlySet<string>): Down | undefined => {
      const vlan = vlanOf(config);
      if (vlan === undefined && config.bridge && config.autostate?.value !== false)
        return bridgeEnd(config, config.bridge.value, pending);
      // `no autostate`, and SONiC whose bridge has a port of its own: the interface needs no port of its VLAN.
      if (vlan === undefined || config.autostate?.value === false) return undefined;
      for (const port of interfaces.values()) {
        if (port.kind === 'vlan' || port.aggregate) continue;
        const vlans = switchedVlans(port);
        if (vlans && (vlans.untagged === vlan || vlans.carries(vlan)) && stateOf(port, pending).up) return undefined;
      }
      // The tunnel interface is a port of every VLAN that has a VXLAN network.
      if (node.config.device.vlans.get(vlan)?.vni !== undefined) return undefined;
      return { text: `no port of VLAN ${vlan} is up` };
    };

    /** The router's end of a bridge domain is up with a port of it. */
    const bridgeEnd = (config: InterfaceConfig, domain: string, pending: ReadonlySet<string>): Down | undefined => {
      for (const port of interfaces.values())
        if (port !== config && port.kind !== 'vlan' && port.bridge?.value === domain && stateOf(port, pending).up)
          return undefined;
      return { text: `no port of the bridge ${domain} is up` };
    };

    const aggregate = (config: InterfaceConfig, pending: ReadonlySet<string>): Down | undefined => {
      const ports = members.get(config.name.toLowerCase()) ?? [];
      if (ports.length === 0)
        return runtime.get(config.name.toLowerCase())?.lineUp === true ? undefined : { text: 'it has no member' };
      const states = ports.map((port) => stateOf(port, pending));
      if (states.some((state) => state.up)) return undefined;
      const cause = states.find((state) => state.cause)?.cause;
      return { text: 'no member is up', ...(cause && { cause }) };
    };

    const standsOn = (below: InterfaceConfig, what: string, pending: ReadonlySet<string>): Down | undefined => {
      const { up, reason, cause } = stateOf(below, pending);
      return up ? undefined : { text: `${what} ${below.name} is down: ${reason}`, ...(cause && { cause }) };
    };

    const whyDown = (config: InterfaceConfig, pending: ReadonlySet<string>): Down | undefined => {
      if (isShutdown(config)) return { text: 'shut down', cause: { node: node.name, span: shutdownSpan(config) } };
      switch (config.kind) {
        case 'loopback':
        case 'null':
        case 'bridge':
          return undefined;
        case 'vlan':
          return svi(config, pending);
        case 'aggregate':
          return aggregate(config, pending);
        case 'subinterface': {
          const parent = config.parent === undefined ? undefined : interfaces.get(config.parent);
          return parent
            ? standsOn(parent, 'its parent', pending)
            : physical({ ...config, kind: 'physical', name: config.parent ?? config.name });
        }
        case 'tunnel':
          return tunnel(config, pending);
        default:
          return physical(config);
      }
    };

    const tunnel = (config: InterfaceConfig, pending: ReadonlySet<string>): Down | undefined => {
      const { source, destination, mode } = config.tunnel ?? {};
      const below = source && interfaces.get(source.value);
      const broken = below && standsOn(below, 'its source', pending);
      if (broken) return broken;
      // An IPsec tunnel comes up with its security association, which needs a peer; other tunnels need none.
      const secured = mode !== undefined && /ipsec/i.test(mode.value);
      if (secured && destination && !addresses.has(destination.value))
        return { text: `its peer ${destination.value} belongs to no device of the lab` };
      return undefined;
    };

    const stateOf = (config: InterfaceConfig, pending: ReadonlySet<string>): InterfaceState => {
      const name = keys.get(config) ?? config.name;
      const known = states.get(name);
      if (known) return known;
      const at = { node: node.name, name, config };
      // An interface that stands on itself (a sub-interface named as its own parent) can never come up.
      if (pending.has(name)) return { ...at, up: false, reason: 'it depends on itself' };
      const down = whyDown(config, new Set([...pending, name]));
      const cause = down?.cause;
      const state: InterfaceState = { ...at, up: !down, reason: down?.text ?? '', ...(cause && { cause }) };
      states.set(name, state);
      return state;
    };

    for (const config of interfaces.values()) stateOf(config, new Set());
    result.set(node.name, states);
  }
  return result;
}
