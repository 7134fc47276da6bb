import { commands, type ExtensionContext, window } from 'vscode';

export function activate(context: ExtensionContext): void {
  const log = window.createOutputChannel('AEGIS', { log: true });
  log.info(`AEGIS ${context.extension.packageJSON.version} has started.`);
  context.subscriptions.push(
    log,
    commands.registerCommand('aegis.showLog', () => log.show()),
  );
}
