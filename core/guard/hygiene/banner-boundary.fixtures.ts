import type { Fixtures } from '../testing.ts';

export const fixtures: Fixtures = {
  fires: {
    'the delimiter inside the text ends the banner early': `
//- r1.cfg ios
hostname r1
banner motd #
Ticket #
       ^ [P0] The banner ends here, and the device executes the 2 lines
no aaa new-model
username eve privilege 15 secret 0 x
#
`,
    'text behind the closing delimiter': `
//- r1.cfg ios
hostname r1
banner motd #Welcome# no aaa new-model
                     ^^^^^^^^^^^^^^^^^ ignores what stands behind
`,
    'a banner that is never closed': `
//- r1.cfg eos
hostname r1
banner motd
^^^^^^^^^^^ not closed
Welcome
no router bgp 65001
`,
  },
  silent: {
    'a banner on IOS': `\n//- r1.cfg ios\nhostname r1\nbanner motd ^C\nno aaa new-model is what you must not type\n^C\nip routing\n`,
    'a banner on EOS': `\n//- r1.cfg eos\nhostname r1\nbanner login\nreload\nEOF\nip routing\n`,
  },
};
