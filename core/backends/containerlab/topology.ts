/*
 * The topology that is deployed. It is made from an allow-list (name, kind, image, links, management) and never from the
 * user's file: containerlab is as good as root, and a topology file can bind folders, run commands and join networks.
 */
import { stringify } from 'yaml';
import type { Snapshot, SnapshotNode } from '../../network/snapshot.ts';
import { ContainerlabUnusable } from './failure.ts';
import { type Kind, kindOf } from './kinds/index.ts';

/** Every lab of ours begins like this: nothing else is ever touched (ISO-1). */
export const LAB_PREFIX = 'aegis-twin-';

/** Names that may become a container's and an argument of a command (ISO-3). */
const SAFE_NAME = /^[A-Za-z0-9_.:-]+$/;
/** `repository/name:tag` or with a digest, without blanks and options. */
const SAFE_IMAGE = /^[A-Za-z0-9][A-Za-z0-9_.:/@-]{0,254}$/;
const SAFE_INTERFACE = /^[A-Za-z][A-Za-z0-9/._:-]{0,30}$/;

export interface PlannedNode {
  readonly node: SnapshotNode;
  readonly kind: Kind;
  readonly image: string;
  /** Name of its configuration in the twin's folder. */
  readonly config: string;
}

export interface LabPlan {
  readonly lab: string;
  readonly nodes: ReadonlyMap<string, PlannedNode>;
  /** Text of the topology file. */
  readonly topology: string;
  /** Files of the twin's folder by name. */
  readonly files: ReadonlyMap<string, string>;
}

export interface PlanOptions {
  /** `aegis-twin-` and what makes it unique. */
  readonly lab: string;
  /** Network of the management addresses, `172.31.7.0/24`. */
  readonly managementSubnet: string;
}

/** Plans a lab. Throws `ContainerlabUnusable` for a device that cannot be run, naming it and what to do. */
export function planLab(snapshot: Snapshot, { lab, managementSubnet }: PlanOptions): LabPlan {
  if (!lab.startsWith(LAB_PREFIX) || !SAFE_NAME.test(lab))
    throw new ContainerlabUnusable(`${lab} is not a name of a twin.`);
  const nodes = new Map<string, PlannedNode>();
  const files = new Map<string, string>();
  for (const node of snapshot.nodes.values()) {
    const planned = planNode(node);
    nodes.set(node.name, planned);
    files.set(planned.config, planned.kind.startupConfig(node.config.text));
    for (const [name, text] of planned.kind.further?.(node) ?? []) files.set(name, text);
  }
  const links = snapshot.links
    .filter(({ source, a, b }) => source !== 'inferred' && nodes.has(a.node) && nodes.has(b.node))
    .map(({ a, b }) => {
      const end = ({ node, interface: port }: typeof a): string => {
        const { kind } = nodes.get(node) as PlannedNode;
        const name = kind.linkName(port);
        if (name === undefined || !SAFE_INTERFACE.test(name))
          throw new ContainerlabUnusable(
            `${node}: the interface ${port} has no name that containerlab knows for ${kind.title}; name it as containerlab does.`,
          );
        return `${node}:${name}`;
      };
      return { endpoints: [end(a), end(b)] };
    });
  if (snapshot.links.some(({ source }) => source === 'inferred'))
    throw new ContainerlabUnusable(
      'The cabling of this lab is not known, only inferred from subnets; containerlab needs a topology with its links.',
    );
  const topology = stringify({
    name: lab,
    prefix: '__lab-name',
    mgmt: { network: lab, 'ipv4-subnet': managementSubnet, 'external-access': false },
    topology: {
      nodes: Object.fromEntries(
        [...nodes].map(([name, { kind, image, config, node }]) => [
          name,
          {
            kind: kind.containerlabKind,
            image,
            'image-pull-policy': 'Never',
            ...(kind.startup === 'startup-config' && {
              'startup-config': config,
              'enforce-startup-config': true,
            }),
            ...(kind.startup === 'bind' && { binds: kind.binds?.(node, config) ?? [] }),
          },
        ]),
      ),
      links,
    },
  });
  return { lab, nodes, topology, files };
}

function planNode(node: SnapshotNode): PlannedNode {
  const { name, image } = node;
  if (!SAFE_NAME.test(name) || name.startsWith('-'))
    throw new ContainerlabUnusable(
      `The device name ${JSON.stringify(name)} cannot be a container's; use letters, digits, dot, colon, hyphen and underscore.`,
    );
  const kind = kindOf(node);
  if (!kind)
    throw new ContainerlabUnusable(
      `${name}: this software does not know how to read the state of a ${node.kind ?? node.config.dialect} container; use the simulator or FRR's daemons for this lab.`,
    );
  if (image === undefined)
    throw new ContainerlabUnusable(`${name} names no image in the topology, so it cannot be run in containerlab.`);
  if (!SAFE_IMAGE.test(image))
    throw new ContainerlabUnusable(`${name}: ${JSON.stringify(image)} is not the name of an image.`);
  return { node, kind, image, config: `${name}.${kind.extension}` };
}
