import {
  type CancellationToken,
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  LSPErrorCodes,
  ResponseError,
} from 'vscode-languageserver';
import { Cancelled } from '../engine/cancellation.ts';
import {
  BaselineDocumentRequest,
  DeclaredInvariantsRequest,
  DialectRequest,
  EvidenceRequest,
  ExportEvidenceRequest,
  InvariantsRequest,
  LabsChangedNotification,
  LabsRequest,
  PreflightRequest,
  RibDocumentRequest,
  RuleRequest,
  RunDocumentRequest,
  StateDiffRequest,
  TopologyRequest,
  VerifyEvidenceRequest,
} from '../protocol.ts';
import { baselineDocument } from './aegis-baseline-document.ts';
import { declaredInvariants } from './aegis-declared-invariants.ts';
import { dialect } from './aegis-dialect.ts';
import { evidence } from './aegis-evidence.ts';
import { exportEvidence } from './aegis-export-evidence.ts';
import { invariants } from './aegis-invariants.ts';
import { labs } from './aegis-labs.ts';
import { preflight } from './aegis-preflight.ts';
import { rule } from './aegis-rule.ts';
import { runDocument } from './aegis-run-document.ts';
import { ribDocument, stateDiff } from './aegis-state-diff.ts';
import { topology } from './aegis-topology.ts';
import { verifyEvidence } from './aegis-verify-evidence.ts';
import { ChecksOnSave } from './check-on-save.ts';
import type { OpenDocument } from './documents.ts';
import { serveFeatures } from './features.ts';
import { abilitiesOf, foldersOf, initializeResult } from './initialize.ts';
import { isTopology } from './languages.ts';
import { type Host, Session } from './session.ts';
import { readOptions, readSettings } from './settings.ts';
import { WorkspaceDiagnostics } from './workspace-diagnostic.ts';

/** Files whose change on disk changes labs or what is said about them. */
const WATCHED = [
  '**/*.clab.{yml,yaml}',
  '**/aegis.yml',
  '**/configs/**',
  '**/batfish/*.json',
  '**/*.{cfg,conf,config}',
  '**/evidence/*',
];

/**
 * Serves one client. A handler that fails answers empty and is logged; only requests that a person waits for answer
 * with their error, which is one sentence.
 */
