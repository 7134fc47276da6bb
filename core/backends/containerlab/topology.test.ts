import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { textLab } from '../../network/fixtures/text-lab.ts';
import type { Snapshot } from '../../network/snapshot.ts';
import { planLab } from './topology.ts';

const lab = (kinds: Readonly<Record<string, { kind: string; image?: string }>>, links: string): Snapshot => {
  const dialects: Readonly<Record<string, string>> = { linux: 'frr', arista_ceos: 'eos', nokia_srlinux: 'srlinux' };
  const text = Object.entries(kinds).map(
    ([name, { kind }]) => `//- ${name} ${dialects[kind] ?? 'ios'}\nhostname ${name}\n`,
  );
  const snapshot = textLab(`${text.join('')}${links}`);
  const nodes = [...snapshot.nodes].map(([name, node]) => [name, { ...node, ...kinds[name] }] as const);
  return { ...snapshot, nodes: new Map(nodes) };
};
const options = { lab: 'aegis-twin-0a0b', managementSubnet: '172.31.7.0/24' };
const two = lab(
  { r1: { kind: 'linux', image: 'frr-deb:8.4.4' }, r2: { kind: 'arista_ceos', image: 'ceos:4.32.0F' } },
  '//- link r1:eth1 r2:Ethernet1\n',
);

describe('the topology of a twin', () => {
  it('is made from names, kinds, images and links, with nothing of the host', () => {
    const { topology, files } = planLab(two, options);
    expect(parse(topology)).toEqual({
      name: 'aegis-twin-0a0b',
      prefix: '__lab-name',
      mgmt: { network: 'aegis-twin-0a0b', 'ipv4-subnet': '172.31.7.0/24', 'external-access': false },
      topology: {
        nodes: {
          r1: {
            kind: 'linux',
            image: 'frr-deb:8.4.4',
            'image-pull-policy': 'Never',
            binds: ['r1.frr.conf:/etc/frr/frr.conf', 'r1.vtysh.conf:/etc/frr/vtysh.conf'],
          },
          r2: {
            kind: 'arista_ceos',
            image: 'ceos:4.32.0F',
            'image-pull-policy': 'Never',
            'startup-config': 'r2.cfg',
            'enforce-startup-config': true,
          },
        },
        links: [{ endpoints: ['r1:eth1', 'r2:eth1'] }],
      },
    });
    expect([...files.keys()].sort()).toEqual(['r1.frr.conf', 'r1.vtysh.conf', 'r2.cfg']);
  });

  it.each([
    ['a device without an image', lab({ r1: { kind: 'linux' } }, ''), 'r1 names no image'],
    [
      'an image that is an option',
      lab({ r1: { kind: 'linux', image: '--privileged' } }, ''),
      'is not the name of an image',
    ],
    [
      'a kind whose state nobody reads',
      lab({ r1: { kind: 'vyos', image: 'vyos:1' } }, ''),
      'does not know how to read',
    ],
    [
      'a port that has no name there',
      lab(
        { r1: { kind: 'linux', image: 'frr:1' }, r2: { kind: 'linux', image: 'frr:1' } },
        '//- link r1:Tunnel1 r2:eth1\n',
      ),
      'r1: the interface Tunnel1 has no name that containerlab knows',
    ],
  ])('is refused for %s', (_, snapshot, message) => {
    expect(() => planLab(snapshot, options)).toThrow(message);
  });

  it.each(['../x', 'a b', '-rf', 'r$(id)', 'r1;reboot'])('is refused for a device called %s', (name) => {
    const node = { ...two.nodes.get('r1')!, name };
    expect(() => planLab({ ...two, nodes: new Map([[name, node]]), links: [] }, options)).toThrow(
      'cannot be a container',
    );
  });

  it('never takes another lab for its own', () => {
    expect(() => planLab(two, { ...options, lab: 'production' })).toThrow('is not a name of a twin');
  });
});
