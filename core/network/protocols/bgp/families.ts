import type { Family } from '../../../config/device/policy.ts';
import type { PrefixId } from '../../prefix-table.ts';
import type { Context } from '../protocol.ts';

export const familyKeyOf = ({ prefixes }: Context, prefix: PrefixId): Family =>
  prefixes.get(prefix).version === 4 ? 'ipv4' : 'ipv6';
