import type { ParsedConfig } from '../network/snapshot.ts';

/**
 * Whether a text is a piece to be pasted into a device rather than a device's whole configuration: a whole one has
 * its device's name. In a piece a line stands for a change of something that is not in the text.
 */
export const isFragment = (config: ParsedConfig): boolean => config.device.hostname === undefined;
