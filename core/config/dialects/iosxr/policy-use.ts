import type { At } from '../../command-table.ts';
import type { PolicyUse } from '../../device/bgp.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { Located } from '../../span.ts';
import { policyUse } from '../shared/redistribution.ts';
import { splitCall } from './rpl/syntax.ts';

/**
 * A policy where a command uses it: a name, or a name with values (`PEER(65001, 100)`). One with values becomes a policy
 * of its own; it is kept here by its name, and filled when the device is complete.
 */
export function policyNamed(words: Located<readonly string[]>, at: At): Located<string> {
  const { name, args } = splitCall(words.value.join(' '));
  const { device } = at;
  device.references.push({ kind: 'route-map', name, span: words.span });
  if (args.length === 0) return { value: name, span: words.span };
  const written = `${name}(${args.join(',')})`;
  if (!device.policies.has(written))
    device.policies.set(written, { name: written, span: words.span, terms: [], defaultDisposition: 'deny' });
  return { value: written, span: words.span };
}

export const usedPolicy = (words: Located<readonly string[]>, at: At): PolicyUse => policyUse(policyNamed(words, at));

/** Names of the policies that are used with values. */
export const policiesWithValues = (device: DeviceDraft): readonly string[] =>
  [...device.policies.keys()].filter((name) => name.includes('('));
