import type { TextDocumentContentResult } from 'vscode-languageserver';
import { RIB_SCHEME } from '../protocol.ts';
import { labTask } from './lab-task.ts';
import { type Session, UNTRUSTED } from './session.ts';
import type { WorkspaceLab } from './workspace.ts';

/** The tables of a device that can be read as a document, by the last part of its path. */
const TABLES = ['rib', 'fib', 'sessions'] as const;
type TableName = (typeof TABLES)[number];

const isTable = (text: string): text is TableName => (TABLES as readonly string[]).includes(text);

/**
 * `workspace/textDocumentContent` for the scheme `aegis-rib`: the texts of a state diff, and the tables of a device as
 * they are now, `aegis-rib:/LAB/DEVICE/rib`, `.../fib` and `.../sessions`. LAB is the lab's name.
 */
export async function textDocumentContent(
  session: Session,
  uri: string,
  signal: AbortSignal,
): Promise<TextDocumentContentResult> {
  const kept = session.ribDocuments.get(uri);
  if (kept !== undefined) return { text: kept };
  return {
    text: (await tableText(session, uri, signal)) ?? 'There is no such state. Its lab may have been edited since.\n',
  };
}

async function tableText(session: Session, uri: string, signal: AbortSignal): Promise<string | undefined> {
  const [name, device, table] = partsOf(uri);
  if (name === undefined || device === undefined || table === undefined || !isTable(table)) return undefined;
  const lab = await labNamed(session, name);
  if (!lab) return undefined;
  if (!session.options.trusted) return `${UNTRUSTED}\n`;
  const tables = await session.engine.tables({ ...(await labTask(session, lab)), node: device }, signal);
  return tables?.[table] ?? `There is no device ${device} in ${name}.\n`;
}

/** The lab of that name; the first by path where several have it. */
async function labNamed({ workspace }: Session, name: string): Promise<WorkspaceLab | undefined> {
  for (const lab of await workspace.labs()) if ((await workspace.load(lab)).snapshot?.name === name) return lab;
  return undefined;
}

function partsOf(uri: string): readonly (string | undefined)[] {
  if (!uri.startsWith(`${RIB_SCHEME}:`)) return [];
  const path = uri
    .slice(RIB_SCHEME.length + 1)
    .replace(/[?#].*$/, '')
    .replace(/^\/+/, '');
  try {
    return path.split('/').map(decodeURIComponent);
  } catch {
    // A malformed percent sign names nothing.
    return [];
  }
}

/** Where the table of a device can be read. */
export const tableUri = (lab: string, device: string, table: TableName): string =>
  `${RIB_SCHEME}:/${[lab, device, table].map(encodeURIComponent).join('/')}`;
