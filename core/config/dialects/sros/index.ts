import { type Entry, modesOf, rowsOf, table } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { Dialect } from '../../dialect.ts';
import { readBraces } from '../../readers/braces.ts';
import { withWholePaths } from '../../readers/whole-paths.ts';
import { recogniser } from '../../recognise.ts';
import { interfaceLanguage } from '../shared/frame.ts';
import { behaviour } from './behaviour.ts';
import { finishBgp } from './bgp.ts';
import { finishIsis } from './igp.ts';
import { policyOptions } from './policy.ts';
import { autonomousSystems, confederations, routers } from './router.ts';

const row = rowsOf<DeviceDraft>();

const system: Entry = modesOf<DeviceDraft>()('system', { doc: 'The system itself.', enter: (device) => device }, [
  row('name <name:word>', {
    doc: 'Name of the router.',
    effect: 'none',
    apply: (device, { name }) => {
      device.hostname = name;
    },
  }),
  row('<what:word> [<rest:rest>]', { doc: 'A setting of the system that changes no route.', effect: 'none' }),
]);

const top: readonly Entry[] = [
  system,
  ...routers,
  policyOptions,
  row('filter [<rest:rest>]', { doc: 'Packet filters. They are kept, and not evaluated.' }),
  row(
    '<what:card|sfm|chassis|log|qos|persistent-indices|redundancy|sfm-power|eth-cfm|oam-pm|python|subscriber-mgmt|test-oam|connection-profile|multicast-management> [<rest:rest>]',
    {
      doc: 'Changes no route.',
      effect: 'none',
    },
  ),
];

/** Nokia SR OS in its model-driven form: `admin show configuration` of the MD-CLI in braces, or flat (`/configure ...`). */
export const sros: Dialect = {
  id: 'sros',
  title: 'Nokia SR OS',
  containerlabKinds: ['nokia_sros', 'vr-sros', 'vr-nokia_sros', 'nokia_srsim'],
  read: (text) => withWholePaths(readBraces(text, { terminator: 'line', lineComments: '#', blockComments: false })),
  commands: table([
    ...top,
    modesOf<DeviceDraft>()('configure', { doc: 'The configuration.', enter: (device) => device }, top),
  ]),
  matching: { abbreviations: false, inlineModes: true, ...interfaceLanguage('sros') },
  behaviour,
  recognise: recogniser([
    { sign: /^# TiMOS-/m, weight: 15 },
    { sign: /^\/?configure (\{|router|port|system|service|policy-options|card)/m, weight: 10 },
    { sign: /^configure$/m, weight: 3 },
    { sign: /^exit all$/m, weight: 8 },
  ]),
  finish: (device) => {
    finishBgp(device, autonomousSystems.get(device) ?? new Map());
    for (const process of device.bgp) {
      const confederation = confederations.get(device)?.get(process.vrf);
      if (confederation) process.options.confederation = confederation;
    }
    finishIsis(device);
  },
};
