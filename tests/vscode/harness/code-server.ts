import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { onEnd } from './cleanup.ts';
import { codeServerProgram } from './install.ts';
import { outputFolder } from './paths.ts';
import { freePort } from './ports.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Settings of a window in which nothing but the extension asks for attention. */
const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  // Light or dark as the page asks: see Workbench.open().
  'window.autoDetectColorScheme': true,
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
  'editor.minimap.enabled': false,
};

export interface CodeServerOptions {
  /** A name for the log files. */
  readonly name: string;
  /** Whether VS Code lets the page run the extension's tests. This also suppresses notifications. */
  readonly testDriver?: boolean;
  /** A .vsix to install before the start. */
  readonly extension?: string;
  /** Whether VS Code asks which folders are trusted. Otherwise every folder is. */
  readonly workspaceTrust?: boolean;
  /** Settings beside the quiet ones. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Settings of the machine that the extension runs on: where VS Code keeps those of the scope `machine`. */
  readonly machineSettings?: Readonly<Record<string, unknown>>;
  readonly environment?: Readonly<Record<string, string>>;
}

export interface CodeServer {
  readonly port: number;
  /** The home folder that the server and the extension see. */
  readonly home: string;
  /** A path of this machine as the page names it. */
  remote(path: string): string;
  /** The address of the page that opens a folder, with VS Code's own start-up parameters. */
  page(folder: string, payload?: readonly (readonly [string, string])[]): string;
  stop(): void;
}

/** Serves VS Code on a free port of 127.0.0.1, with a profile of its own. Throws when it is not ready within two minutes. */
export async function startCodeServer(options: CodeServerOptions): Promise<CodeServer> {
  const home = temporaryFolder('code-server');
  const userData = join(home, 'user-data');
  const extensions = join(home, 'extensions');
  mkdirSync(join(userData, 'User'), { recursive: true });
  mkdirSync(extensions);
  const settings = {
    ...quietSettings,
    'security.workspace.trust.enabled': options.workspaceTrust === true,
    'security.workspace.trust.startupPrompt': 'never',
    ...options.settings,
  };
  writeFileSync(join(userData, 'User', 'settings.json'), JSON.stringify(settings));
  // Only where it is needed: with such a file in place the editor is late to see what changes on disk.
  if (options.machineSettings) {
    mkdirSync(join(userData, 'Machine'));
    writeFileSync(join(userData, 'Machine', 'settings.json'), JSON.stringify(options.machineSettings));
  }
  writeFileSync(join(home, 'config.yaml'), 'auth: none\ncert: false\n');

  const environment: NodeJS.ProcessEnv = {
    ...process.env,
    ...options.environment,
    HOME: home,
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_DATA_HOME: join(home, '.local', 'share'),
    // No gallery: nothing is asked of any network.
    EXTENSIONS_GALLERY: '{}',
  };
  const profile = ['--config', join(home, 'config.yaml'), '--user-data-dir', userData, '--extensions-dir', extensions];

  if (options.extension !== undefined) {
    const install = spawnSync(
      process.execPath,
      [codeServerProgram, ...profile, '--install-extension', options.extension, '--force'],
      { env: environment, encoding: 'utf8', timeout: 120_000 },
    );
    if (install.status !== 0) {
      throw new Error(`The extension ${options.extension} does not install:\n${install.stdout}${install.stderr}`);
    }
  }

  const port = await freePort();
  mkdirSync(join(outputFolder, 'logs'), { recursive: true });
  const log = createWriteStream(join(outputFolder, 'logs', `${options.name}.code-server.log`));
  const server = spawn(
    process.execPath,
    [
      codeServerProgram,
      ...profile,
      ...['--bind-addr', `127.0.0.1:${port}`, '--auth', 'none', '--ignore-last-opened', '--disable-telemetry'],
      ...['--disable-update-check', '--disable-getting-started-override', '--disable-proxy'],
      ...(options.workspaceTrust ? [] : ['--disable-workspace-trust']),
      ...(options.testDriver ? ['--vscode-option', 'enable-smoke-test-driver'] : []),
    ],
    { env: environment, detached: true, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  server.stdout.pipe(log);
  server.stderr.pipe(log);
  const stop = (): void => endGroup(server);
  onEnd(stop);
  await ready(server, port);

  const remote = (path: string): string => `vscode-remote://127.0.0.1:${port}${path}`;
  return {
    port,
    home,
    remote,
    page: (folder, payload = []) =>
      `http://127.0.0.1:${port}/?folder=${encodeURIComponent(folder)}&payload=${encodeURIComponent(
        JSON.stringify([['skipWelcome', 'true'], ...payload]),
      )}`,
    stop,
  };
}

/** Ends the server with the extension hosts and language servers that it started. */
function endGroup(server: ChildProcess): void {
  if (server.pid === undefined) return;
  try {
    process.kill(-server.pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}

async function ready(server: ChildProcess, port: number): Promise<void> {
  const limit = Date.now() + 120_000;
  while (Date.now() < limit) {
    if (server.exitCode !== null || server.signalCode !== null) {
      throw new Error(`code-server ended at its start with ${server.exitCode ?? server.signalCode}; see its log.`);
    }
    try {
      const response = await fetch(`http://127.0.0.1:${port}/healthz`, { signal: AbortSignal.timeout(2_000) });
      if (response.ok) return;
    } catch {
      // It does not listen yet.
    }
    await delay(50);
  }
  endGroup(server);
  throw new Error('code-server was not ready within two minutes; see its log.');
}
