import { withBuffers } from '../../core/network/load/buffer-reader.ts';
import type { FileReader } from '../../core/network/load/file-reader.ts';
import { type LoadOptions, loadSnapshot } from '../../core/network/load/load-snapshot.ts';
import { UnusableInput } from '../../core/network/load/unusable.ts';
import type { Snapshot } from '../../core/network/snapshot.ts';

/** The lab's files as they were in a git revision. Throws `UnusableInput` when there is none. */
export type GitBaseline = (
  folder: string,
  revision: string,
  signal?: AbortSignal,
) => Promise<{ readonly reader: FileReader; readonly commit: string }>;

/** What the working tree of a lab is compared with. */
export interface Baseline {
  /** Two baselines of a lab with the same id are the same. */
  readonly id: string;
  /** What it is, in words for people and for the evidence. */
  readonly title: string;
  readonly snapshot: Snapshot;
}

export interface BaselineOptions extends Pick<LoadOptions, 'reader' | 'parse' | 'dialectOfFile'> {
  readonly lab: string;
  readonly folder: string;
  readonly revision: string;
  /** Absent: nothing is started, and the first opened texts are the baseline. */
  readonly git: GitBaseline | undefined;
  /** Texts that files had when they were opened first, by path. */
  readonly openedTexts: ReadonlyMap<string, string>;
  readonly signal?: AbortSignal;
}

/** The revision that stands in the settings by default: whoever names another one means that one and no other. */
const DEFAULT_REVISION = 'HEAD';

/**
 * The lab as it was: in the git revision; without a repository, with the texts that files had when they were opened
 * first. Throws `UnusableInput` when the revision was named explicitly and is not there, or the lab was not usable.
 */
export async function loadBaseline(options: BaselineOptions): Promise<Baseline> {
  const { lab, folder, revision, git, openedTexts, reader, signal, parse, dialectOfFile } = options;
  const load = (from: FileReader): Promise<Snapshot> =>
    loadSnapshot(lab, { reader: from, ...(parse && { parse }), ...(dialectOfFile && { dialectOfFile }) });
  let why = 'the workspace is not trusted';
  if (git) {
    try {
      const { reader: past, commit } = await git(folder, revision, signal);
      return { id: commit, title: `git revision ${revision} (${commit})`, snapshot: await load(past) };
    } catch (error) {
      if (!(error instanceof UnusableInput) || revision !== DEFAULT_REVISION) throw error;
      why = `git: ${(error.problems[0]?.message ?? error.message).replace(/[.;].*$/s, '')}`;
    }
  }
  const snapshot = await load(withBuffers(reader, openedTexts));
  return { id: `opened ${openedTexts.size}`, title: `the files as they were first opened (${why})`, snapshot };
}
