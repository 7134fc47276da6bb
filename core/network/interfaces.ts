import type { Device } from '../config/device/device.ts';
import type { Endpoint, Snapshot } from './snapshot.ts';

export type InterfaceConfig = Device['interfaces'] extends ReadonlyMap<string, infer I> ? I : never;

/** Whether an interface forwards, and if not why, in words. */
export interface InterfaceState {
  readonly node: string;
  readonly name: string;
  readonly config: InterfaceConfig;
  readonly up: boolean;
  readonly reason: string;
}

export type InterfaceStates = ReadonlyMap<string, ReadonlyMap<string, InterfaceState>>;

export const isShutdown = (config: InterfaceConfig): boolean =>
  typeof config.shutdown === 'boolean' ? config.shutdown : config.shutdown.value;

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
  (config.kind === 'vlan' ? Number(/(\d+)$/.exec(config.name)?.[1] ?? Number.NaN) || undefined : undefined);

/** Ends of the links of each port, by `node` and interface name in lower case (names are written in any case). */
export const portKey = (node: string, name: string): string => `${node} ${name.toLowerCase()}`;

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
    const members = new Map<string, InterfaceConfig[]>();
    for (const config of interfaces.values()) {
      const aggregate = config.aggregate?.value.toLowerCase();
      if (aggregate) members.set(aggregate, [...(members.get(aggregate) ?? []), config]);
    }

    const physical = (config: InterfaceConfig): string => {
      const lineUp = runtime.get(config.name.toLowerCase())?.lineUp;
      if (lineUp === false) return 'the line was down when the lab was captured';
      const far = ends.get(portKey(node.name, config.name)) ?? [];
      if (far.length === 0) {
        const alone = snapshot.linksComplete && lineUp !== true && config.kind === 'physical';
        return alone ? 'no link is connected to it' : '';
      }
      const allShut = far.every((end) => {
        const other = find(end);
        return other !== undefined && isShutdown(other);
      });
      return allShut
        ? `${far.map((end) => `${end.node} ${end.interface}`).join(', ')} at the other end is shut down`
        : '';
    };

    const svi = (config: InterfaceConfig, pending: ReadonlySet<string>): string => {
      const vlan = vlanOf(config);
      if (vlan === undefined) return '';
      for (const port of interfaces.values()) {
        if (port.kind === 'vlan' || port.aggregate) continue;
        const vlans = switchedVlans(port);
        if (vlans && (vlans.untagged === vlan || vlans.carries(vlan)) && stateOf(port, pending).up) return '';
      }
      return `no port of VLAN ${vlan} is up`;
    };

    /** Why it is down; empty when it is up. */
    const whyDown = (config: InterfaceConfig, pending: ReadonlySet<string>): string => {
      if (isShutdown(config)) return 'shut down';
      switch (config.kind) {
        case 'loopback':
        case 'null':
        case 'bridge':
          return '';
        case 'vlan':
          return svi(config, pending);
        case 'aggregate': {
          const ports = members.get(config.name.toLowerCase()) ?? [];
          if (ports.length === 0)
            return runtime.get(config.name.toLowerCase())?.lineUp === true ? '' : 'it has no member';
          return ports.some((port) => stateOf(port, pending).up) ? '' : 'no member is up';
        }
        case 'subinterface': {
          const parent = config.parent === undefined ? undefined : interfaces.get(config.parent);
          if (!parent) return physical({ ...config, kind: 'physical', name: config.parent ?? config.name });
          const state = stateOf(parent, pending);
          return state.up ? '' : `${parent.name} is down: ${state.reason}`;
        }
        case 'tunnel': {
          const source = config.tunnel?.source && interfaces.get(config.tunnel.source.value);
          return source && !stateOf(source, pending).up ? `its source ${source.name} is down` : '';
        }
        default:
          return physical(config);
      }
    };

    const stateOf = (config: InterfaceConfig, pending: ReadonlySet<string>): InterfaceState => {
      const known = states.get(config.name);
      if (known) return known;
      // An interface that stands on itself (a sub-interface named as its own parent) can never come up.
      if (pending.has(config.name))
        return { node: node.name, name: config.name, config, up: false, reason: 'it depends on itself' };
      const reason = whyDown(config, new Set([...pending, config.name]));
      const state: InterfaceState = { node: node.name, name: config.name, config, up: reason === '', reason };
      states.set(config.name, state);
      return state;
    };

    for (const config of interfaces.values()) stateOf(config, new Set());
    result.set(node.name, states);
  }
  return result;
}
