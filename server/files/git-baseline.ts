/*
 * The only file of the server that starts a process: git, with argument lists, to read files of a revision. Hooks,
 * file-system monitors and lazy fetching are off: a repository's own settings must not run anything or call anyone.
 */
import { realpath } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import type { FileReader, FileStatus } from '../../core/network/load/file-reader.ts';
import { unusable } from '../../core/network/load/unusable.ts';

export interface GitBaseline {
  /** Reads the lab's files as they were in the revision; paths are those of the working tree. */
  readonly reader: FileReader;
  /** Full name of the commit. */
  readonly commit: string;
}

interface Entry {
  readonly mode: string;
  readonly object: string;
  readonly size: number;
}

const HARMLESS = ['--no-optional-locks', '-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null'];
const ENVIRONMENT = { GIT_NO_LAZY_FETCH: '1', GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' };

async function git(
  folder: string,
  args: readonly string[],
  signal: AbortSignal | undefined,
  input?: string,
): Promise<Uint8Array> {
  const { execa } = await import('execa');
  const { stdout } = await execa('git', [...HARMLESS, '-C', folder, ...args], {
    env: ENVIRONMENT,
    encoding: 'buffer',
    ...(input === undefined ? { stdin: 'ignore' } : { input }),
    stripFinalNewline: false,
    maxBuffer: 1024 * 1024 * 1024,
    ...(signal && { cancelSignal: signal }),
  });
  return stdout;
}

/** Files of a folder are read with one process while they stay below these sizes; configurations always do. Bytes. */
const MOST_TOGETHER = { file: 4 * 1024 * 1024, all: 128 * 1024 * 1024 };

/** The blobs in the answer of `cat-file --batch`: `<object> blob <size>`, the content and a line end, one after the other. */
function blobsOf(answer: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const blobs = new Map<string, Uint8Array>();
  for (let at = 0; at < answer.length; ) {
    const end = answer.indexOf(10, at);
    const [object = '', type, size] = text(answer.subarray(at, end)).split(' ');
    if (end < 0) break;
    const start = end + 1;
    // An object that is not there (a partial clone) is one line without content.
    if (type !== 'blob') {
      at = start;
      continue;
    }
    blobs.set(object, answer.slice(start, start + Number(size)));
    at = start + Number(size) + 1;
  }
  return blobs;
}

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/**
 * The lab's folder as it was in a git revision (a branch, a tag, a commit, `HEAD`). Throws `UnusableInput` when there
 * is no repository, no such revision, or no such folder in it.
 */
export async function gitBaseline(folder: string, revision: string, signal?: AbortSignal): Promise<GitBaseline> {
  const attempt = async (args: readonly string[], message: string): Promise<Uint8Array> => {
    try {
      return await git(folder, args, signal);
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
        throw unusable(folder, 'The command git was not found; install it, or give the change as a folder (--change).');
      throw unusable(folder, message);
    }
  };
  const top = text(
    await attempt(
      ['rev-parse', '--show-toplevel'],
      'The lab does not lie in a git repository; give the change as a folder (--change).',
    ),
  ).trimEnd();
  const commit = text(
    await attempt(
      ['rev-parse', '--verify', '--end-of-options', `${revision}^{commit}`],
      `The git revision ${JSON.stringify(revision)} does not exist.`,
    ),
  ).trim();
  const inside = relative(await realpath(top), await realpath(folder))
    .split(sep)
    .join('/');
  const listing = await attempt(
    ['ls-tree', '-r', '-l', '-z', '--full-tree', commit, '--', ...(inside === '' ? [] : [`${inside}/`])],
    `The files of ${revision} cannot be listed.`,
  );
  const files = new Map<string, Entry>();
  for (const line of text(listing).split('\0')) {
    const [facts = '', path] = line.split('\t');
    const [mode = '', type, object = '', size = '0'] = facts.trim().split(/\s+/);
    if (path !== undefined && type === 'blob')
      files.set(inside === '' ? path : path.slice(inside.length + 1), { mode, object, size: Number(size) });
  }
  if (files.size === 0) throw unusable(folder, `The lab is not part of the git revision ${revision}.`);

  const prefix = folder === '.' ? '' : `${folder.replace(/\/+$/, '')}/`;
  /** Path within the lab; undefined for a path outside of it. */
  const within = (path: string): string | undefined => {
    const asked = path.replace(/^(\.\/)+/, '');
    if (path === folder || asked === folder) return '';
    const own = prefix.replace(/^(\.\/)+/, '');
    const rest = asked.startsWith(own) ? asked.slice(own.length) : undefined;
    if (rest === undefined) return undefined;
    const parts: string[] = [];
    for (const part of rest.split('/')) {
      if (part === '..') {
        if (parts.pop() === undefined) return undefined;
      } else if (part !== '' && part !== '.') parts.push(part);
    }
    return parts.join('/');
  };
  const isFolder = (path: string): boolean =>
    path === '' || [...files.keys()].some((file) => file.startsWith(`${path}/`));
  const missing = (path: string): Error =>
    Object.assign(new Error(`${path} is not in ${revision}`), { code: 'ENOENT' });

  /** Blobs of folders that were read together. */
  const together = new Map<string, Promise<ReadonlyMap<string, Uint8Array>>>();
  const blobsBeside = (path: string): Promise<ReadonlyMap<string, Uint8Array>> => {
    const parent = path.slice(0, path.lastIndexOf('/') + 1);
    const known = together.get(parent);
    if (known) return known;
    let total = 0;
    const objects = [...files].flatMap(([name, { mode, object, size }]) => {
      const isBeside = name.startsWith(parent) && !name.includes('/', parent.length);
      if (!isBeside || !mode.startsWith('100') || size > MOST_TOGETHER.file || total + size > MOST_TOGETHER.all)
        return [];
      total += size;
      return [object];
    });
    const answer = git(folder, ['cat-file', '--batch'], signal, objects.map((object) => `${object}\n`).join('')).then(
      blobsOf,
    );
    together.set(parent, answer);
    return answer;
  };

  const reader: FileReader = {
    readFile: async (path) => {
      const at = within(path) ?? '..';
      const entry = files.get(at);
      if (!entry) throw missing(path);
      return (await blobsBeside(at)).get(entry.object) ?? git(folder, ['cat-file', 'blob', entry.object], signal);
    },
    readDirectory: async (path) => {
      const at = within(path);
      if (at === undefined || !isFolder(at)) throw missing(path);
      const start = at === '' ? '' : `${at}/`;
      return [
        ...new Set(
          [...files.keys()]
            .filter((file) => file.startsWith(start))
            .map((file) => file.slice(start.length).split('/')[0] ?? ''),
        ),
      ];
    },
    realPath: async (path) => {
      const at = within(path);
      if (at === undefined || !(files.has(at) || isFolder(at))) throw missing(path);
      return at === '' ? folder : `${folder}/${at}`;
    },
    stat: async (path): Promise<FileStatus | undefined> => {
      const at = within(path);
      if (at === undefined) return undefined;
      const entry = files.get(at);
      // A symbolic link or a submodule has no content of its own here.
      if (entry) return { kind: entry.mode.startsWith('100') ? 'file' : 'other', size: entry.size };
      return isFolder(at) ? { kind: 'directory', size: 0 } : undefined;
    },
  };
  return { reader, commit };
}
