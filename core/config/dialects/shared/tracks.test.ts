import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../parse.ts';

describe('tracked objects', () => {
  it('IOS: interfaces, routes, probes, lists', () => {
    const { tracks, notModelled } = parseConfig({
      text: `track 1 interface Gi0/1 line-protocol
 delay down 5 up 5
track 2 ip route 10.0.0.0 255.0.0.0 reachability
track 3 ip sla 7 reachability
track 4 list boolean and
track 5 interface Gi0/2 line-protocol
no track 5
`,
      file: 'r1.cfg',
      node: 'r1',
      dialect: 'ios',
    }).device;
    expect([...tracks.values()].map(({ id, kind, target }) => [id, kind, target])).toEqual([
      ['1', 'interface', 'GigabitEthernet0/1'],
      ['2', 'route', '10.0.0.0/8'],
      ['3', 'sla', '7'],
      ['4', 'list', 'boolean and'],
    ]);
    expect(notModelled).toEqual([]);
  });

  it('EOS: by name', () => {
    const { tracks } = parseConfig({
      text: 'track UPLINK interface Et1 line-protocol\n',
      file: 'r1.cfg',
      node: 'r1',
      dialect: 'eos',
    }).device;
    expect(tracks.get('UPLINK')).toMatchObject({ kind: 'interface', target: 'Ethernet1' });
  });
});
