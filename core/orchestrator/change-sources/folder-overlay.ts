/*
 * A change as a folder: `configs/<device>.cfg` (or `.json`, for a device that starts from JSON) with the whole configuration of each changed device, and `change.yml`
 * with its title and intent. A folder without `configs` may hold the configurations itself.
 */
import { type FileReader, joinPath } from '../../network/load/file-reader.ts';
import { readText, requireInside } from '../../network/load/text.ts';
import { type InputProblem, inputProblem, UnusableInput, unusable } from '../../network/load/unusable.ts';
import { parseYaml } from '../../network/load/yaml.ts';
import type { Snapshot } from '../../network/snapshot.ts';
import { type ChangeRecord, readChangeRecord, textOf } from '../change-record.ts';

export interface FolderOverlay {
  readonly title?: string;
  /** Undefined when the folder declares none; the empty text when it declares an empty one. */
  readonly intent?: string;
  /** What change.yml says for the site's change management; undefined without that file. */
  readonly record?: ChangeRecord;
  /** Path of each changed device's configuration in the lab, and the text that it gets. */
  readonly texts: ReadonlyMap<string, string>;
}

const CONFIG_FILE = /\.(cfg|conf|config|txt|json)$/i;
const CHANGE_FILE = 'change.yml';

/** Reads a change folder for a lab. Throws `UnusableInput`, also for a device that the lab does not have. */
export async function readFolderOverlay(folder: string, lab: Snapshot, reader: FileReader): Promise<FolderOverlay> {
  const status = await reader.stat(folder);
  if (status === undefined) throw unusable(folder, 'There is no such change folder.');
  if (status.kind !== 'directory') throw unusable(folder, 'A change is a folder with configs/ and change.yml.');
  const names = await reader.readDirectory(folder);
  const configs = names.includes('configs') ? joinPath(folder, 'configs') : folder;
  const texts = new Map<string, string>();
  const problems: InputProblem[] = [];
  const root = await reader.realPath(folder);
  for (const entry of [...(await reader.readDirectory(configs))].sort()) {
    const file = joinPath(configs, entry);
    if (entry.startsWith('.') || !CONFIG_FILE.test(entry)) continue;
    const name = entry.replace(CONFIG_FILE, '');
    const node = lab.nodes.get(name);
    // JSON is a configuration where the device's is (SR Linux); elsewhere it is another file, such as config_db.json.
    if (/\.json$/i.test(entry) && !/\.json$/i.test(node?.config.file ?? '')) continue;
    if (node === undefined) {
      problems.push(
        inputProblem(
          file,
          `The lab ${lab.name} has no device ${name} with a configuration; it has ${listed([...lab.nodes.keys()])}.`,
        ),
      );
      continue;
    }
    if (texts.has(node.config.file))
      problems.push(inputProblem(file, `The device ${name} has two configurations in this change.`));
    await requireInside(reader, file, root);
    texts.set(node.config.file, await readText(reader, file));
  }
  if (problems.length > 0) throw new UnusableInput(problems);
  if (texts.size === 0) throw unusable(configs, 'The change holds no configurations (<device>.cfg).');
  return { ...(names.includes(CHANGE_FILE) && (await readDescription(joinPath(folder, CHANGE_FILE), reader))), texts };
}

const listed = (names: readonly string[]): string =>
  names.length > 12 ? `${names.slice(0, 12).join(', ')} and ${names.length - 12} more` : names.join(', ');

async function readDescription(file: string, reader: FileReader): Promise<Omit<FolderOverlay, 'texts'>> {
  const root = parseYaml(await readText(reader, file), file);
  if (root.kind !== 'map') throw unusable(file, 'A map with title and intent is expected.');
  const title = textOf(root, 'title', file);
  const intent = textOf(root, 'intent', file);
  return {
    ...(title !== undefined && { title }),
    ...(intent !== undefined && { intent }),
    record: readChangeRecord(root, file),
  };
}
