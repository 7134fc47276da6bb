import { workspace } from 'vscode';
import { restrictedSettings } from './restricted-settings.ts';

/** A setting as the user has set it for all workspaces, or its default: never what the workspace says. */
export function userSetting(name: string): string {
  const found = workspace.getConfiguration('aegis').inspect<string>(name);
  return found?.globalValue ?? found?.defaultValue ?? '';
}

/**
 * The values of the section `aegis` as the server may have them. VS Code withholds restricted settings from untrusted
 * workspaces by the manifest; this holds whatever the manifest says.
 */
export function trustedSettings(values: unknown): unknown {
  if (workspace.isTrusted || typeof values !== 'object' || values === null) return values;
  const own = Object.fromEntries(restrictedSettings.map((name) => [name, userSetting(name)]));
  return { ...values, ...own };
}

/** The git reference that the working tree is compared with. */
export const baseline = (): string => workspace.getConfiguration('aegis').get<string>('baseline', 'HEAD');

/** What the gutter compares a configuration with. */
export const gutterBaseline = (): 'git' | 'evidence' | 'off' => {
  const value = workspace.getConfiguration('aegis').get<string>('gutterBaseline', 'evidence');
  return value === 'git' || value === 'evidence' ? value : 'off';
};
