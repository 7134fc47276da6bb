import type { DialectId } from '../../config/device/device.ts';
import { type ParsedConfig, type ParseInput, parseConfig } from '../../config/parse.ts';
import type { Link, Snapshot, SnapshotNode } from '../snapshot.ts';
import { type Layer1Edge, readLayer1, readRuntime } from './batfish.ts';
import { type OutsideOfBatfish, readAnnouncements, readProviders } from './batfish-outside.ts';
import { MOST_NODES, readTopology, type TopologyNode } from './containerlab.ts';
import { type FileReader, fileNameOf, folderOf, isBelow, joinPath } from './file-reader.ts';
import { inferLinks } from './inferred-links.ts';
import { isSafeName } from './names.ts';
import { LARGEST_OUTSIDE_FILE, mergeSpeakers, OUTSIDE_FILE, readOutsideFile } from './outside.ts';
import { portOf, systemPortName } from './ports.ts';
import { readText, reasonOf, requireInside } from './text.ts';
import { type InputProblem, inputProblem, UnusableInput, unusable } from './unusable.ts';
import { YAML_LIMITS } from './yaml.ts';

/** Parses one configuration. A caller that loads often passes one that remembers (`rememberingParser`). */
export type ConfigParser = (input: ParseInput) => ParsedConfig;

export interface LoadOptions {
  readonly reader: FileReader;
  /** `parseConfig` when absent. */
  readonly parse?: ConfigParser;
  /** Dialect that a setting gives a file; it wins over the kind and over the content. */
  readonly dialectOfFile?: (file: string) => DialectId | undefined;
  /** Folder that startup configurations may not leave; the lab's own folder when absent. */
  readonly workspace?: string;
}

const TOPOLOGY_FILE = /\.clab\.ya?ml$/;

/** Kinds that are no network device of the lab. */
const PASSIVE_KINDS: ReadonlySet<string> = new Set(['bridge', 'ovs-bridge', 'host', 'ext-container']);

/**
 * Loads a lab: a containerlab topology file, a folder with one, or a Batfish snapshot folder.
 * Throws `UnusableInput` with every problem that makes the lab unusable; what only limits it is in `problems`.
 */
export async function loadSnapshot(path: string, options: LoadOptions): Promise<Snapshot> {
  const snapshot = await loadLab(path, options);
  const labFile = await readLabFile(snapshot.folder, options);
  return withOutside(labFile ? { ...snapshot, labFile } : snapshot, options);
}

/** The neighbours outside of the lab that its files declare. */
async function withOutside(snapshot: Snapshot, { reader, workspace }: LoadOptions): Promise<Snapshot> {
  const { folder, nodes } = snapshot;
  const nodeOf = nodeNames(nodes);
  const own = (text: string, file: string): OutsideOfBatfish => ({
    speakers: readOutsideFile(text, file),
    problems: [],
  });
  const readers = [
    [OUTSIDE_FILE, own],
    ...(snapshot.format === 'batfish'
      ? ([
          ['external_bgp_announcements.json', (text, file) => readAnnouncements(text, file, nodes)],
          ['batfish/isp_config.json', (text, file) => readProviders(text, file, nodes, nodeOf)],
        ] as const satisfies readonly (readonly [string, (text: string, file: string) => OutsideOfBatfish])[])
      : []),
  ] as const;
  const files: { file: string; text: string }[] = [];
  const found: OutsideOfBatfish[] = [];
  for (const [name, read] of readers) {
    const file = joinPath(folder, name);
    if ((await reader.stat(file)) === undefined) continue;
    await requireInside(reader, file, await reader.realPath(workspace ?? folder));
    const text = await readText(reader, file, LARGEST_OUTSIDE_FILE);
    files.push({ file, text });
    found.push(read(text, file));
  }
  if (files.length === 0) return snapshot;
  return {
    ...snapshot,
    outside: mergeSpeakers(found.map(({ speakers }) => speakers)),
    outsideFiles: files,
    problems: [...snapshot.problems, ...found.flatMap(({ problems }) => problems)],
  };
}

