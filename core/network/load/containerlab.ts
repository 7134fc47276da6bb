/*
 * A containerlab topology as a description of a lab: names, kinds, images, startup configurations and links. Nothing
 * in the file is ever carried out; what containerlab would carry out on the host is listed as ignored.
 * Format: containerlab's topology definition file, checked against release 0.79.
 */
import { isSafeName } from './names.ts';
import { type InputProblem, inputProblem, UnusableInput, unusable } from './unusable.ts';
import { parseYaml, type YamlMap, type YamlValue } from './yaml.ts';

export interface TopologyNode {
  readonly name: string;
  readonly line: number;
  readonly kind: string;
  readonly image?: string;
  /** Path relative to the topology's folder, as written, and the line that says so (counted from 0). */
  readonly config?: { readonly path: string; readonly line: number };
}

export interface TopologyEndpoint {
  readonly node: string;
  readonly interface: string;
}

export interface Topology {
  readonly name: string;
  readonly nodes: readonly TopologyNode[];
  readonly links: readonly { readonly a: TopologyEndpoint; readonly b: TopologyEndpoint; readonly line: number }[];
  /** What the file asks of the host and is not done. */
  readonly ignored: readonly InputProblem[];
}

/** More nodes than this are a mistake or an attack; the aim of the simulator is a thousand. */
export const MOST_NODES = 5000;

/** Settings that reach outside the container, or run something, and what is done with them here: nothing. */
const NOT_CARRIED_OUT: Readonly<Record<string, string>> = {
  exec: 'runs commands in the node',
  stages: 'runs commands in the node or on the host',
  privileged: 'gives the node the rights of the host',
  'network-mode': "may give the node the host's network",
  'cap-add': 'gives the node rights',
  devices: "gives the node the host's devices",
  'env-files': "hands the host's files to the node",
  sysctls: 'sets kernel parameters',
  runtime: 'chooses another runtime',
  cmd: 'runs a command in the node',
  entrypoint: 'runs a command in the node',
  ports: 'opens ports on the host',
  publish: 'publishes ports outside',
};

/** Endpoints on the host's side: they are no devices of the lab. */
const HOST_ENDPOINTS: ReadonlySet<string> = new Set(['host', 'mgmt-net', 'macvlan', 'vxlan', 'vxlan-stitch', 'dummy']);

/** Reads a topology. Throws `UnusableInput` with every problem, in the order of the file. */
export function readTopology(text: string, file: string): Topology {
  const root = parseYaml(text, file);
  if (root.kind !== 'map')
    throw unusable(file, 'The file is not a containerlab topology: a map with name and topology is expected.');
  const topology = root.entries.get('topology');
  if (topology?.kind !== 'map')
    throw unusable(file, 'The file is not a containerlab topology: it has no topology section.');
  const problems: InputProblem[] = [];
  const complain = (message: string, line: number): void => void problems.push(inputProblem(file, message, line));

  const name = readName(root, complain);
  const nodesValue = topology.entries.get('nodes');
  if (nodesValue?.kind !== 'map' || nodesValue.entries.size === 0) {
    throw unusable(file, 'The topology has no nodes.', nodesValue?.line ?? topology.line);
  }
  if (nodesValue.entries.size > MOST_NODES) {
    throw unusable(
      file,
      `The topology has ${nodesValue.entries.size} nodes; at most ${MOST_NODES} are read.`,
      nodesValue.line,
    );
  }

  const ignored: InputProblem[] = [];
  const inherited = inheritance(topology);
  const nodes: TopologyNode[] = [];
  const seen = new Map<string, string>();
  for (const [nodeName, value] of nodesValue.entries) {
    const line = nodesValue.keyLines.get(nodeName) ?? value.line;
    if (!isSafeName(nodeName)) {
      complain(
        `The node name ${JSON.stringify(nodeName)} is not a safe file name; use letters, digits, dot, hyphen and underscore.`,
        line,
      );
      continue;
    }
    const twin = seen.get(nodeName.toLowerCase());
    if (twin !== undefined) complain(`The nodes ${twin} and ${nodeName} differ in capitals only.`, line);
    seen.set(nodeName.toLowerCase(), nodeName);
    if (value.kind !== 'map' && !(value.kind === 'scalar' && value.value === null)) {
      complain(`The node ${nodeName} must be a map of settings.`, line);
      continue;
    }
    const levels = inherited(value.kind === 'map' ? value : undefined);
    const setting = (key: string): YamlValue | undefined =>
      levels.map((level) => level.entries.get(key)).find((found) => found !== undefined);
    for (const key of Object.keys(NOT_CARRIED_OUT)) {
      const found = setting(key);
      if (found !== undefined)
        ignored.push(
          inputProblem(
            file,
            `Ignored, never carried out: ${key} of ${nodeName} (${NOT_CARRIED_OUT[key]}).`,
            found.line,
          ),
        );
    }
    const kind = stringOf(setting('kind'));
    if (kind === undefined) {
      complain(`The node ${nodeName} has no kind.`, line);
      continue;
    }
    const image = stringOf(setting('image'));
    const config = readConfigPath(nodeName, setting('startup-config'), setting('binds'), complain, ignored, file);
    nodes.push({ name: nodeName, line, kind, ...(image !== undefined && { image }), ...(config && { config }) });
  }
  const links = readLinks(topology, new Set(seen.values()), complain);
  if (problems.length > 0)
    throw new UnusableInput([...problems].sort((a, b) => (a.span?.line ?? 0) - (b.span?.line ?? 0)));
  return { name, nodes, links, ignored };
}

