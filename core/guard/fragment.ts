import type { DeviceContext } from './rule.ts';

/** What a saved configuration begins with on systems where the name of the device may stand elsewhere. */
const savedHeader = /^(?:frr version|frr defaults|version \d|! device: |!RANCID|## Last commit|# Copyright)/m;

/**
 * Whether a text is a piece to be pasted into a device rather than a device's whole configuration: it belongs to no
 * lab, nothing is known of the state before, and it neither names its device nor begins like a saved configuration.
 * In a piece a line stands for a change of something that is not in the text.
 */
export const isFragment = ({
  config,
  before,
  snapshot,
}: Pick<DeviceContext, 'config' | 'before' | 'snapshot'>): boolean =>
  config.device.hostname === undefined &&
  before === undefined &&
  snapshot === undefined &&
  !savedHeader.test(config.text);
