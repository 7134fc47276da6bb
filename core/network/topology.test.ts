import { describe, expect, it } from 'vitest';
import type { DeviceDraft } from '../config/device/device.ts';
import type { Interface, Switchport } from '../config/device/interface.ts';
import { located } from '../config/span.ts';
import { addInterface, type LabOptions, lab, span } from './fixtures/lab.ts';
import { buildTopology } from './topology.ts';

const at = <T>(value: T) => located(value, span());
const access = (vlan: number): Partial<Interface> => ({
  switchport: { mode: at('access'), accessVlan: at(vlan) },
});
const trunk = (allowed?: readonly number[], native?: number): Partial<Interface> => {
  const switchport: Switchport = { mode: at('trunk') };
  if (allowed) switchport.allowedVlans = at(allowed);
  if (native) switchport.nativeVlan = at(native);
  return { switchport };
};

type Devices = Parameters<typeof lab>[0];
const topology = (devices: Devices, options: LabOptions = {}) => buildTopology(lab(devices, options));

/** `node interface` of everything that hears an interface. */
const heardBy = (
  devices: Devices,
  links: readonly string[] | undefined,
  from: string,
  options: LabOptions = {},
): string[] => {
  const [node = '', name = ''] = from.split(' ');
  const made = topology(devices, { ...options, ...(links && { links }) });
  const one = made.interfaceOf(node, name);
  if (!one) throw new Error(`There is no ${from}.`);
  return made.neighboursOf(one).map((other) => `${other.table.node} ${other.name}`);
};

const why = (
  devices: Devices,
  links: readonly string[] | undefined,
  node: string,
  name: string,
  options: LabOptions = {},
): string => {
  const state = topology(devices, { ...options, ...(links && { links }) })
    .states.get(node)
    ?.get(name);
  return state?.up ? 'up' : (state?.reason ?? 'unknown');
};

const host = (address: string) => (device: DeviceDraft) => void addInterface(device, 'eth1', [address]);

describe('an interface', () => {
  it('of a VLAN is up while a port of that VLAN is', () => {
    const sw = (port: Partial<Interface>) => (device: DeviceDraft) => {
      addInterface(device, 'eth1', [], port);
      addInterface(device, 'vlan10', ['10.0.10.1/24'], { vlan: 10 });
    };
    const links = ['sw:eth1 h1:eth1'];
    const state = (port: Partial<Interface>) => why({ sw: sw(port), h1: host('10.0.10.2/24') }, links, 'sw', 'vlan10');
    expect(state(access(10))).toBe('up');
    expect(state(access(20))).toBe('no port of VLAN 10 is up');
    expect(state(trunk())).toBe('up');
    expect(state(trunk([20, 30]))).toBe('no port of VLAN 10 is up');
    expect(state({ ...access(10), shutdown: true })).toBe('no port of VLAN 10 is up');
  });

  it('that is an aggregate is up while a member is', () => {
    const r1 = (shut: readonly boolean[]) => (device: DeviceDraft) => {
      for (const [index, shutdown] of shut.entries())
        addInterface(device, `eth${index + 1}`, [], { aggregate: at('Po1'), shutdown });
      addInterface(device, 'Po1', ['10.0.0.1/31']);
    };
    expect(why({ r1: r1([true, false]) }, undefined, 'r1', 'Po1')).toBe('up');
    expect(why({ r1: r1([true, true]) }, undefined, 'r1', 'Po1')).toBe('no member is up');
    expect(why({ r1: r1([]) }, undefined, 'r1', 'Po1')).toBe('it has no member');
  });

  it('below another follows it', () => {
    const r1 = (shutdown: boolean) => (device: DeviceDraft) => {
      addInterface(device, 'eth1', [], { shutdown });
      addInterface(device, 'eth1.10', ['10.0.10.1/24'], { parent: 'eth1', encapsulationVlan: at(10) });
    };
    expect(why({ r1: r1(false) }, undefined, 'r1', 'eth1.10')).toBe('up');
    expect(why({ r1: r1(true) }, undefined, 'r1', 'eth1.10')).toBe('its parent eth1 is down: shut down');
  });

  it('says which line of which device keeps it down', () => {
    const shutdown = at(true);
    const made = topology(
      { r1: host('10.0.0.0/31'), r2: (device) => void addInterface(device, 'eth1', ['10.0.0.1/31'], { shutdown }) },
      { links: ['r1:eth1 r2:eth1'] },
    );
    expect(made.interfaceOf('r1', 'eth1')).toMatchObject({ up: false, downCause: { node: 'r2', span: shutdown.span } });
  });

  it('named as its own parent stays down', () => {
    const r1 = (device: DeviceDraft) => void addInterface(device, 'eth1.1', ['10.0.0.1/31'], { parent: 'eth1.1' });
    expect(why({ r1 }, undefined, 'r1', 'eth1.1')).toContain('it depends on itself');
  });
});

