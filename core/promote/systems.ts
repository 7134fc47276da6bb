/**
 * How each network system takes a configuration with a way back: what it has itself against a change that cuts off who
 * made it, and how its running configuration is read and compared. Sources: the vendors' configuration guides named
 * in `source`. Only systems with `live: true` are pushed to; the others are planned, since nothing here has proven them
 * against the real system.
 */

export interface PromotionSystem {
  readonly title: string;
  /** Whether a live push is done, and not only planned. */
  readonly live: boolean;
  readonly net: 'commit-confirmed' | 'revert-timer' | 'saved-copy';
  readonly source: string;
  /** Prints the running configuration. */
  readonly showRunning: string;
  /** Lines of that output, and of a stored configuration, that are no configuration. */
  readonly volatile: readonly RegExp[];
  /** What a push does, in order; `<minutes>` and `<file>` are filled in. */
  readonly plan: readonly string[];
  /** What makes the change permanent. */
  readonly confirm: string;
  /** What brings the former configuration back. */
  readonly revert: string;
}

/** Headers and time marks that several systems print. */
const COMMON = [
  /^\s*!?\s*$/,
  /^Building configuration\.\.\.$/,
  /^Current configuration\s*:.*$/,
  /^! ?(Last configuration change|NVRAM config last updated|No configuration change since).*$/,
  /^!(Command|Time|Running configuration last done at):.*$/,
  /^! ?Command: show running-config.*$/,
  /^end$/,
];

export const PROMOTION_SYSTEMS: Readonly<Record<string, PromotionSystem>> = {
  frr: {
    title: 'FRRouting',
    live: true,
    net: 'saved-copy',
    source:
      'frr-reload.py of frr-pythontools; vtysh has no commit, so the device itself is given a timer that restores',
    showRunning: "vtysh -c 'show running-config'",
    volatile: COMMON,
    plan: [
      'save the running configuration on the device',
      'start a timer on the device that restores it after <minutes> minutes unless it is told to stop',
      'frr-reload.py --reload <file>',
    ],
    confirm: 'stop the timer; write memory',
    revert: 'frr-reload.py --reload <saved copy>',
  },
  eos: {
    title: 'Arista EOS',
    live: false,
    net: 'commit-confirmed',
    source: 'EOS User Manual, Configure Session: commit timer',
    showRunning: 'show running-config',
    volatile: [...COMMON, /^! device: .*$/, /^! boot system .*$/],
    plan: [
      'configure session aegis',
      'rollback clean-config',
      'copy terminal: session-config',
      'commit timer 00:<minutes>:00',
    ],
    confirm: 'configure session aegis commit; write memory',
    revert: 'configure session aegis abort',
  },
  ios: {
    title: 'Cisco IOS / IOS-XE',
    live: false,
    net: 'revert-timer',
    source: 'IOS XE Configuration Fundamentals: Configuration Replace and Configuration Rollback (needs archive path)',
    showRunning: 'show running-config',
    volatile: [...COMMON, /^Current configuration : \d+ bytes$/],
    plan: [
      'copy running-config flash:aegis-before.cfg',
      'configure replace <file> force revert trigger error timer <minutes>',
    ],
    confirm: 'configure confirm; write memory',
    revert: 'configure revert now',
  },
  iosxr: {
    title: 'Cisco IOS-XR',
    live: false,
    net: 'commit-confirmed',
    source: 'IOS XR System Management: commit confirmed',
    showRunning: 'show running-config',
    volatile: [...COMMON, /^!! .*$/],
    plan: ['configure exclusive', 'load <file>', 'commit replace confirmed minutes <minutes>'],
    confirm: 'commit',
    revert: 'rollback configuration last 1',
  },
  nxos: {
    title: 'Cisco NX-OS',
    live: false,
    net: 'saved-copy',
    source: 'NX-OS System Management: checkpoints and configure replace commit-timeout',
    showRunning: 'show running-config',
    volatile: COMMON,
    plan: ['checkpoint aegis-before', 'configure replace <file> commit-timeout <minutes>'],
    confirm: 'configure replace commit; copy running-config startup-config',
    revert: 'rollback running-config checkpoint aegis-before atomic',
  },
  junos: {
    title: 'Juniper Junos',
    live: false,
    net: 'commit-confirmed',
    source: 'Junos CLI User Guide: commit confirmed',
    showRunning: 'show configuration',
    volatile: [/^\s*$/, /^## Last (commit|changed): .*$/],
    plan: ['configure exclusive', 'load override <file>', 'commit check', 'commit confirmed <minutes>'],
    confirm: 'commit',
    revert: 'rollback 1; commit',
  },
  sros: {
    title: 'Nokia SR OS',
    live: false,
    net: 'commit-confirmed',
    source: 'SR OS System Management Guide: commit confirmed',
    showRunning: 'admin show configuration',
    volatile: [/^\s*$/, /^# .*$/],
    plan: ['configure exclusive', 'load full-replace <file>', 'validate', 'commit confirmed <minutes>'],
    confirm: 'commit confirmed accept',
    revert: 'commit confirmed cancel',
  },
};

/** A configuration without what changes by itself: the text whose digest is compared for drift. */
export function comparable(text: string, { volatile }: Pick<PromotionSystem, 'volatile'>): string {
  return text
    .replace(/\r/g, '')
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => !volatile.some((pattern) => pattern.test(line)))
    .join('\n');
}
