import { table } from '../../command-table.ts';
import type { Dialect } from '../../dialect.ts';
import { recogniser } from '../../recognise.ts';
import { interfaceLanguage } from '../shared/frame.ts';
import { behaviour } from './behaviour.ts';
import { finishBgp } from './bgp.ts';
import { firewall } from './firewall.ts';
import { inheritGroups } from './groups.ts';
import { interfaces } from './interfaces.ts';
import { policyOptions } from './policy.ts';
import { readJunos } from './read.ts';
import { finishRibGroups } from './rib-groups.ts';
import { applyStaticDefaults, routing } from './routing.ts';
import { finishSystem, systemEntries } from './system.ts';

/** Juniper Junos OS and Junos OS Evolved, in braces or as `display set`. */
export const junos: Dialect = {
  id: 'junos',
  title: 'Juniper Junos',
  containerlabKinds: [
    'juniper_crpd',
    'crpd',
    'juniper_vmx',
    'vr-vmx',
    'juniper_vqfx',
    'vr-vqfx',
    'juniper_vsrx',
    'vr-vsrx',
    'juniper_vjunosrouter',
    'juniper_vjunosswitch',
    'juniper_vjunosevolved',
    'juniper_cjunosevolved',
  ],
  read: readJunos,
  inherit: inheritGroups,
  commands: table([...systemEntries, interfaces, ...routing, policyOptions, firewall]),
  matching: { abbreviations: false, inlineModes: true, ...interfaceLanguage('junos') },
  behaviour,
  recognise: recogniser([
    {
      sign: /^set (?:groups \S+ )?(system|interfaces|protocols|policy-options|routing-options|version|chassis|routing-instances) /m,
      weight: 15,
    },
    { sign: /^(system|interfaces|protocols|policy-options|routing-options|groups|chassis) \{/m, weight: 15 },
    { sign: /^## Last (commit|changed)/m, weight: 8 },
  ]),
  finish: (device) => {
    applyStaticDefaults(device);
    finishRibGroups(device);
    finishBgp(device);
    finishSystem(device);
  },
};