export function serve(connection: Connection, host: Host): void {
  let session: Session | undefined;
  /** Settles when the settings were read: an answer by the defaults would be wrong and then change. */
  let ready: Promise<void> = Promise.resolve();
  let settingsRead = (): void => undefined;
  let checks: ChecksOnSave | undefined;
  let workspaceDiagnostics: WorkspaceDiagnostics | undefined;

  const current = (): Session => {
    if (!session) throw new Error('The server was not initialized.');
    return session;
  };
  const logged = (name: string, error: unknown): void =>
    connection.console.error(`${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);

  /** A notification that fails is logged: there is nobody to answer. */
  const hear =
    <P>(name: string, handle: (session: Session, params: P) => void | Promise<void>) =>
    async (params: P): Promise<void> => {
      try {
        if (name !== 'initialized') await ready;
        await handle(current(), params);
      } catch (error) {
        logged(name, error);
      }
    };

  /** A request that a person made: its error is its answer. */
  const request = <P, R>(
    name: string,
    handle: (session: Session, params: P, token: CancellationToken) => R | Promise<R>,
  ): void =>
    void connection.onRequest(name, async (params: P, token: CancellationToken): Promise<unknown> => {
      try {
        await ready;
        return await handle(current(), params, token);
      } catch (error) {
        if (error instanceof Cancelled || token.isCancellationRequested)
          throw new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled.');
        const message = error instanceof Error ? error.message : String(error);
        if (!(error instanceof Error) || error.name !== 'Error') logged(name, error);
        throw new ResponseError(LSPErrorCodes.RequestFailed, message);
      }
    });

  const readConfiguration = async (pushed?: unknown): Promise<void> => {
    const one = current();
    const given = one.abilities.configuration ? await connection.workspace.getConfiguration('aegis') : pushed;
    const { settings, refused } = readSettings(given);
    for (const name of refused) one.log(`The setting aegis.${name} is not of the right kind; its default is used.`);
    const before = one.settings;
    one.settings = settings;
    if (JSON.stringify(before.dialects) !== JSON.stringify(settings.dialects)) one.workspace.forgetAll();
    if (before.baseline !== settings.baseline) one.baselines.forget();
    if (JSON.stringify(before) === JSON.stringify(settings)) return;
    one.refreshDiagnostics();
    workspaceDiagnostics?.changed();
  };

  // ---- life --------------------------------------------------------------------------------------------------------

  connection.onInitialize((params) => {
    session = new Session(connection, host, readOptions(params.initializationOptions), abilitiesOf(params));
    checks = new ChecksOnSave(session);
    workspaceDiagnostics = new WorkspaceDiagnostics(session);
    if (session.abilities.configuration)
      ready = new Promise((resolve) => {
        settingsRead = resolve;
      });
    for (const uri of foldersOf(params)) {
      const path = session.uris.rememberFolder(uri);
      if (path !== undefined) session.workspace.addFolder(path);
    }
    return initializeResult;
  });

  connection.onInitialized(
    hear('initialized', async ({ abilities, workspace }) => {
      await readConfiguration().finally(() => settingsRead());
      if (abilities.watchedFiles) {
        await connection.client.register(DidChangeWatchedFilesNotification.type, {
          watchers: WATCHED.map((globPattern) => ({ globPattern })),
        });
        workspace.watched = true;
      }
      if (abilities.configurationChanges)
        await connection.client.register(DidChangeConfigurationNotification.type, { section: 'aegis' });
      connection.workspace.onDidChangeWorkspaceFolders(
        hear('workspace/didChangeWorkspaceFolders', (one, { added, removed }) => {
          for (const { uri } of removed) {
            const path = one.uris.rememberFolder(uri);
            if (path !== undefined) one.workspace.removeFolder(path);
          }
          for (const { uri } of added) {
            const path = one.uris.rememberFolder(uri);
            if (path !== undefined) one.workspace.addFolder(path);
          }
          labsChanged(one);
        }),
      );
    }),
  );

  connection.onShutdown(async () => {
    workspaceDiagnostics?.dispose();
    await session?.dispose();
  });

  const labsChanged = (one: Session): void => {
    one.refreshDiagnostics();
    workspaceDiagnostics?.changed();
    void connection.sendNotification(LabsChangedNotification);
  };

  connection.onDidChangeConfiguration(
    hear('workspace/didChangeConfiguration', (_, { settings }) =>
      readConfiguration((settings as { readonly aegis?: unknown } | null)?.aegis),
    ),
  );

  connection.onDidChangeWatchedFiles(
    hear('workspace/didChangeWatchedFiles', (one, { changes }) => {
      for (const { uri } of changes) {
        const path = one.uris.pathOf(uri);
        if (path !== undefined) one.workspace.changedOnDisk(path);
      }
      labsChanged(one);
    }),
  );

  // ---- documents ---------------------------------------------------------------------------------------------------

  const edited = async (one: Session, { path }: OpenDocument): Promise<void> => {
    if (path === undefined) return;
    one.workspace.edited(path);
    workspaceDiagnostics?.changed();
    const lab = await one.workspace.labOfFile(path);
    if (!lab) return;
    checks?.cancel(lab.path);
    one.effects.cancel(lab.path);
  };

  connection.onDidOpenTextDocument(
    hear('textDocument/didOpen', (one, { textDocument }) => edited(one, one.documents.open(textDocument))),
  );
  connection.onDidChangeTextDocument(
    hear('textDocument/didChange', async (one, { textDocument: { uri, version }, contentChanges }) => {
      const document = one.documents.change(uri, version, contentChanges);
      if (document) await edited(one, document);
    }),
  );
  connection.onDidCloseTextDocument(
    hear('textDocument/didClose', async (one, { textDocument: { uri } }) => {
      const document = one.documents.close(uri);
      one.findings.forget(uri);
      one.reports.forget(uri);
      one.tokens.forget(uri);
      if (document?.path !== undefined) one.workspace.changedOnDisk(document.path);
      if (document) await edited(one, document);
    }),
  );
  connection.onDidSaveTextDocument(
    hear('textDocument/didSave', async (one, { textDocument: { uri } }) => {
      const path = one.uris.pathOf(uri);
      if (path === undefined) return;
      one.workspace.savedToDisk(path);
      const lab = await one.workspace.labOfFile(path);
      if (!lab) return;
      if (isTopology(path)) labsChanged(one);
      await one.baselines.refresh(lab);
      await checks?.run(lab);
      void connection.sendNotification(LabsChangedNotification);
    }),
  );

  serveFeatures(connection, {
    ready: () => ready,
    session: current,
    workspaceDiagnostics: () => workspaceDiagnostics,
    failed: logged,
  });

  // ---- what only AEGIS has -----------------------------------------------------------------------------------------

  request(LabsRequest, labs);
  request(DialectRequest, dialect);
  request(RuleRequest, (_, params: Parameters<typeof rule>[0]) => rule(params));
  request(EvidenceRequest, evidence);
  request(PreflightRequest, preflight);
  request(StateDiffRequest, stateDiff);
  request(TopologyRequest, topology);
  request(InvariantsRequest, invariants);
  request(DeclaredInvariantsRequest, declaredInvariants);
  request(RibDocumentRequest, ribDocument);
  request(RunDocumentRequest, runDocument);
  request(BaselineDocumentRequest, baselineDocument);
  request(ExportEvidenceRequest, exportEvidence);
  request(VerifyEvidenceRequest, verifyEvidence);

  connection.listen();
}
