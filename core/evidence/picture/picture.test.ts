import { describe, expect, it } from 'vitest';
import { placePicture, type Topology } from './layout.ts';
import { topologySvg } from './svg.ts';

const device = (name: string, more: Partial<Topology['devices'][number]> = {}): Topology['devices'][number] => ({
  ...{ name, system: 'frr', change: 'none', routes: { added: 0, removed: 0, changed: 0 } },
  ...more,
});
const link = (a: string, b: string): Topology['links'][number] => ({
  a: { device: a, port: 'eth1' },
  b: { device: b, port: 'eth2' },
});

const fabric: Topology = {
  status: 'drawn',
  devices: [
    device('leaf1', { change: 'configured', routes: { added: 1, removed: 3, changed: 0 } }),
    device('leaf2'),
    device('leaf3', { change: 'affected', routes: { added: 0, removed: 0, changed: 2 } }),
    device('spine1'),
    device('spine2'),
  ],
  links: ['leaf1', 'leaf2', 'leaf3'].flatMap((leaf) => [link(leaf, 'spine1'), link(leaf, 'spine2')]),
  sessions: [
    { a: 'leaf1', b: 'spine1', protocol: 'bgp', state: 'lost' },
    { a: 'leaf1', b: 'spine2', protocol: 'bgp', state: 'up' },
    { a: 'leaf2', b: 'leaf3', protocol: 'bgp', state: 'up' },
  ],
};

describe('the picture of a lab', () => {
  it('has spines to the left of leaves, and no two devices on one place', () => {
    const { devices, width, height } = placePicture(fabric);
    const at = (name: string) => devices.find((one) => one.device.name === name)!;
    for (const leaf of ['leaf1', 'leaf2', 'leaf3'])
      for (const spine of ['spine1', 'spine2']) expect(at(spine).x).toBeLessThan(at(leaf).x);
    for (const one of devices) {
      expect(one.x - one.width / 2).toBeGreaterThanOrEqual(0);
      expect(one.x + one.width / 2).toBeLessThanOrEqual(width);
      expect(one.y + one.height / 2).toBeLessThanOrEqual(height);
      for (const other of devices)
        if (other !== one)
          expect(
            Math.abs(one.x - other.x) >= (one.width + other.width) / 2 ||
              Math.abs(one.y - other.y) >= (one.height + other.height) / 2,
          ).toBe(true);
    }
  });

  it('says in words what happens to devices and sessions', () => {
    const { devices, lines } = placePicture(fabric);
    expect(devices.map(({ device: { name }, note }) => `${name}: ${note}`)).toEqual([
      'leaf1: changed, +1 −3 routes',
      'leaf2: ',
      'leaf3: affected, ~2 routes',
      'spine1: ',
      'spine2: ',
    ]);
    expect(lines.filter(({ label }) => label !== '').map(({ a, b, label }) => `${a} ${b} ${label}`)).toEqual([
      'leaf1 spine1 BGP LOST',
    ]);
    // A session over several hops that stays as it is would cover the links.
    expect(lines.some(({ a, b }) => a === 'leaf2' && b === 'leaf3')).toBe(false);
  });

  it('writes what happens to a session where it covers no device', () => {
    // The link passes by another device on its way over two columns, and leads steeply to its end.
    const long: Topology = {
      ...fabric,
      devices: ['hub', 'side', 'far', 'near'].map((name) => device(name)),
      links: [link('hub', 'side'), link('side', 'far'), link('hub', 'far'), link('hub', 'near')],
      sessions: [{ a: 'hub', b: 'far', protocol: 'bgp', state: 'lost' }],
    };
    const numbers = (text: string, names: readonly string[]) =>
      names.map((name) => Number(new RegExp(` ${name}="([-\\d.]+)"`).exec(text)?.[1]));
    const boxes = (svg: string, of: string) =>
      [...svg.matchAll(new RegExp(`<g class="${of}[^>]*>(<rect[^>]*>)`, 'g'))].map(([, rect = '']) =>
        numbers(rect, ['x', 'y', 'width', 'height']),
      );
    for (const topology of [long, fabric]) {
      const svg = topologySvg(topology, 'fabric');
      const [label, ...others] = boxes(svg, 'label');
      expect(others).toEqual([]);
      const [x = 0, y = 0, width = 0, height = 0] = label ?? [];
      for (const [dx = 0, dy = 0, dwidth = 0, dheight = 0] of boxes(svg, 'device'))
        expect(x + width <= dx || dx + dwidth <= x || y + height <= dy || dy + dheight <= y).toBe(true);
    }
  });

  it('is the same text each time, whatever the order of what it is made from', () => {
    const svg = topologySvg(fabric, 'fabric');
    expect(topologySvg(structuredClone(fabric), 'fabric')).toBe(svg);
    const places = (one: Topology) => new Set(topologySvg(one, 'fabric').split('\n').sort());
    expect(places({ ...fabric, links: [...fabric.links].reverse() })).toEqual(places(fabric));
  });

  it('describes itself, and lets every device be reached by keyboard', () => {
    const svg = topologySvg(fabric, 'fabric');
    expect(svg).toContain('<desc id="topology-description">5 devices and 6 lines between them. Touched: leaf1');
    expect(svg.match(/tabindex="0" role="button" aria-label="[^"]+"/g)).toHaveLength(5);
  });

  it('cannot be broken out of by a name', () => {
    const hostile = { ...fabric, devices: [device('<script>"&')], links: [], sessions: [] };
    expect(topologySvg(hostile, '</title><script>')).not.toContain('<script>');
  });

  it('has room for a lab without links and for one of many devices', () => {
    const many = Array.from({ length: 120 }, (_, index) => device(`r${index}`));
    const links = many.slice(1).map(({ name }, index) => link(many[Math.floor(index / 2)]!.name, name));
    expect(placePicture({ ...fabric, devices: many, links, sessions: [] }).devices).toHaveLength(120);
    expect(placePicture({ ...fabric, links: [], sessions: [] }).lines).toEqual([]);
  });
});
