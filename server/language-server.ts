// The language server: `node server.mjs --stdio`, or `--node-ipc` as VS Code starts it.
import { readdir } from 'node:fs/promises';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { workerEngine } from './engine/worker-engine.ts';
import { nodeFileReader } from './files/node-file-reader.ts';
import { serve } from './lsp/server.ts';

const connection = createConnection(ProposedFeatures.all);

process.on('uncaughtException', (error) => connection.console.error(`Uncaught: ${error.stack ?? error.message}`));
process.on('unhandledRejection', (reason) =>
  connection.console.error(`Unhandled: ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}`),
);

serve(connection, {
  reader: nodeFileReader,
  listFolder: async (path) =>
    (await readdir(path, { withFileTypes: true })).map((entry) => ({
      name: entry.name,
      kind: entry.isFile() ? 'file' : entry.isDirectory() ? 'directory' : 'other',
    })),
  git: async (folder, revision, signal) => {
    const { gitBaseline } = await import('./files/git-baseline.ts');
    return gitBaseline(folder, revision, signal);
  },
  startEngine: () => workerEngine((message) => connection.console.error(message)),
});
