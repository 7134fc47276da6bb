import { problemLine } from '../../core/network/load/unusable.ts';
import type { Lab, LabsResult } from '../protocol.ts';
import { type Session, titleOfDialect } from './session.ts';
import type { WorkspaceLab } from './workspace.ts';

/** `aegis/labs`: the labs of the workspace, with their devices and what is wrong with them. */
export async function labs(session: Session): Promise<LabsResult> {
  return Promise.all((await session.workspace.labs()).map((lab) => describe(session, lab)));
}

async function describe(session: Session, lab: WorkspaceLab): Promise<Lab> {
  const { workspace, baselines, uris } = session;
  const { snapshot, problems } = await workspace.load(lab);
  const baseline = snapshot && session.options.trusted ? await baselines.get(lab) : undefined;
  const uri = uris.uriOf(lab.path);
  return {
    id: uri,
    name: snapshot?.name ?? lab.name,
    uri,
    format: lab.format,
    devices: [...(snapshot?.nodes.values() ?? [])].map(({ name, config }) => ({
      name,
      dialect: config.dialect,
      title: titleOfDialect(config.dialect),
      uri: uris.uriOf(config.file),
      changed: baseline !== undefined && baseline.snapshot.nodes.get(name)?.config.text !== config.text,
    })),
    problems: problems.map((problem) => shorten(problemLine(problem), lab.workspaceFolder)),
  };
}

const shorten = (text: string, folder: string): string => text.replaceAll(`${folder}/`, '');
