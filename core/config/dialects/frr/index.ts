import { table } from '../../command-table.ts';
import type { Dialect } from '../../dialect.ts';
import { readIndented } from '../../readers/indented.ts';
import { recogniser } from '../../recognise.ts';
import { frrAccessLists } from '../shared/acl.ts';
import { frame, interfaceLanguage } from '../shared/frame.ts';
import { frrLists } from '../shared/lists.ts';
import { prefixLists } from '../shared/prefix-lists.ts';
import { readConfigDb } from '../sonic/config-db.ts';
import { behaviour } from './behaviour.ts';
import { frrManagement } from './management.ts';
import { frrRouteMap } from './route-map.ts';
import { finishFrr, frrRouting } from './routing.ts';

/** FRRouting's integrated configuration (frr.conf), also as used by Cumulus Linux and SONiC. */
export const frr: Dialect = {
  id: 'frr',
  title: 'FRRouting',
  containerlabKinds: ['frr', 'sonic-vs', 'cumulus_cvx', 'cvx'],
  read: (text, before) => readIndented(text, { comments: '!#', quotes: false, multiLine: [] }, before),
  commands: table([
    ...frame,
    ...frrRouting,
    ...frrManagement,
    frrRouteMap,
    ...prefixLists(5),
    ...frrLists,
    ...frrAccessLists,
  ]),
  matching: { abbreviations: true, negation: 'no', inlineModes: false, ...interfaceLanguage('frr') },
  behaviour,
  companion: readConfigDb,
  finish: finishFrr,
  recognise: recogniser([
    { sign: /^frr (version|defaults) /m, weight: 15 },
    { sign: /^service integrated-vtysh-config/m, weight: 10 },
    { sign: /^router bgp \d+ (vrf|view) /m, weight: 6 },
    { sign: /^bgp (as-path access-list|community-list|large-community-list|extcommunity-list) /m, weight: 6 },
    { sign: /^ +(no )?bgp ebgp-requires-policy/m, weight: 6 },
    { sign: /^ +neighbor \S+ interface( remote-as| peer-group| v6only)?/m, weight: 4 },
    { sign: /^interface (eth\d|ens\d|enp\d|swp\d|lo$|PortChannel\d|dum\d|vrf)/m, weight: 4 },
    { sign: /^(no )?(ip|ipv6) forwarding$/m, weight: 4 },
    { sign: /^log (syslog|file|stdout|timestamp)/m, weight: 5 },
    { sign: /^line vty$/m, weight: 4 },
    { sign: /^exit-vrf$/m, weight: 4 },
    { sign: /^password zebra$/m, weight: 6 },
    { sign: /^(ip|ipv6) prefix-list \S+ (seq \d+ )?(permit|deny) \S+\/\d/m, weight: 1 },
    { sign: /^router (bgp|ospf|isis)/m, weight: 1 },
  ]),
};
