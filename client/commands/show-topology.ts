import { l10n, ProgressLocation, window } from 'vscode';
import { type TopologyParams, TopologyRequest, type TopologyResult } from '../../server/protocol.ts';
import type { Services } from '../services.ts';
import { chooseLab } from './choose-lab.ts';

/**
 * "AEGIS: Show Topology": the lab as a picture, with what the change does to it. Argument (optional): `{ lab }`.
 * @returns what the server drew, undefined when the user gave up
 */
export async function showTopology(services: Services, argument?: unknown): Promise<TopologyResult | undefined> {
  const lab = await chooseLab(services, argument, l10n.t('Show Topology'));
  if (lab === undefined) return undefined;
  const parameters: TopologyParams = { lab: lab.id };
  const result = await window.withProgress(
    { location: ProgressLocation.Notification, title: l10n.t('Drawing {0}', lab.name), cancellable: true },
    (_progress, token) => services.server.request<TopologyResult>(TopologyRequest, parameters, token),
  );
  await services.topology.show(lab, result);
  return result;
}
