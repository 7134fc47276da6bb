import { describe, expect, it } from 'vitest';
import { observe } from '../../fixtures/text-lab.ts';
import { readNet } from './circuits.ts';

const ISIS = ['isis-l1', 'isis-l2'];

interface RouterText {
  readonly net: string;
  /** `eth1 10.0.12.1/24` and more lines of the interface, separated by semicolons. */
  readonly interfaces: readonly string[];
  readonly process?: string;
}

const router = (name: string, { net, interfaces, process = '' }: RouterText): string => `
//- ${name} frr
${interfaces
  .map((text) => {
    const [head = '', ...lines] = text.split(';');
    const [port = '', address = ''] = head.split(' ');
    return `interface ${port}\n ip address ${address}\n ip router isis X\n${lines.map((line) => ` ${line}\n`).join('')}`;
  })
  .join('')}router isis X
 net ${net}
${process}
`;

/** r1 and r2 of area 1, r3 of area 2; r1 has level 1 alone, r3 level 2 alone. */
const row = (extra: { readonly r1?: string; readonly r2?: string; readonly r3?: string } = {}): string => `
//- link r1:eth1 r2:eth1
//- link r2:eth2 r3:eth1
${router('r1', {
  net: '49.0001.0000.0000.0001.00',
  interfaces: ['lo 192.0.2.1/32', 'eth1 10.0.12.1/24'],
  process: ` is-type level-1\n${extra.r1 ?? ''}`,
})}${router('r2', {
  net: '49.0001.0000.0000.0002.00',
  interfaces: ['eth1 10.0.12.2/24;isis metric 25', 'eth2 10.0.23.2/24;isis network point-to-point'],
  process: extra.r2 ?? '',
})}${router('r3', {
  net: '49.0002.0000.0000.0003.00',
  interfaces: ['lo 192.0.2.3/32', 'eth1 10.0.23.3/24;isis network point-to-point'],
  process: ` is-type level-2-only\n${extra.r3 ?? ''}`,
})}`;

/** The same lab on a system that passes routes up; its words for the same things. */
const eos = (text: string): string =>
  text
    .replace(/^(\/\/- r\d) frr$/gm, '$1 eos\nip routing')
    .replaceAll(/\beth(\d)/g, 'Ethernet$1')
    .replaceAll(/^(interface Ethernet\d)$/gm, '$1\n no switchport')
    .replaceAll('interface lo\n', 'interface Loopback0\n')
    .replaceAll('ip router isis X', 'isis enable X')
    .replaceAll('level-2-only', 'level-2');

describe('IS-IS levels', () => {
  it('pass what level 1 reaches up into level 2, and a default route down', () => {
    const lab = observe(eos(row()));
    expect(lab.routes('r3', ISIS)).toEqual([
      '10.0.12.0/24 isis-l2 115/35 10.0.23.2@Ethernet1',
      '192.0.2.1/32 isis-l2 115/45 10.0.23.2@Ethernet1',
    ]);
    // r1 knows nothing of area 2; r2 says by its attached bit that it does.
    expect(lab.routes('r1', ISIS)).toContain('0.0.0.0/0 isis-l1 115/10 10.0.12.2@Ethernet1');
    expect(lab.routes('r1', ISIS).some((route) => route.startsWith('192.0.2.3'))).toBe(false);
  });

  it('are leaked down on request, with what a policy permits', () => {
    const leak = ` redistribute isis level-2 into level-1 route-map LEAK
route-map LEAK permit 10
 match ip address prefix-list ONE
ip prefix-list ONE permit 192.0.2.3/32`;
    const text = row({ r2: leak });
    expect(observe(text).routes('r1', ISIS)).toContain('192.0.2.3/32 isis-l1 115/30 10.0.12.2@eth1');
  });

  it('take redistributed routes where the line says', () => {
    const lab = observe(row({ r1: ' redistribute ipv4 static level-1 metric 7\nip route 172.16.0.0/16 Null0' }));
    expect(lab.routes('r2', ISIS)).toContain('172.16.0.0/16 isis-l1 115/32 10.0.12.1@eth1');
    // isisd passes nothing up into level 2.
    expect(lab.routes('r3', ISIS)).toEqual(['10.0.12.0/24 isis-l2 115/35 10.0.23.2@eth1']);
  });

  it('announce a default route only with one in the table, unless always', () => {
    const origin = (more: string) =>
      observe(row({ r3: ` default-information originate ipv4 level-2${more}` })).routes('r2', ISIS);
    expect(origin('').some((route) => route.startsWith('0.0.0.0/0'))).toBe(false);
    expect(origin(' always')).toContain('0.0.0.0/0 isis-l2 115/10 10.0.23.3@eth2');
  });

  it('fold what enters level 2 into a summary', () => {
    const lab = observe(eos(row({ r2: ' summary-address 192.0.0.0/16 level-2' })));
    expect(lab.routes('r3', ISIS)).toContain('192.0.0.0/16 isis-l2 115/45 10.0.23.2@Ethernet1');
    expect(lab.routes('r3', ISIS).some((route) => route.startsWith('192.0.2.1'))).toBe(false);
  });
});

