import { table } from '../../command-table.ts';
import type { Dialect } from '../../dialect.ts';
import { readIndented } from '../../readers/indented.ts';
import { certificate, delimitedBanner, macro } from '../../readers/multi-line.ts';
import { recogniser } from '../../recognise.ts';
import { iosAccessLists } from '../shared/acl.ts';
import { frame, interfaceLanguage } from '../shared/frame.ts';
import { iosLists } from '../shared/lists.ts';
import { prefixLists } from '../shared/prefix-lists.ts';
import { behaviour } from './behaviour.ts';
import { iosManagement } from './management.ts';
import { iosRouteMap } from './route-map.ts';
import { finishIos, iosRouting } from './routing.ts';

/** Cisco IOS and IOS-XE. */
export const ios: Dialect = {
  id: 'ios',
  title: 'Cisco IOS / IOS-XE',
  containerlabKinds: [
    'cisco_iol',
    'cisco_vios',
    'cisco_viosl2',
    'cisco_c8000v',
    'vr-c8000v',
    'cisco_csr1000v',
    'vr-csr',
    'vr-cisco_csr1000v',
    'cisco_cat9kv',
    'vr-cat9kv',
    'cisco_csr',
  ],
  read: (text, before) =>
    readIndented(text, { comments: '!#', quotes: false, multiLine: [delimitedBanner, certificate, macro] }, before),
  commands: table([
    ...frame,
    ...iosRouting,
    ...iosManagement,
    iosRouteMap,
    ...prefixLists(5),
    ...iosLists,
    ...iosAccessLists,
  ]),
  matching: { abbreviations: true, negation: 'no', inlineModes: false, ...interfaceLanguage('ios') },
  behaviour,
  finish: finishIos,
  recognise: recogniser([
    { sign: /^version 1\d\.\d/m, weight: 8 },
    { sign: /^Building configuration\.\.\./m, weight: 4 },
    { sign: /^Current configuration ?: \d+ bytes/m, weight: 6 },
    { sign: /^service timestamps (debug|log)/m, weight: 4 },
    { sign: /^boot-start-marker/m, weight: 8 },
    { sign: /^(no )?ip cef$/m, weight: 4 },
    { sign: /^interface (Fast|Gigabit|Ten|TwentyFive|Forty|Hundred)\w*(Ethernet|GigE)\d/m, weight: 4 },
    { sign: /^interface (Ethernet\d+\/\d+|Serial\d)/m, weight: 1 },
    { sign: /^ +ip address \d+(\.\d+){3} 255\./m, weight: 4 },
    { sign: /^line con 0/m, weight: 5 },
    { sign: /^line vty \d/m, weight: 4 },
    { sign: /^ip forward-protocol nd/m, weight: 5 },
    { sign: /^(vrf definition|ip vrf) /m, weight: 3 },
    { sign: /^license udi/m, weight: 4 },
    { sign: /^no ip http (secure-)?server/m, weight: 4 },
    { sign: /^control-plane$/m, weight: 3 },
    { sign: /^(no )?aaa new-model$/m, weight: 4 },
    { sign: /^enable secret /m, weight: 3 },
    { sign: /^ +network \d+(\.\d+){3} mask /m, weight: 3 },
  ]),
};
