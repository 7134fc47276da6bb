import type { DialectId } from '../device/device.ts';
import type { Dialect } from '../dialect.ts';
import { acos } from './acos/index.ts';
import { eos } from './eos/index.ts';
import { fortios } from './fortios/index.ts';
import { frr } from './frr/index.ts';
import { gaia } from './gaia/index.ts';
import { ios } from './ios/index.ts';
import { iosxr } from './iosxr/index.ts';
import { junos } from './junos/index.ts';
import { nxos } from './nxos/index.ts';
import { panos } from './panos/index.ts';
import { srlinux } from './srlinux/index.ts';
import { sros } from './sros/index.ts';

/** The network systems whose configuration is modelled. */
export const dialects: ReadonlyMap<DialectId, Dialect> = new Map(
  [frr, eos, ios, iosxr, nxos, junos, sros, srlinux, panos, gaia, fortios, acos].map((dialect) => [
    dialect.id,
    dialect,
  ]),
);
