import type { Memento } from 'vscode';
import type { LineCounts } from './line-counts.ts';
import type { PreflightPage } from './pages/preflight-page.ts';
import type { TopologyPage } from './pages/topology-page.ts';
import type { Server } from './server.ts';
import type { Pages } from './text/pages.ts';
import type { EvidenceView } from './views/evidence-view.ts';
import type { LabsView } from './views/labs-view.ts';

/** What the commands share. */
export interface Services {
  readonly server: Server;
  readonly labs: LabsView;
  readonly evidence: EvidenceView;
  readonly lineCounts: LineCounts;
  readonly pages: Pages;
  readonly topology: TopologyPage;
  readonly preflightPage: PreflightPage;
  /** What is remembered for this workspace. */
  readonly memory: Memento;
}
