import type { DeviceDraft } from '../../device/device.ts';
import { prefixListKey } from '../../device/policy.ts';
import type { Span } from '../../span.ts';

/** Name of the list that stands for rules on sessions, which are kept and not evaluated. */
const SECURITY_POLICY = 'security policy';

/**
 * A firewall's rules on sessions decide what it passes on, and nothing here evaluates them: what it forwards between
 * interfaces is then open, never permitted. The list has one entry whose meaning is not known.
 */
export function leaveTransitOpen(device: DeviceDraft, span: Span): void {
  const ports = [...device.interfaces.values()].filter(({ addresses }) => addresses.length > 0);
  if (ports.length === 0) return;
  for (const family of ['ipv4', 'ipv6'] as const) {
    device.accessLists.set(prefixListKey(family, SECURITY_POLICY), {
      name: SECURITY_POLICY,
      family,
      type: 'extended',
      span,
      entries: [
        {
          sequence: 1,
          action: 'permit',
          protocol: 'ip',
          source: { kind: 'any' },
          destination: { kind: 'any' },
          notModelled: 'the rules of the firewall',
          span,
        },
      ],
      remarks: [],
    });
    for (const { accessGroups } of ports)
      accessGroups.push({ list: { value: SECURITY_POLICY, span }, direction: 'out', family });
  }
}
