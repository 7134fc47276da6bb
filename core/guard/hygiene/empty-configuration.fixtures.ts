import type { Fixtures } from '../testing.ts';

export const fixtures: Fixtures = {
  fires: {
    'no byte at all': `\n//- r1.cfg eos\n^ [P0] The configuration is empty\n`,
    'comments only': `\n//- r1.cfg ios\n! Core router\n^^^^^^^^^^^^^ comments but no command\n!\nend\n`,
  },
  silent: { 'one command': `\n//- r1.cfg frr\n! Core router\nhostname r1\n` },
};
