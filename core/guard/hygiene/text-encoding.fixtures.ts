import type { Fixtures } from '../testing.ts';

export const fixtures: Fixtures = {
  fires: {
    'bytes of another encoding': `
//- r1.cfg eos
hostname r1
interface Ethernet1
   description B\uFFFDro
                ^ [P0] not UTF-8
`,
  },
  silent: { 'UTF-8 beyond ASCII': `\n//- r1.cfg eos\nhostname r1\ninterface Ethernet1\n   description Büro\n` },
};
