// `npm run package`: builds the bundles and packs dist/aegis.vsix.
import { packageExtension } from './build/package-extension.ts';

console.log(await packageExtension());
