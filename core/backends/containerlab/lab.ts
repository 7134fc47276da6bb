/* One lab that containerlab runs: deploy, look, ask, replace, destroy. Only labs of our own name are touched. */
import { ContainerlabUnusable } from './failure.ts';
import type { TwinFolder } from './files.ts';
import { listOf, objectOf, optionalList, parseAnswer } from './kinds/json.ts';
import { type ProgramOptions, type Programs, run } from './process.ts';
import { LAB_PREFIX } from './topology.ts';

export interface Container {
  readonly node: string;
  readonly name: string;
  readonly image: string;
}

/** Labs that run now, by name. No lab at all is an empty object. */
export async function runningLabs(programs: Programs, options: ProgramOptions = {}): Promise<ReadonlySet<string>> {
  const { code, stdout, stderr } = await run(programs.containerlab, ['inspect', '--all', '-f', 'json'], options);
  if (code !== 0) throw new ContainerlabUnusable(`containerlab inspect failed: ${lastLine(stderr)}`);
  if (stdout.trim() === '') return new Set();
  return new Set(Object.keys(objectOf(parseAnswer(stdout, 'containerlab inspect'), 'containerlab inspect')));
}

/** Starts the lab, or starts it anew with changed configurations. The containers by node. */
export async function deploy(
  programs: Programs,
  { topology, path }: TwinFolder,
  lab: string,
  options: ProgramOptions & { readonly reconfigure?: boolean },
): Promise<ReadonlyMap<string, Container>> {
  const again = options.reconfigure ? ['--reconfigure'] : [];
  const { code, stdout, stderr } = await run(
    programs.containerlab,
    ['deploy', '-t', topology, ...again, '-f', 'json'],
    options,
  );
  if (code !== 0)
    throw new ContainerlabUnusable(`containerlab could not deploy the twin in ${path}: ${lastLine(stderr)}`);
  const labs = objectOf(parseAnswer(stdout, 'containerlab deploy'), 'containerlab deploy');
  const containers = new Map<string, Container>();
  for (const value of listOf(labs[lab] ?? [], 'containerlab deploy')) {
    const one = objectOf(value, 'containerlab deploy');
    const name = String(one.name ?? '');
    // A container is called clab-<lab>-<node>, or <lab>-<node> with the prefix of the lab's name.
    const node = name.slice(name.indexOf(`${lab}-`) + lab.length + 1);
    if (one.state !== 'running')
      throw new ContainerlabUnusable(`The container ${name} is ${one.state ?? 'not running'}.`);
    containers.set(node, { node, name, image: String(one.image ?? '') });
  }
  return containers;
}

/** Removes a lab of ours with all that it holds. A lab that is not there is no error (ISO-5). */
export async function destroy(programs: Programs, folder: TwinFolder, lab: string): Promise<void> {
  if (!lab.startsWith(LAB_PREFIX)) throw new ContainerlabUnusable(`${lab} is not a twin of this software.`);
  if ((await runningLabs(programs)).has(lab)) {
    const { code, stderr } = await run(programs.containerlab, ['destroy', '-t', folder.topology, '--cleanup']);
    if (code !== 0 && (await runningLabs(programs)).has(lab))
      throw new ContainerlabUnusable(`The twin ${lab} could not be destroyed: ${lastLine(stderr)}`);
  }
  await folder.remove();
}

/** Runs a command in a container and gives its standard output. */
export async function ask(
  programs: Programs,
  { name, node }: Container,
  command: readonly string[],
  options: ProgramOptions,
): Promise<string> {
  const interactive = options.input === undefined ? [] : ['-i'];
  const { code, stdout, stderr } = await run(programs.docker, ['exec', ...interactive, name, ...command], options);
  if (code !== 0)
    throw new ContainerlabUnusable(
      `${node}: ${command.join(' ')} ended with code ${code}: ${lastLine(stderr) || lastLine(stdout) || 'nothing was said'}`,
    );
  return stdout;
}

/** Writes a file inside a container, from standard input: no name of the host is involved. */
export async function put(
  programs: Programs,
  { name, node }: Container,
  path: string,
  text: string,
  options: ProgramOptions,
): Promise<void> {
  const { code, stderr } = await run(programs.docker, ['exec', '-i', name, 'tee', path], { ...options, input: text });
  if (code !== 0) throw new ContainerlabUnusable(`${node}: ${path} could not be written: ${lastLine(stderr)}`);
}

/** The digest of an image, by which evidence names it: its repository digest, or its own id where it was never pulled. */
export async function imageDigest(programs: Programs, image: string, options: ProgramOptions): Promise<string> {
  const { code, stdout, stderr } = await run(programs.docker, ['image', 'inspect', image], options);
  if (code !== 0)
    throw new ContainerlabUnusable(
      `The image ${image} is not on this machine: ${lastLine(stderr)}. Load it first; nothing is pulled.`,
    );
  const [first] = listOf(parseAnswer(stdout, 'docker image inspect'), 'docker image inspect');
  const { Id, RepoDigests } = objectOf(first, 'docker image inspect');
  const digest = optionalList(RepoDigests).find((one) => typeof one === 'string');
  return typeof digest === 'string' ? digest : String(Id);
}

/** Subnets that Docker's networks use now. */
export async function usedSubnets(programs: Programs, options: ProgramOptions): Promise<ReadonlySet<string>> {
  const list = await run(programs.docker, ['network', 'ls', '-q'], options);
  const ids = list.stdout.split(/\s+/).filter((id) => /^[0-9a-f]+$/.test(id));
  if (list.code !== 0)
    throw new ContainerlabUnusable(`Docker cannot be asked for its networks: ${lastLine(list.stderr)}`);
  if (ids.length === 0) return new Set();
  const { stdout } = await run(programs.docker, ['network', 'inspect', ...ids], options);
  return new Set(
    listOf(parseAnswer(stdout, 'docker network inspect'), 'docker network inspect').flatMap((network) => {
      const { IPAM } = objectOf(network, 'a network');
      const { Config } = objectOf(IPAM ?? {}, 'a network');
      return optionalList(Config).map((one) => String(objectOf(one, 'a network').Subnet ?? ''));
    }),
  );
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1)?.trim() ?? '';
