import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../parse.ts';

const read = (text: string) => parseConfig({ text, file: 'r1.cfg', node: 'r1', dialect: 'junos' }).device;
const mtu = (text: string, name: string) => read(text).interfaces.get(name)?.mtu?.value;

describe('Junos configuration groups', () => {
  it('are in effect where they are applied', () => {
    const group = 'set groups G routing-options router-id 9.9.9.9\n';
    expect(read(group).routerId).toBeUndefined();
    expect(read(`${group}set apply-groups G`).routerId?.value).toBe('9.9.9.9');
  });

  it('are overridden by what stands in the configuration, and by groups that are named before', () => {
    const groups = 'set groups A routing-options router-id 1.1.1.1\nset groups B routing-options router-id 2.2.2.2\n';
    expect(read(`${groups}set apply-groups [ A B ]`).routerId?.value).toBe('1.1.1.1');
    expect(read(`${groups}set apply-groups A\nset routing-options router-id 3.3.3.3`).routerId?.value).toBe('3.3.3.3');
  });

  it('fill in their wildcards with what there is', () => {
    const text = `groups { JUMBO { interfaces { <ge-*> { mtu 9000; } } } }
apply-groups JUMBO;
interfaces {
    ge-0/0/0 { unit 0 { family inet { address 10.0.0.1/24; } } }
    xe-0/0/0 { unit 0 { family inet { address 10.0.1.1/24; } } }
}`;
    expect([mtu(text, 'ge-0/0/0'), mtu(text, 'xe-0/0/0')]).toEqual([9000, undefined]);
  });

  it('may be applied and refused further in', () => {
    const text = `set groups JUMBO interfaces <*> mtu 9000
set interfaces ge-0/0/0 description a
set interfaces ge-0/0/1 description b
`;
    const inner = `${text}set interfaces ge-0/0/1 apply-groups JUMBO`;
    expect([mtu(inner, 'ge-0/0/0'), mtu(inner, 'ge-0/0/1')]).toEqual([undefined, 9000]);
    const except = `${text}set apply-groups JUMBO\nset interfaces ge-0/0/1 apply-groups-except JUMBO`;
    expect([mtu(except, 'ge-0/0/0'), mtu(except, 'ge-0/0/1')]).toEqual([9000, undefined]);
  });

  it('that are not understood are listed once they are applied', () => {
    const group = 'set groups G routing-options frobnicate\n';
    expect(read(group).notModelled).toEqual([]);
    expect(read(`${group}set apply-groups G`).notModelled.map(({ text }) => text)).toEqual([
      'routing-options / frobnicate',
    ]);
  });
});
