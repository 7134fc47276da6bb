import { table } from '../../command-table.ts';
import type { Dialect } from '../../dialect.ts';
import { readIndented } from '../../readers/indented.ts';
import { eofBanner, eofCode } from '../../readers/multi-line.ts';
import { recogniser } from '../../recognise.ts';
import { eosAccessLists } from '../shared/acl.ts';
import { frame, interfaceLanguage } from '../shared/frame.ts';
import { eosLists } from '../shared/lists.ts';
import { prefixLists } from '../shared/prefix-lists.ts';
import { behaviour } from './behaviour.ts';
import { eosManagement } from './management.ts';
import { eosRouteMap } from './route-map.ts';
import { eosRouting, finishEos } from './routing.ts';

/** Arista EOS (vEOS, cEOS and hardware). */
export const eos: Dialect = {
  id: 'eos',
  title: 'Arista EOS',
  containerlabKinds: ['ceos', 'arista_ceos', 'veos', 'vr-veos', 'arista_veos', 'vr-arista_veos'],
  read: (text, before) =>
    readIndented(text, { comments: '!#', quotes: false, multiLine: [eofBanner, eofCode] }, before),
  commands: table([
    ...frame,
    ...eosRouting,
    ...eosManagement,
    eosRouteMap,
    ...prefixLists(10),
    ...eosLists,
    ...eosAccessLists,
  ]),
  matching: { abbreviations: true, negation: 'no', inlineModes: false, ...interfaceLanguage('eos') },
  behaviour,
  finish: finishEos,
  recognise: recogniser([
    { sign: /^! device: .*EOS/m, weight: 15 },
    { sign: /^service routing protocols model/m, weight: 12 },
    { sign: /^transceiver qsfp default-mode/m, weight: 8 },
    { sign: /^management (api|ssh|console|security|telnet|cvx)/m, weight: 6 },
    { sign: /^vrf instance /m, weight: 6 },
    { sign: /^daemon \S+$/m, weight: 5 },
    { sign: /^no aaa root$/m, weight: 6 },
    { sign: /^username \S+ .*secret sha512 /m, weight: 6 },
    { sign: /^interface (Management\d|Vxlan1|Port-Channel\d)/m, weight: 4 },
    { sign: /^interface Ethernet\d+(\/\d+){0,2}$/m, weight: 2 },
    { sign: /^(mlag configuration|router l2-vpn|peer-filter|router general|queue-monitor)/m, weight: 5 },
    { sign: /^ {3}(no )?switchport/m, weight: 3 },
    { sign: /^ {3}ip address \S+\/\d+/m, weight: 3 },
    { sign: /^ {3}(neighbor|description|network|redistribute) /m, weight: 2 },
    { sign: /^(no )?ip routing/m, weight: 1 },
    { sign: /^banner (login|motd)$/m, weight: 4 },
  ]),
};
