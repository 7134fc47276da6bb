import { type Entry, modesOf, rowsOf, table } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { Dialect } from '../../dialect.ts';
import { recogniser } from '../../recognise.ts';
import { GLOBAL } from '../shared/drafts.ts';
import { leaveTransitOpen } from '../shared/firewall.ts';
import { interfaceLanguage } from '../shared/frame.ts';
import { behaviour } from './behaviour.ts';
import { finishBgp } from './bgp.ts';
import { dropEmpty, interfaces } from './interfaces.ts';
import { routedInterfaces, routersOf } from './notes.ts';
import { finishOspf } from './ospf.ts';
import { readPanos } from './read.ts';
import { redistributionOf } from './rules.ts';
import { finishStatics, virtualRouter } from './virtual-router.ts';

const row = rowsOf<DeviceDraft>();
const mode = modesOf<DeviceDraft>();

/** Interfaces with addresses that no virtual router has route nothing: they stand in a table of their own. */
export const UNROUTED = 'no virtual router';

const device: Entry = mode('deviceconfig', { doc: 'The firewall itself.', enter: (draft) => draft }, [
  mode('system', { doc: 'The firewall itself.', enter: (draft) => draft, effect: 'none' }, [
    row('hostname <name:word>', {
      doc: 'Name of the firewall.',
      effect: 'none',
      apply: (draft, { name }) => {
        draft.hostname = name;
      },
    }),
    row('<what:word> [<rest:rest>]', { doc: 'A setting of management.', effect: 'none' }),
  ]),
  row('<what:word> [<rest:rest>]', { doc: 'A setting of management.', effect: 'none' }),
]);

const network: Entry = mode('network', { doc: 'Interfaces and routing.', enter: (draft) => draft }, [
  interfaces,
  virtualRouter,
  row('<what:profiles|ike|qos|dhcp|lldp|shared-gateway|dns-proxy|global-protect-gateway> [<rest:rest>]', {
    doc: 'Does not change routes.',
    effect: 'none',
  }),
]);

const zone: Entry = row('zone <name:word> [<rest:rest>]', {
  doc: 'A zone: interfaces between which the rules of security are alike. It changes no route.',
  effect: 'none',
});

/** Objects, users and reports: nothing of them changes routes; rules of security are kept and not evaluated. */
const objects: readonly Entry[] = [
  zone,
  row(
    '<what:mgt-config|application|application-group|application-filter|service|service-group|schedule|address|address-group|tag|profiles|profile-group|reports|report-group|pdf-summary-report|email-scheduler|authentication-profile|log-settings|ssl-tls-service-profile|certificate|botnet|external-list|custom-url-category|region|threats|import|content-preview|setting|display-name|redundancy-mode|server-profile|user-id-collector|response-page|plugins|local-user-database> [<rest:rest>]',
    { doc: 'Does not change routes.', effect: 'none' },
  ),
  row(
    'rulebase <kind:security|application-override|decryption|qos|dos|captive-portal|default-security-rules|authentication|tunnel-inspect> [<rest:rest>]',
    {
      doc: 'Rules on sessions. They are kept, and not evaluated.',
    },
  ),
  row('rulebase nat [<rest:rest>]', { doc: 'Address translation. It is kept, and not evaluated.' }),
  row('rulebase pbf [<rest:rest>]', { doc: 'Forwarding by policy. It is kept, and not evaluated.' }),
];

const inVsys: readonly Entry[] = [
  mode('vsys', { doc: 'Virtual systems.', enter: (draft) => draft }, [
    mode('<name:word>', { doc: 'A virtual system.', enter: (draft) => draft }, objects),
  ]),
  mode('shared', { doc: 'What all virtual systems share.', enter: (draft) => draft }, objects),
];

const inDevice: readonly Entry[] = [device, network, ...inVsys, ...objects];

const devices: Entry = mode('devices', { doc: 'Devices of the configuration.', enter: (draft) => draft }, [
  mode('<name:word>', { doc: 'A device.', enter: (draft) => draft }, inDevice),
]);

/** Palo Alto Networks PAN-OS firewalls with virtual routers: `set` lines, or braces. */
export const panos: Dialect = {
  id: 'panos',
  title: 'Palo Alto Networks PAN-OS',
  containerlabKinds: ['paloalto_panos', 'vr-pan', 'vr-paloalto_panos'],
  read: readPanos,
  commands: table([
    ...inDevice,
    devices,
    mode('config', { doc: 'The whole configuration.', enter: (draft) => draft }, [...inDevice, devices]),
  ]),
  matching: { abbreviations: false, inlineModes: true, ...interfaceLanguage('panos') },
  behaviour,
  recognise: recogniser([
    { sign: /^set (config devices \S+ )?deviceconfig system /m, weight: 20 },
    {
      sign: /^set (config devices \S+ )?network (virtual-router|interface (ethernet|loopback|aggregate-ethernet)) /m,
      weight: 20,
    },
    { sign: /^set (vsys \S+ )?(rulebase|zone \S+ network) /m, weight: 10 },
    { sign: /^\s*deviceconfig \{/m, weight: 20 },
    { sign: /^\s*(virtual-router|mgt-config) \{/m, weight: 10 },
    { sign: /<config version="[\d.]+"[^>]* urldb="paloaltonetworks"/, weight: 30 },
  ]),
  finish: (draft, tree) => {
    dropEmpty(draft);
    for (const router of routersOf(draft).values()) {
      finishStatics(router);
      finishBgp(router);
      finishOspf(router);
      const ospf = draft.ospf.find((process) => process.vrf === router.vrf && process.id === router.name);
      ospf?.redistribute.push(...redistributionOf(router, router.ospf.exports, 'ospf'));
    }
    const routed = routedInterfaces(draft);
    for (const port of draft.interfaces.values())
      if (port.addresses.length > 0 && !routed.has(port.name) && (port.vrf?.value ?? GLOBAL) === GLOBAL)
        port.vrf = { value: UNROUTED, span: port.span };
    leaveTransitOpen(draft, tree.statements[0]?.span ?? { line: 0, start: 0, end: 0 });
  },
};
