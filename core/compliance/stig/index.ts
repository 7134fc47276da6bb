import type { Benchmark } from './benchmark.ts';
import { eosManagement } from './eos-management.ts';
import { eosRouter } from './eos-router.ts';
import { iosXeManagement } from './ios-xe-management.ts';
import { iosXeRouter } from './ios-xe-router.ts';
import { iosXrRouter } from './ios-xr-router.ts';
import { junosManagement } from './junos-management.ts';
import { junosRouter } from './junos-router.ts';
import { nxOsManagement } from './nx-os-management.ts';
import { nxOsSwitch } from './nx-os-switch.ts';
import { routerSrg } from './router-srg.ts';

/** Every benchmark with the rules that are decided. */
export const benchmarks: readonly Benchmark[] = [
  iosXeRouter,
  iosXeManagement,
  nxOsSwitch,
  nxOsManagement,
  eosRouter,
  eosManagement,
  junosRouter,
  junosManagement,
  iosXrRouter,
  routerSrg,
];
