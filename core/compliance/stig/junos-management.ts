import type { Benchmark } from './benchmark.ts';

/** Management of Juniper Junos. */
export const junosManagement: Benchmark = {
  title: 'Juniper Router NDM STIG',
  version: 'V3R2',
  release: '30 Jan 2025',
  dialects: ['junos'],
  rulesInAll: 49,
  rules: [
    ['JUNI-ND-000010', 'medium', 'session-limit'],
    ['JUNI-ND-000150', 'medium', 'login-attempts'],
    ['JUNI-ND-000160', 'medium', 'consent-banner'],
    ['JUNI-ND-000330', 'medium', 'commands-logged'],
    ['JUNI-ND-000470', 'high', 'unsafe-services'],
    ['JUNI-ND-000490', 'medium', 'one-local-account'],
    ['JUNI-ND-000550', 'medium', 'password-length'],
    ['JUNI-ND-000710', 'high', 'idle-timeout-5'],
    ['JUNI-ND-000970', 'medium', 'log-storage'],
    ['JUNI-ND-001020', 'medium', 'time-servers'],
    ['JUNI-ND-001140', 'medium', 'time-authenticated'],
    ['JUNI-ND-001190', 'high', 'ssh-macs'],
    ['JUNI-ND-001200', 'high', 'ssh-ciphers'],
    ['JUNI-ND-001250', 'medium', 'logins-logged'],
    ['JUNI-ND-001300', 'medium', 'log-server'],
    ['JUNI-ND-001360', 'high', 'two-authentication-servers'],
    ['JUNI-ND-001440', 'high', 'log-servers'],
  ],
};
