/** A folder of the workspace, as far as it matters here. */
interface Folder {
  readonly uri: { readonly scheme: string };
}

/**
 * Whether no folder of the workspace lies on this machine (a repository that is browsed without a clone, an archive).
 * Labs, git, simulation and evidence need files and folders; the guards of one file need its text alone.
 */
export const isVirtual = (folders: readonly Folder[] | undefined): boolean =>
  folders !== undefined && folders.length > 0 && folders.every(({ uri }) => uri.scheme !== 'file');

/** Schemes of documents that the server reads: files, new files, and those of folders that lie elsewhere. */
export const documentSchemes = (folders: readonly Folder[] | undefined): readonly string[] => [
  ...new Set(['file', 'untitled', ...(folders ?? []).map(({ uri }) => uri.scheme)]),
];
