import manifest from '../package.json' with { type: 'json' };

/** Version of this software, as in its manifest. */
export const version: string = manifest.version;
/** Name under which it appears in evidence and reports. */
export const toolName = 'AEGIS';
