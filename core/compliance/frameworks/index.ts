import type { Framework } from '../framework.ts';
import { cisControls } from './cis-controls.ts';
import { disaStig } from './disa-stig.ts';
import { doraNis2 } from './dora-nis2.ts';
import { hipaa } from './hipaa.ts';
import { iec62443 } from './iec-62443.ts';
import { iso27001 } from './iso-27001.ts';
import { nercCip } from './nerc-cip.ts';
import { nist80053 } from './nist-800-53.ts';
import { nist800171 } from './nist-800-171.ts';
import { nistCsf } from './nist-csf.ts';
import { pciDss } from './pci-dss.ts';
import { soc2 } from './soc2.ts';

/** Every framework, one file each; a test holds this list against the folder. */
export const frameworks: readonly Framework[] = [
  pciDss,
  soc2,
  nist80053,
  nistCsf,
  nist800171,
  cisControls,
  iso27001,
  nercCip,
  hipaa,
  iec62443,
  disaStig,
  doraNis2,
];
