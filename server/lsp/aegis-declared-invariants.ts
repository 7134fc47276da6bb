import { readDeclarations } from '../../core/network/invariants/read.ts';
import { statementOf } from '../../core/network/invariants/statement.ts';
import { withBuffers } from '../../core/network/load/buffer-reader.ts';
import { readLabFile } from '../../core/network/load/load-snapshot.ts';
import { UnusableInput } from '../../core/network/load/unusable.ts';
import type { DeclaredInvariantsResult, InvariantsParams } from '../protocol.ts';
import { labFolder } from './baselines.ts';
import { lineRange } from './ranges.ts';
import type { Session } from './session.ts';

/** `aegis/declaredInvariants`: what a lab declares, without simulating it. */
export async function declaredInvariants(
  session: Session,
  { lab: id }: InvariantsParams,
): Promise<DeclaredInvariantsResult> {
  const lab = await session.requireLab(id);
  const { documents, host, uris } = session;
  let labFile: Awaited<ReturnType<typeof readLabFile>>;
  try {
    labFile = await readLabFile(labFolder(lab), { reader: withBuffers(host.reader, documents.buffers()) });
  } catch (error) {
    if (!(error instanceof UnusableInput)) throw error;
    return { invariants: [], problems: error.problems.map(({ message }) => message) };
  }
  if (!labFile) return { invariants: [], problems: [] };
  const { declarations, problems } = readDeclarations(labFile.text, labFile.file);
  return {
    uri: uris.uriOf(labFile.file),
    invariants: declarations.map((declaration) => ({
      id: declaration.id,
      statement: declaration.description ?? statementOf(declaration),
      range: lineRange(declaration.line),
    })),
    problems: problems.map(({ line, message }) => `Line ${line + 1}: ${message}`),
  };
}
