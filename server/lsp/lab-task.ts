import { userInfo } from 'node:os';
import { isAbsolute, posix } from 'node:path';
import type { DialectId } from '../../core/config/device/device.ts';
import type { LabTask, PreflightTask } from '../engine/engine.ts';
import type { BackendChoice } from '../preflight/backend-choices.ts';
import type { InitializationOptions, Settings } from '../protocol.ts';
import { labFolder } from './baselines.ts';
import type { Documents } from './documents.ts';
import { dialectBySetting } from './settings.ts';
import type { Workspace, WorkspaceLab } from './workspace.ts';

/** What a task is made from: the session has it. */
export interface TaskSource {
  readonly workspace: Workspace;
  readonly documents: Documents;
  readonly settings: Settings;
  readonly options: InitializationOptions;
}

/** A lab as it is in the editor now, for the engine. */
export async function labTask(session: TaskSource, lab: WorkspaceLab): Promise<LabTask> {
  const { workspace, documents, settings } = session;
  const { snapshot } = await workspace.load(lab);
  const dialects = new Map<string, DialectId>();
  for (const { config } of snapshot?.nodes.values() ?? []) {
    const set = dialectBySetting(settings, config.file, workspace.folderOf(config.file));
    if (set !== undefined) dialects.set(config.file, set);
  }
  const folder = labFolder(lab);
  const inLab = (texts: ReadonlyMap<string, string>) =>
    new Map([...texts].filter(([path]) => path.startsWith(`${folder}/`)));
  return {
    lab: lab.path,
    folder,
    buffers: inLab(documents.buffers()),
    openedTexts: inLab(documents.openedTexts()),
    revision: settings.baseline,
    dialects,
  };
}

export async function preflightTask(
  session: TaskSource,
  lab: WorkspaceLab,
  intent: string | undefined,
): Promise<PreflightTask> {
  const { settings, workspace, options } = session;
  return {
    ...(await labTask(session, lab)),
    intent,
    operator: settings.operator === '' ? userInfo().username : settings.operator,
    evidenceFolder: evidenceFolder(session, lab.workspaceFolder),
    workspaces: workspace.folders,
    backend: settings.backend as BackendChoice,
    keyFolder: options.keyFolder,
  };
}

/** The folder of sealed packages: within the workspace folder, where the setting says nothing else. */
export const evidenceFolder = ({ settings }: Pick<TaskSource, 'settings'>, workspaceFolder: string): string =>
  isAbsolute(settings.evidenceFolder) ? settings.evidenceFolder : posix.join(workspaceFolder, settings.evidenceFolder);
