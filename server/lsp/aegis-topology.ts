import type { CancellationToken } from 'vscode-languageserver';
import type { TopologyParams, TopologyResult } from '../protocol.ts';
import { signalOfToken } from './cancellation.ts';
import { labTask } from './lab-task.ts';
import { requireTrust, type Session } from './session.ts';

/** `aegis/topology`: the lab as a picture, with what the working tree does to it, and where each device is written. */
export async function topology(
  session: Session,
  { lab: id }: TopologyParams,
  cancellation: CancellationToken,
): Promise<TopologyResult> {
  requireTrust(session);
  const lab = await session.requireLab(id);
  const { svg, description, devices, baseline } = await session.engine.topology(
    await labTask(session, lab),
    signalOfToken(cancellation),
  );
  return {
    ...{ lab: id, svg, description, baseline },
    devices: devices.map(({ node, file, line }) => ({ device: node, uri: session.uris.uriOf(file), line })),
  };
}