describe('a segment', () => {
  const sw =
    (...ports: (readonly [string, Partial<Interface>])[]) =>
    (device: DeviceDraft) => {
      for (const [name, more] of ports) addInterface(device, name, [], more);
    };
  const hosts = { h1: host('10.0.0.1/24'), h2: host('10.0.0.2/24') };

  it('is a link, where links are declared', () => {
    expect(heardBy({ ...hosts, h3: host('10.0.0.3/24') }, ['h1:eth1 h2:eth1'], 'h1 eth1')).toEqual(['h2 eth1']);
  });

  it('is a shared subnet, where none is', () => {
    expect(heardBy({ ...hosts, h3: host('10.0.9.3/24') }, undefined, 'h1 eth1')).toEqual(['h2 eth1']);
  });

  it('passes through the access ports of one VLAN', () => {
    const links = ['h1:eth1 sw:eth1', 'h2:eth1 sw:eth2'];
    const between = (a: number, b: number) =>
      heardBy({ ...hosts, sw: sw(['eth1', access(a)], ['eth2', access(b)]) }, links, 'h1 eth1');
    expect(between(10, 10)).toEqual(['h2 eth1']);
    expect(between(10, 20)).toEqual([]);
  });

  it('passes over a trunk that carries the VLAN', () => {
    const links = ['h1:eth1 s1:eth1', 's1:eth9 s2:eth9', 's2:eth1 h2:eth1'];
    const over = (one: Partial<Interface>, two: Partial<Interface>) =>
      heardBy(
        { ...hosts, s1: sw(['eth1', access(10)], ['eth9', one]), s2: sw(['eth1', access(10)], ['eth9', two]) },
        links,
        'h1 eth1',
      );
    expect(over(trunk(), trunk())).toEqual(['h2 eth1']);
    expect(over(trunk(), trunk([20]))).toEqual([]);
    expect(over(trunk(undefined, 10), trunk())).toEqual([]);
  });

  it('joins a VLAN interface with a tagged sub-interface at the other end', () => {
    const devices: Devices = {
      sw: (device) => {
        addInterface(device, 'eth1', [], trunk([10]));
        addInterface(device, 'vlan10', ['10.0.10.1/24'], { vlan: 10 });
      },
      r1: (device) => {
        addInterface(device, 'eth0', []);
        addInterface(device, 'eth0.10', ['10.0.10.2/24'], { parent: 'eth0', encapsulationVlan: at(10) });
        addInterface(device, 'eth0.20', ['10.0.20.2/24'], { parent: 'eth0', encapsulationVlan: at(20) });
      },
    };
    const links = ['sw:eth1 r1:eth0'];
    expect(heardBy(devices, links, 'sw vlan10')).toEqual(['r1 eth0.10']);
    expect(heardBy(devices, links, 'r1 eth0.20')).toEqual([]);
  });

  it('of an aggregate is that of its members', () => {
    const bundle = (address: string) => (device: DeviceDraft) => {
      for (const name of ['eth1', 'eth2']) addInterface(device, name, [], { aggregate: at('Po1') });
      addInterface(device, 'Po1', [address]);
    };
    const devices = { r1: bundle('10.0.0.0/31'), r2: bundle('10.0.0.1/31') };
    expect(heardBy(devices, ['r1:eth1 r2:eth1', 'r1:eth2 r2:eth2'], 'r1 Po1')).toEqual(['r2 Po1']);
  });

  it('is one where a bridge of the topology joins the links', () => {
    const unmodelledNodes = [{ name: 'br', kind: 'bridge', reason: 'no configuration' }];
    expect(heardBy(hosts, ['h1:eth1 br:p1', 'h2:eth1 br:p2'], 'h1 eth1', { unmodelledNodes })).toEqual(['h2 eth1']);
  });
});
