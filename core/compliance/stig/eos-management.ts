import type { Benchmark } from './benchmark.ts';

/** Management of Arista EOS. */
export const eosManagement: Benchmark = {
  title: 'Arista MLS EOS 4.X NDM STIG',
  version: 'V2R2',
  release: '02 Apr 2025',
  dialects: ['eos'],
  rulesInAll: 21,
  rules: [
    ['ARST-ND-000010', 'medium', 'session-limit'],
    ['ARST-ND-000110', 'medium', 'management-access-list'],
    ['ARST-ND-000120', 'medium', 'login-attempts'],
    ['ARST-ND-000130', 'medium', 'consent-banner'],
    ['ARST-ND-000340', 'high', 'unsafe-services'],
    ['ARST-ND-000350', 'medium', 'one-local-account'],
    ['ARST-ND-000380', 'medium', 'password-length'],
    ['ARST-ND-000490', 'high', 'idle-timeout-10'],
    ['ARST-ND-000600', 'medium', 'time-authenticated'],
    ['ARST-ND-000660', 'medium', 'snmp-authenticated'],
    ['ARST-ND-000690', 'high', 'ssh-macs'],
    ['ARST-ND-000700', 'high', 'ssh-ciphers'],
    ['ARST-ND-000810', 'high', 'authentication-server'],
    ['ARST-ND-000850', 'high', 'log-server'],
  ],
};
