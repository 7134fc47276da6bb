import type { Fixtures } from '../testing.ts';

export const fixtures: Fixtures = {
  fires: {
    'a zero-width space in a route-map name': `
//- r1.cfg eos
hostname r1
route-map OUT\u200B permit 10
             ^ [P0] U+200B ZERO WIDTH SPACE
//- r1.cfg fixed
hostname r1
route-map OUT permit 10
`,
    'tag characters, which no font shows': `
//- r1.cfg ios
hostname r1
username ops\u{E0041} privilege 15
            ^^ U+E0041
`,
  },
  silent: {
    'a picture in a comment': `\n//- r1.cfg eos\nhostname r1\n! \u26A0\uFE0F do not touch\n`,
    'plain text': `\n//- r1.cfg eos\nhostname r1\nroute-map OUT permit 10\n`,
  },
};