/** Name of the file that says what must hold in a lab. */
export const LAB_FILE = 'aegis.yml';
/** Bytes; a declaration takes a hundred. */
const LARGEST_LAB_FILE = 1024 * 1024;

/** The lab's own declarations as text. Whether they can be used is told by who uses them. */
export async function readLabFile(
  folder: string,
  { reader, workspace }: Pick<LoadOptions, 'reader' | 'workspace'>,
): Promise<Snapshot['labFile']> {
  const file = joinPath(folder, LAB_FILE);
  const status = await reader.stat(file);
  if (status === undefined) return undefined;
  if (status.kind !== 'file') throw unusable(file, 'This is not a file.');
  const root = await reader.realPath(workspace ?? folder);
  if (!isBelow(await reader.realPath(file), root)) throw unusable(file, "The file lies outside of the lab's folder.");
  return { file, text: await readText(reader, file, LARGEST_LAB_FILE) };
}

async function loadLab(path: string, options: LoadOptions): Promise<Snapshot> {
  const { reader } = options;
  const status = await reader.stat(path);
  if (status === undefined) throw unusable(path, 'There is no such lab.');
  if (status.kind === 'other')
    throw unusable(path, 'This is a device, a pipe or a socket; a lab is a folder or a topology file.');
  if (status.kind === 'file') {
    if (!/\.ya?ml$/.test(path)) throw unusable(path, 'A lab is a folder or a containerlab topology file (*.clab.yml).');
    return loadContainerlab(path, options);
  }
  const names = await listFolder(reader, path);
  const topologies = names.filter((name) => TOPOLOGY_FILE.test(name)).sort();
  if (topologies.length > 1)
    throw unusable(path, `The folder holds several topologies (${topologies.join(', ')}); name one of them.`);
  if (topologies[0] !== undefined) return loadContainerlab(joinPath(path, topologies[0]), options);
  if (names.includes('configs')) return loadBatfish(path, options);
  throw unusable(
    path,
    'The folder is not a lab: it has neither a containerlab topology (*.clab.yml) nor a folder configs.',
  );
}

const setting = ({ dialectOfFile }: LoadOptions, file: string): { readonly dialect?: DialectId } => {
  const dialect = dialectOfFile?.(file);
  return dialect === undefined ? {} : { dialect };
};

async function listFolder(reader: FileReader, path: string): Promise<readonly string[]> {
  try {
    return await reader.readDirectory(path);
  } catch (error) {
    throw unusable(path, `The folder cannot be read (${reasonOf(error)}).`);
  }
}

async function loadContainerlab(file: string, options: LoadOptions): Promise<Snapshot> {
  const folder = folderOf(file);
  const text = await readText(options.reader, file, YAML_LIMITS.bytes);
  const topology = readTopology(text, file);
  const root = await options.reader.realPath(options.workspace ?? folder);
  const { parse = parseConfig } = options;
  const failures: InputProblem[] = [];
  const nodes = new Map<string, SnapshotNode>();
  const unmodelledNodes: { name: string; kind: string; reason: string }[] = [];
  for (const node of [...topology.nodes].sort(byName)) {
    const { name, kind, image, config } = node;
    if (config === undefined) {
      const reason = PASSIVE_KINDS.has(kind) ? `the kind ${kind} has no configuration` : 'it has no startup-config';
      unmodelledNodes.push({ name, kind, reason });
      continue;
    }
    try {
      const path = joinPath(folder, config.path);
      await refuseOutside(options.reader, file, node, path, root);
      const known = { kind, ...(image !== undefined && { image }) };
      const text = await readText(options.reader, path);
      nodes.set(name, {
        name,
        ...known,
        config: parse({ text, file: path, node: name, ...known, ...setting(options, path) }),
      });
    } catch (error) {
      if (!(error instanceof UnusableInput)) throw error;
      failures.push(...error.problems);
    }
  }
  if (failures.length > 0) throw new UnusableInput(failures);
  const kinds = new Map(topology.nodes.map(({ name, kind }) => [name, kind]));
  const end = ({ node, interface: port }: { node: string; interface: string }) => ({
    node,
    interface: resolvePort(nodes, node, systemPortName(kinds.get(node) ?? '', port)),
  });
  return {
    name: topology.name,
    format: 'containerlab',
    folder,
    topologyFile: file,
    topologyText: text,
    nodes,
    links: topology.links.map(({ a, b }) => ({ a: end(a), b: end(b), source: 'topology' as const })),
    linksComplete: true,
    runtime: new Map(),
    unmodelledNodes,
    problems: topology.ignored,
  };
}

