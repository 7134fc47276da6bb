import { newPermitsApproved } from '../approved-services.ts';
import { framework } from '../framework.ts';
import { changeAndRollbackTested, changeDocumented, flowsUnchanged, impactAnalysed } from '../run-answers.ts';

/** PCI DSS v4.0.1 (June 2024), the requirements that a network configuration or its change has a part in. */
export const pciDss = framework('pci-dss', 'PCI DSS v4.0.1', [
  {
    id: '1.2.1',
    title: 'Rule sets of network controls follow a standard of the site',
    class: 'config-checked',
    topics: ['deny-by-default', 'denials-logged'],
  },
  {
    id: '1.2.2',
    title: 'Changes of connections and rule sets go through change control',
    class: 'process-attested',
    decide: changeDocumented,
  },
  {
    id: '1.2.5',
    title: 'Every allowed service, protocol and port is approved',
    class: 'process-attested',
    decide: newPermitsApproved,
  },
  { id: '1.2.6', title: 'Insecure services are mitigated', class: 'config-checked', topics: ['unsafe-services'] },
  {
    id: '1.2.8',
    title: 'Configuration files are secured and agree with what runs',
    class: 'post-deployment',
    untested: 'Whether the running configuration is the recorded one is asked when the change is promoted.',
  },
  {
    id: '1.3.1',
    title: 'Inbound traffic is limited to what is needed',
    class: 'config-checked',
    topics: ['ingress-filter', 'deny-by-default'],
    also: flowsUnchanged,
  },
  {
    id: '1.3.2',
    title: 'Outbound traffic is limited to what is needed',
    class: 'config-checked',
    topics: ['egress-filter'],
    also: flowsUnchanged,
  },
  {
    id: '1.4.1',
    title: 'Controls stand between trusted and untrusted networks',
    class: 'config-checked',
    topics: ['ingress-filter'],
  },
  {
    id: '1.4.2',
    title: 'Inbound traffic from untrusted networks is limited',
    class: 'config-checked',
    topics: ['deny-by-default'],
    also: flowsUnchanged,
  },
  {
    id: '1.4.3',
    title: 'Spoofed source addresses are blocked',
    class: 'config-checked',
    topics: ['anti-spoofing', 'bogon-sources'],
  },
  {
    id: '1.4.5',
    title: 'Internal addresses and routes are disclosed to nobody else',
    class: 'config-checked',
    topics: ['core-routes-out'],
  },
  { id: '2.2.2', title: 'Vendor default accounts are managed', class: 'config-checked', topics: ['one-local-account'] },
  {
    id: '2.2.4',
    title: 'Only needed services and functions are enabled',
    class: 'config-checked',
    topics: ['unsafe-services', 'unused-interfaces-shut'],
  },
  {
    id: '2.2.6',
    title: 'Security parameters prevent misuse',
    class: 'config-checked',
    topics: ['idle-timeout-10', 'login-attempts'],
  },
  {
    id: '2.2.7',
    title: 'Administrative access is encrypted',
    class: 'config-checked',
    topics: ['ssh-ciphers', 'ssh-macs'],
  },
  {
    id: '6.5.1',
    title: 'Changes are documented, tested and can be backed out',
    class: 'twin-tested',
    decide: changeAndRollbackTested,
  },
  {
    id: '6.5.2',
    title: 'After a significant change requirements are confirmed',
    class: 'post-deployment',
    untested: 'This is confirmed on the production network after the change.',
  },
  { id: '6.5.3', title: 'Test and production environments are separate', class: 'supports', decide: impactAnalysed },
  {
    id: '6.5.4',
    title: 'Roles for production and test are separate',
    class: 'process-attested',
    untested: 'Who wrote, approved and carried out the change is compared when it is promoted.',
  },
  {
    id: '8.3.1',
    title: 'Users are authenticated by a factor',
    class: 'out-of-scope',
    untested: 'This is about the factors of users, which no network configuration shows.',
  },
  {
    id: '8.3.2',
    title: 'Stored authentication data cannot be read',
    class: 'config-checked',
    topics: ['secrets-hashed'],
  },
  { id: '8.6.2', title: 'Passwords are not written into files', class: 'config-checked', topics: ['secrets-hashed'] },
  { id: '10.6.1', title: 'Clocks are synchronised', class: 'config-checked', topics: ['time-servers'] },
  {
    id: '10.6.2',
    title: 'Time comes from trusted sources',
    class: 'config-checked',
    topics: ['time-servers', 'time-authenticated'],
  },
  { id: '10.6.3', title: 'Time settings are protected', class: 'config-checked', topics: ['time-authenticated'] },
]);
