import type { Fixtures } from '../testing.ts';

export const fixtures: Fixtures = {
  fires: {
    'an escape sequence that hides a line on a terminal': `
//- r1.cfg eos
hostname r1
no aaa root \u001B[1A\u001B[2K
            ^ [P0] ESC
//- r1.cfg fixed
hostname r1
no aaa root [1A[2K
`,
    'a NUL byte': `\n//- r1.cfg ios\nhostname r1\u0000\n           ^ NUL\n`,
    'a carriage return alone hides the line in front of it': `
//- r1.cfg frr
hostname r1
no router bgp 65001\rip forwarding
^^^^^^^^^^^^^ carriage return without a line feed
`,
  },
  silent: {
    'tabs and CR LF line ends': `\n//- r1.cfg ios\nhostname r1\r\ninterface Loopback0\r\n\tdescription a\r\n`,
    'the Ctrl-C that IOS stores around a banner': `\n//- r1.cfg ios\nhostname r1\nbanner motd \u0003\nWelcome\n\u0003\n`,
  },
};