function readName(root: YamlMap, complain: (message: string, line: number) => void): string {
  const value = root.entries.get('name');
  const name = stringOf(value);
  if (name === undefined) complain('The topology has no name.', value?.line ?? 0);
  else if (!isSafeName(name)) {
    complain(
      `The lab name ${JSON.stringify(name)} is not a safe file name; use letters, digits, dot, hyphen and underscore.`,
      value?.line ?? 0,
    );
  }
  return name ?? '';
}

const stringOf = (value: YamlValue | undefined): string | undefined =>
  value?.kind === 'scalar' && value.value !== null ? String(value.value) : undefined;

/** A node's settings from the nearest to the farthest: its own, its group's, its kind's, the defaults. */
function inheritance(topology: YamlMap): (node: YamlMap | undefined) => readonly YamlMap[] {
  const mapOf = (value: YamlValue | undefined): YamlMap | undefined => (value?.kind === 'map' ? value : undefined);
  const defaults = mapOf(topology.entries.get('defaults'));
  const kinds = mapOf(topology.entries.get('kinds'));
  const groups = mapOf(topology.entries.get('groups'));
  return (node) => {
    const from = (key: string, levels: readonly (YamlMap | undefined)[]): string | undefined =>
      levels.map((level) => stringOf(level?.entries.get(key))).find((found) => found !== undefined);
    const groupName = from('group', [node, defaults]);
    const group = groupName === undefined ? undefined : mapOf(groups?.entries.get(groupName));
    const kindName = from('kind', [node, group, defaults]);
    const kind = kindName === undefined ? undefined : mapOf(kinds?.entries.get(kindName));
    return [node, group, kind, defaults].filter((level) => level !== undefined);
  };
}

/** The file of a node's configuration: `startup-config`, or for FRR the file bound to /etc/frr/frr.conf. */
function readConfigPath(
  node: string,
  startup: YamlValue | undefined,
  binds: YamlValue | undefined,
  complain: (message: string, line: number) => void,
  ignored: InputProblem[],
  file: string,
): TopologyNode['config'] {
  let bound: TopologyNode['config'];
  if (binds !== undefined && binds.kind !== 'list') complain(`The binds of ${node} must be a list.`, binds.line);
  for (const bind of binds?.kind === 'list' ? binds.items : []) {
    const [source = '', target = ''] = (stringOf(bind) ?? '').split(':');
    if (/(^|\/)frr\.conf$/.test(target)) bound = { path: source.replaceAll('__clabNodeName__', node), line: bind.line };
    else if (pathProblem(source) !== undefined) {
      ignored.push(
        inputProblem(
          file,
          `Ignored, never carried out: ${node} binds ${JSON.stringify(source)}, which lies outside of the lab's folder.`,
          bind.line,
        ),
      );
    }
  }
  const written = stringOf(startup);
  const config =
    written === undefined || startup === undefined
      ? bound
      : { path: written.replaceAll('__clabNodeName__', node), line: startup.line };
  if (config === undefined) return undefined;
  const problem = pathProblem(config.path);
  if (problem === undefined) return config;
  complain(`The startup-config of ${node} ${problem}`, config.line);
  return undefined;
}

