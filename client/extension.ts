import { commands, type ExtensionContext, window } from 'vscode';
import { EXPLAIN_RULE_COMMAND } from '../server/protocol.ts';
import { BaselineGutter } from './baseline-gutter.ts';
import { compareRuns } from './commands/compare-runs.ts';
import { explainRule } from './commands/explain-rule.ts';
import { exportEvidence } from './commands/export-evidence.ts';
import { openReport } from './commands/open-report.ts';
import { preflight } from './commands/preflight.ts';
import { refused } from './commands/refused.ts';
import { showResult } from './commands/show-result.ts';
import { showStateDiff } from './commands/show-state-diff.ts';
import { showTopology } from './commands/show-topology.ts';
import { verifyEvidence } from './commands/verify-evidence.ts';
import { LanguageDetection } from './language-detection.ts';
import { LineCounts } from './line-counts.ts';
import { PreflightPage } from './pages/preflight-page.ts';
import { TopologyPage } from './pages/topology-page.ts';
import { Server } from './server.ts';
import type { Services } from './services.ts';
import { StatusBar } from './status-bar.ts';
import { TestExplorer } from './test-explorer.ts';
import { Pages } from './text/pages.ts';
import { RoutingStates } from './text/routing-states.ts';
import { RunDocuments } from './text/run-documents.ts';
import { EvidenceView } from './views/evidence-view.ts';
import { LabsView } from './views/labs-view.ts';

export function activate(context: ExtensionContext): void {
  const log = window.createOutputChannel('AEGIS', { log: true });
  const server = new Server(context, log);
  server.start();
  const labs = new LabsView(server);
  const evidence = new EvidenceView(server);
  const lineCounts = new LineCounts();
  const pages = new Pages();
  const preflightPage = new PreflightPage(context.extensionUri);
  const topology = new TopologyPage(server, context.extensionUri);
  const services: Services = {
    server,
    labs,
    evidence,
    lineCounts,
    pages,
    preflightPage,
    topology,
    memory: context.workspaceState,
  };

  const handlers: Readonly<Record<string, (services: Services, argument?: unknown, rows?: unknown) => unknown>> = {
    'aegis.preflight': preflight,
    'aegis.showStateDiff': showStateDiff,
    'aegis.showTopology': showTopology,
    'aegis.exportEvidence': exportEvidence,
    'aegis.verifyEvidence': verifyEvidence,
    'aegis.compareRuns': compareRuns,
    'aegis.openReport': openReport,
    'aegis.showResult': showResult,
    [EXPLAIN_RULE_COMMAND]: explainRule,
    'aegis.refresh': () => server.refresh(),
    'aegis.showLog': () => log.show(),
  };
  context.subscriptions.push(
    log,
    server,
    labs,
    evidence,
    lineCounts,
    pages,
    topology,
    preflightPage,
    new RoutingStates(server),
    new RunDocuments(server),
    new StatusBar(server, labs),
    new TestExplorer(server, labs),
    new BaselineGutter(server, labs),
    new LanguageDetection(server),
    ...Object.entries(handlers).map(([command, handle]) =>
      commands.registerCommand(command, (argument?: unknown, rows?: unknown) =>
        refused(() => handle(services, argument, rows)),
      ),
    ),
  );
  log.info(`AEGIS ${context.extension.packageJSON.version} has started.`);
}
