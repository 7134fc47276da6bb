import { join, resolve } from 'node:path';

export const projectFolder = resolve(import.meta.dirname, '../../..');
/** What a run leaves behind for people to look at. */
export const outputFolder = join(projectFolder, '.test-output');
export const screenshotFolder = join(outputFolder, 'screenshots');
/** The bundled mocha suite that runs inside the extension host. */
export const suiteBundleFolder = join(outputFolder, 'vscode-suite');
export const packagedExtension = join(projectFolder, 'dist', 'aegis.vsix');