/** Why a path in a topology is not accepted; undefined when it is a plain path relative to the lab's folder. */
export function pathProblem(path: string): string | undefined {
  if (path.includes('\n')) return 'is written into the topology; put it into a file of its own.';
  const shown = JSON.stringify(path);
  if (path === '') return 'is empty; name a file.';
  if (/^[a-z][a-z0-9+.-]*:/i.test(path))
    return `is ${shown}; a path relative to the topology is expected, not an address.`;
  if (path.startsWith('/') || path.startsWith('~') || path.includes('\\'))
    return `is ${shown}; the path must be relative to the topology.`;
  if (path.includes('$')) return `is ${shown}; variables are not expanded, so write the path out.`;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a path with control characters is what is looked for.
  if (/[\u0000-\u001f\u007f]/.test(path)) return `is ${shown}; the path holds control characters.`;
  return undefined;
}

/**
 * The far end of a port that leaves the lab (types dummy, host, mgmt-net, macvlan, vxlan): the port is wired, so it is
 * up, but what it leads to is no device of the lab. Each has an end of its own, so that no two are joined by it.
 */
const outside = (type: string, { node, interface: port }: TopologyEndpoint): TopologyEndpoint => ({
  node: `(${type})`,
  interface: `${node}:${port}`,
});

function readLinks(
  topology: YamlMap,
  nodes: ReadonlySet<string>,
  complain: (message: string, line: number) => void,
): Topology['links'] {
  const value = topology.entries.get('links');
  if (value === undefined || (value.kind === 'scalar' && value.value === null)) return [];
  if (value.kind !== 'list') {
    complain('The links must be a list.', value.line);
    return [];
  }
  const links: { a: TopologyEndpoint; b: TopologyEndpoint; line: number }[] = [];
  const used = new Map<string, number>();
  for (const link of value.items) {
    if (link.kind !== 'map') {
      complain('A link must be a map with endpoints.', link.line);
      continue;
    }
    const type = stringOf(link.entries.get('type'));
    if (type !== undefined && type !== 'veth' && type !== 'brief') {
      const port = link.entries.get('endpoint');
      const a = port && readEndpoint(port, complain);
      if (a && nodes.has(a.node)) links.push({ a, b: outside(type, a), line: link.line });
      continue;
    }
    const endpoints = link.entries.get('endpoints');
    if (endpoints?.kind !== 'list' || endpoints.items.length !== 2) {
      complain('A link must have two endpoints.', link.line);
      continue;
    }
    const [a, b] = endpoints.items.map((endpoint) => readEndpoint(endpoint, complain));
    if (!a || !b) continue;
    const host = [a, b].find(({ node }) => HOST_ENDPOINTS.has(node));
    if (host) {
      const inside = host === a ? b : a;
      if (nodes.has(inside.node)) links.push({ a: inside, b: outside(host.node, inside), line: link.line });
      continue;
    }
    const unknown = [a, b].find(({ node }) => !nodes.has(node));
    if (unknown) {
      complain(`A link names the node ${JSON.stringify(unknown.node)}, which the topology does not have.`, link.line);
      continue;
    }
    for (const end of [a, b]) {
      const port = `${end.node}:${end.interface}`;
      const before = used.get(port);
      if (before !== undefined)
        complain(`The port ${port} is on two links (the other one is on line ${before + 1}).`, link.line);
      used.set(port, link.line);
    }
    links.push({ a, b, line: link.line });
  }
  return links;
}

/** `r1:eth1`, or {node: r1, interface: eth1}. */
function readEndpoint(
  value: YamlValue,
  complain: (message: string, line: number) => void,
): TopologyEndpoint | undefined {
  if (value.kind === 'map') {
    const node = stringOf(value.entries.get('node'));
    const port = stringOf(value.entries.get('interface'));
    if (node !== undefined && port !== undefined) return { node, interface: port };
  } else {
    const text = stringOf(value) ?? '';
    const colon = text.indexOf(':');
    if (colon > 0 && colon < text.length - 1) return { node: text.slice(0, colon), interface: text.slice(colon + 1) };
  }
  complain('An endpoint is written as "node:interface".', value.line);
  return undefined;
}
