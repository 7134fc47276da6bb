import type { DialectId } from '../device/device.ts';
import type { Dialect } from '../dialect.ts';
import { eos } from './eos/index.ts';
import { frr } from './frr/index.ts';
import { ios } from './ios/index.ts';

/** The network systems whose configuration is modelled. */
export const dialects: ReadonlyMap<DialectId, Dialect> = new Map(
  [frr, eos, ios].map((dialect) => [dialect.id, dialect]),
);