const byName = (a: { readonly name: string }, b: { readonly name: string }): number =>
  a.name < b.name ? -1 : a.name > b.name ? 1 : 0;

const resolvePort = (nodes: ReadonlyMap<string, SnapshotNode>, node: string, port: string): string => {
  const device = nodes.get(node)?.config.device;
  return device ? portOf(device, port) : port;
};

/** Refuses a startup configuration that lies outside of the lab, by its path or through a symbolic link. */
async function refuseOutside(
  reader: FileReader,
  file: string,
  node: TopologyNode,
  path: string,
  root: string,
): Promise<void> {
  const line = node.config?.line;
  const shown = JSON.stringify(node.config?.path);
  let real: string;
  try {
    real = await reader.realPath(path);
  } catch (error) {
    const why = reasonOf(error) === 'ENOENT' ? 'there is no such file' : reasonOf(error);
    throw unusable(file, `The startup-config of ${node.name} cannot be read: ${shown} (${why}).`, line);
  }
  if (!isBelow(real, root)) {
    throw unusable(
      file,
      `The startup-config of ${node.name} is ${shown}, which lies outside of the lab's folder.`,
      line,
    );
  }
}

async function loadBatfish(folder: string, options: LoadOptions): Promise<Snapshot> {
  const { reader, parse = parseConfig } = options;
  const configs = joinPath(folder, 'configs');
  const files = await configFiles(reader, configs);
  const failures: InputProblem[] = [];
  const nodes = new Map<string, SnapshotNode>();
  const root = await reader.realPath(options.workspace ?? folder);
  for (const { name, file } of files) {
    try {
      await requireInside(reader, file, root);
      nodes.set(name, {
        name,
        config: parse({
          text: await readText(reader, file),
          file,
          node: name,
          ...(await companions(reader, configs, name, root)),
          ...setting(options, file),
        }),
      });
    } catch (error) {
      if (!(error instanceof UnusableInput)) throw error;
      failures.push(...error.problems);
    }
  }
  if (failures.length > 0) throw new UnusableInput(failures);

  const nodeOf = nodeNames(nodes);
  const layer1 = await optional(reader, joinPath(folder, 'batfish/layer1_topology.json'), readLayer1);
  const runtime = await optional(reader, joinPath(folder, 'batfish/runtime_data.json'), readRuntime);
  return {
    name: fileNameOf((await reader.realPath(folder)).replace(/\/+$/, '')),
    format: 'batfish',
    folder,
    nodes,
    links: layer1 ? layer1Links(layer1, nodes, nodeOf) : inferLinks(nodes),
    linksComplete: layer1 !== undefined,
    runtime: new Map(
      [...(runtime ?? [])].flatMap(([hostname, ports]) => {
        const name = nodeOf(hostname);
        return name === undefined
          ? []
          : [[name, new Map([...ports].map(([port, state]) => [resolvePort(nodes, name, port), state]))] as const];
      }),
    ),
    unmodelledNodes: [],
    problems: [],
  };
}