describe('an overloaded router', () => {
  it('is reached and not passed', () => {
    const lab = observe(row({ r2: ' set-overload-bit' }));
    expect(lab.routes('r3', ISIS)).toContain('10.0.12.0/24 isis-l2 115/35 10.0.23.2@eth1');
    const flat = (overload: string) =>
      observe(
        row({ r2: ` is-type level-2-only\n${overload}` }).replaceAll('is-type level-1', 'is-type level-2-only'),
      ).routes('r3', ISIS);
    expect(flat('')).toContain('192.0.2.1/32 isis-l2 115/45 10.0.23.2@eth1');
    expect(flat(' set-overload-bit')).toEqual(['10.0.12.0/24 isis-l2 115/35 10.0.23.2@eth1']);
  });
});

describe('an IS-IS adjacency', () => {
  const reasons = (text: string) =>
    observe(text).state.adjacencies.map(
      ({ node, peerNode, state, detail }) => `${node} ${peerNode} ${state}: ${detail}`,
    );

  it('says its levels', () => {
    expect(reasons(row())).toEqual([
      'r1 r2 up: level 1',
      'r2 r1 up: level 1',
      'r2 r3 up: level 2',
      'r3 r2 up: level 2',
    ]);
  });

  it('needs one area at level 1, a common level, one network type and two system ids', () => {
    expect(reasons(row().replace('49.0001.0000.0000.0001', '49.0009.0000.0000.0001'))[0]).toBe(
      'r1 r2 down: areas differ at level 1: 490009 on r1, 490001 on r2',
    );
    expect(reasons(row({ r2: ' is-type level-2-only' }))[0]).toBe(
      'r1 r2 down: no common level: 1 on r1 eth1, 2 on r2 eth1',
    );
    expect(reasons(row().replace('isis metric 25', 'isis network point-to-point'))[0]).toMatch(/network types differ/);
    expect(reasons(row().replace('0000.0002.00', '0000.0001.00'))[0]).toMatch(/both r1 and r2 have the system id/);
  });

  it('carries nothing between narrow and wide metrics', () => {
    const lab = observe(row({ r1: ' metric-style narrow' }));
    expect(lab.routes('r1', ISIS)).toEqual([]);
  });
});

describe('a network entity title', () => {
  it('ends with the system id and the selector', () => {
    expect(readNet('49.0001.1921.6800.1001.00')).toEqual({ area: '490001', systemId: '192168001001' });
    expect(readNet('49.0001')).toBeUndefined();
  });
});

describe('The attached bit', () => {
  const defaults = (text: string) =>
    observe(
      eos(row({}))
        .replace(/is-type level-1\n/, `is-type level-1\n${text.includes('ignore') ? ` ${text}\n` : ''}`)
        .replace(/( net 49\.0001\.0000\.0000\.0002\.00\n)/, `$1${text.includes('send') ? ` ${text}\n` : ''}`),
    )
      .routes('r1', ISIS)
      .filter((route) => route.startsWith('0.0.0.0/0'));

  it('leads to a default route, unless it is ignored or not sent', () => {
    expect(defaults('')).toHaveLength(1);
    expect(defaults('ignore-attached-bit')).toEqual([]);
    expect(defaults('attached-bit send never-set')).toEqual([]);
  });
});
