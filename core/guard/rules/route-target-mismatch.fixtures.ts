import type { Fixtures } from '../testing.ts';

const pe = (
  name: string,
  rd: string,
  exported: string,
  imported: string,
  marks: readonly [string, string] = ['', ''],
) =>
  `hostname ${name}
vrf definition RED
 rd ${rd}
 address-family ipv4
  route-target export ${exported}
${marks[0]}  route-target import ${imported}
${marks[1]}`;

export const fixtures: Fixtures = {
  fires: {
    'a slip in a target': `
//- pe1.cfg ios
${pe('pe1', '65001:1', '65001:100', '65001:100', [
  '                      ^^^^^^^^^ [P1] the route target 65001:100 of VRF RED is imported nowhere\n',
  '',
]).replace('import 65001:100', 'import 65001:101')}
//- pe2.cfg ios
${pe('pe2', '65001:2', '65001:101', '65001:101')}`,
    'one route distinguisher for two': `
//- pe1.cfg ios
vrf definition RED
 rd 65001:1
    ^^^^^^^ [P1] the route distinguisher 65001:1 of VRF RED is also that of BLUE
vrf definition BLUE
 rd 65001:1
    ^^^^^^^ [P1] of VRF BLUE is also that of RED
`,
  },
  silent: {
    'both sides agree': `
//- pe1.cfg ios
${pe('pe1', '65001:1', '65001:100', '65001:100')}
//- pe2.cfg ios
${pe('pe2', '65001:2', '65001:100', '65001:100')}`,
    'the partner is outside of the lab': `
//- pe1.cfg ios
${pe('pe1', '65001:1', '65001:100', '65001:200')}
//- r2.cfg ios
hostname r2
`,
  },
};