/** SONiC keeps interfaces in config_db.json, which stands beside frr.conf as `<node>.config_db.json`. */
async function companions(
  reader: FileReader,
  folder: string,
  node: string,
  root: string,
): Promise<Pick<ParseInput, 'companions'>> {
  const file = joinPath(folder, `${node}.config_db.json`);
  if ((await reader.stat(file)) !== undefined) await requireInside(reader, file, root);
  const text = await optional(reader, file, (read) => read);
  return text === undefined ? {} : { companions: [{ file, text }] };
}

/** `r1.cfg` is the configuration of r1. SONiC's config_db.json beside it and hidden files are no configurations. */
async function configFiles(
  reader: FileReader,
  folder: string,
): Promise<readonly { readonly name: string; readonly file: string }[]> {
  const found: { name: string; file: string }[] = [];
  const problems: InputProblem[] = [];
  const seen = new Map<string, string>();
  for (const entry of [...(await listFolder(reader, folder))].sort()) {
    if (entry.startsWith('.') || entry.endsWith('.json')) continue;
    const file = joinPath(folder, entry);
    if ((await reader.stat(file))?.kind === 'directory') continue;
    const name = entry.replace(/\.(cfg|conf|config|txt)$/i, '');
    if (!isSafeName(name)) {
      problems.push(
        inputProblem(
          file,
          'The name of the device is not a safe file name; use letters, digits, dot, hyphen and underscore.',
        ),
      );
    }
    const twin = seen.get(name.toLowerCase());
    if (twin !== undefined)
      problems.push(inputProblem(file, `The device ${name} has a second configuration, ${twin}.`));
    seen.set(name.toLowerCase(), entry);
    found.push({ name, file });
  }
  if (problems.length > 0) throw new UnusableInput(problems);
  if (found.length === 0) throw unusable(folder, 'The folder holds no configurations.');
  if (found.length > MOST_NODES)
    throw unusable(folder, `The folder holds ${found.length} configurations; at most ${MOST_NODES} are read.`);
  return found.sort(byName);
}

/** Batfish writes hostnames in lower case: a name is a node's by its file or by its configured hostname, without capitals. */
function nodeNames(nodes: ReadonlyMap<string, SnapshotNode>): (hostname: string) => string | undefined {
  const names = new Map<string, string>();
  for (const { name, config } of nodes.values())
    if (config.device.hostname) names.set(config.device.hostname.value.toLowerCase(), name);
  for (const name of nodes.keys()) names.set(name.toLowerCase(), name);
  return (hostname) => names.get(hostname.toLowerCase());
}

/** A file that may be absent. */
async function optional<T>(
  reader: FileReader,
  file: string,
  read: (text: string, file: string) => T,
): Promise<T | undefined> {
  return (await reader.stat(file)) === undefined ? undefined : read(await readText(reader, file), file);
}

/**
 * The declared links. One to a device that is not in the snapshot stays: its port is wired. A device that the layer-1 file does not
 * mention at all is linked by its subnets, as Batfish does.
 */
function layer1Links(
  edges: readonly Layer1Edge[],
  nodes: ReadonlyMap<string, SnapshotNode>,
  nodeOf: (hostname: string) => string | undefined,
): readonly Link[] {
  const links: Link[] = [];
  const mentioned = new Set<string>();
  for (const { a, b } of edges) {
    const [from, to] = [nodeOf(a.node), nodeOf(b.node)];
    for (const name of [from, to]) if (name !== undefined) mentioned.add(name);
    if (from === undefined && to === undefined) continue;
    links.push({
      a: { node: from ?? a.node, interface: resolvePort(nodes, from ?? a.node, a.interface) },
      b: { node: to ?? b.node, interface: resolvePort(nodes, to ?? b.node, b.interface) },
      source: 'layer1',
    });
  }
  return [...links, ...inferLinks(nodes, (a, b) => !mentioned.has(a) || !mentioned.has(b))];
}
