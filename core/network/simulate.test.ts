import { describe, expect, it } from 'vitest';
import type { DeviceDraft } from '../config/device/device.ts';
import { addInterface, addStatic, type LabOptions, lab } from './fixtures/lab.ts';
import { simulate } from './simulate.ts';
import { toSimulateJson } from './simulate-json.ts';

type Devices = Readonly<Record<string, (device: DeviceDraft) => void>>;

/** Routes of a node as `prefix protocol ad/metric hops`. */
function table(devices: Devices, node: string, options: LabOptions = {}, vrf = 'default'): string[] {
  const state = simulate(lab(devices, options));
  return (state.nodes.get(node)?.get(vrf)?.routes ?? []).map(({ prefix, protocol, ad, metric, nextHops }) => {
    const hops = nextHops.map((hop) =>
      hop.drop ? 'drop' : [hop.ip, hop.interface, hop.vrf].filter(Boolean).join('@'),
    );
    return `${prefix} ${protocol} ${ad}/${metric} ${hops.join(' + ')}`;
  });
}

describe('connected routes', () => {
  const r1 =
    (more: Parameters<typeof addInterface>[3] = {}) =>
    (device: DeviceDraft) => {
      addInterface(device, 'eth1', ['10.0.0.1/24', '2001:db8::1/64'], more);
      addInterface(device, 'lo', ['1.1.1.1/32']);
    };

  it('come from the addresses of interfaces that are up', () => {
    expect(table({ r1: r1() }, 'r1')).toEqual([
      '1.1.1.1/32 connected 0/0 lo',
      '10.0.0.0/24 connected 0/0 eth1',
      '2001:db8::/64 connected 0/0 eth1',
    ]);
  });

  it('go with a shutdown interface', () => {
    expect(table({ r1: r1({ shutdown: true }) }, 'r1')).toEqual(['1.1.1.1/32 connected 0/0 lo']);
  });

  it('do not come from a layer-2 port, nor from a member of a port-channel', () => {
    const span = { line: 0, start: 0, end: 1 };
    const port = (mode: 'access' | 'routed') => (device: DeviceDraft) => {
      addInterface(device, 'eth1', ['10.0.0.1/24'], { switchport: { mode: { value: mode, span } } });
      addInterface(device, 'eth2', ['10.0.1.1/24'], { aggregate: { value: 'bond1', span } });
    };
    expect(table({ r1: port('access') }, 'r1')).toEqual([]);
    expect(table({ r1: port('routed') }, 'r1')).toEqual(['10.0.0.0/24 connected 0/0 eth1']);
  });

  it('of a VLAN need a port of it that is up, unless the interface says otherwise', () => {
    const svi = (autostate: boolean) => (device: DeviceDraft) => {
      const span = { line: 0, start: 0, end: 1 };
      addInterface(device, 'Vlan10', ['10.10.0.1/24'], {
        kind: 'vlan',
        vlan: 10,
        autostate: { value: autostate, span },
      });
    };
    expect(table({ r1: svi(true) }, 'r1')).toEqual([]);
    expect(table({ r1: svi(false) }, 'r1')).toEqual(['10.10.0.0/24 connected 0/0 Vlan10']);
  });

  it('bring the own addresses where the system lists them, a host address once', () => {
    expect(table({ r1: r1() }, 'r1', { behaviour: { showsLocalRoutes: true } })).toEqual([
      '1.1.1.1/32 connected 0/0 lo',
      '10.0.0.0/24 connected 0/0 eth1',
      '10.0.0.1/32 local 0/0 eth1',
      '2001:db8::/64 connected 0/0 eth1',
      '2001:db8::1/128 local 0/0 eth1',
    ]);
  });

  it('need a link where layer 1 is known, and another end that is not shut down', () => {
    const r2 = (shutdown: boolean) => (device: DeviceDraft) =>
      void addInterface(device, 'eth1', ['10.0.0.2/24'], { shutdown });
    expect(table({ r1: r1() }, 'r1', { links: [] })).toEqual(['1.1.1.1/32 connected 0/0 lo']);
    expect(table({ r1: r1(), r2: r2(false) }, 'r1', { links: ['r1:eth1 r2:eth1'] })).toHaveLength(3);
    expect(table({ r1: r1(), r2: r2(true) }, 'r1', { links: ['r1:eth1 r2:eth1'] })).toHaveLength(1);
  });

  it('follow the captured line state', () => {
    const runtime = (lineUp: boolean) => new Map([['r1', new Map([['eth1', { lineUp }]])]]);
    expect(table({ r1: r1() }, 'r1', { links: [], runtime: runtime(true) })).toHaveLength(3);
    expect(table({ r1: r1() }, 'r1', { runtime: runtime(false) })).toHaveLength(1);
  });
});

describe('static routes', () => {
  const base = (more: (device: DeviceDraft) => void) => ({
    r1: (device: DeviceDraft) => {
      addInterface(device, 'eth1', ['10.0.0.1/24']);
      addInterface(device, 'eth2', ['10.0.2.1/24']);
      more(device);
    },
  });
  const statics = (more: (device: DeviceDraft) => void, options: LabOptions = {}) =>
    table(base(more), 'r1', options).filter((route) => route.includes(' static '));

  it('are attached through the interface of their gateway, and share the load when equal', () => {
    expect(
      statics((device) => {
        addStatic(device, '192.0.2.0/24', { ip: '10.0.2.9' });
        addStatic(device, '192.0.2.0/24', { ip: '10.0.0.9' });
      }),
    ).toEqual(['192.0.2.0/24 static 1/0 10.0.0.9@eth1 + 10.0.2.9@eth2']);
  });

  it('are not there while the gateway cannot be reached', () => {
    expect(statics((device) => addStatic(device, '192.0.2.0/24', { ip: '10.9.9.9' }))).toEqual([]);
  });

  it('follow other routes, whatever the order of the lines', () => {
    expect(
      statics((device) => {
        addStatic(device, '192.0.2.0/24', { ip: '172.16.0.1' });
        addStatic(device, '172.16.0.0/16', { ip: '172.31.0.1' });
        addStatic(device, '172.31.0.0/24', { ip: '10.0.0.9' });
      }),
    ).toEqual([
      '172.16.0.0/16 static 1/0 172.31.0.1',
      '172.31.0.0/24 static 1/0 10.0.0.9@eth1',
      '192.0.2.0/24 static 1/0 172.16.0.1',
    ]);
  });

  it('show where they lead on systems that do', () => {
    expect(
      statics(
        (device) => {
          addStatic(device, '192.0.2.0/24', { ip: '172.31.0.1' });
          addStatic(device, '172.31.0.0/24', { ip: '10.0.0.9' });
        },
        { behaviour: { showsResolvedNextHops: true } },
      ),
    ).toEqual(['172.31.0.0/24 static 1/0 10.0.0.9@eth1', '192.0.2.0/24 static 1/0 10.0.0.9@eth1']);
  });

  it('are never resolved by themselves', () => {
    expect(
      statics((device) => {
        addStatic(device, '0.0.0.0/0', { ip: '10.0.0.9' });
        addStatic(device, '192.0.2.0/24', { ip: '192.0.2.1' });
      }),
    ).toEqual(['0.0.0.0/0 static 1/0 10.0.0.9@eth1']);
  });

  it('that need each other are not installed', () => {
    expect(
      statics((device) => {
        addStatic(device, '192.0.2.0/24', { ip: '198.51.100.1' });
        addStatic(device, '198.51.100.0/24', { ip: '192.0.2.1' });
      }),
    ).toEqual([]);
  });

  it('resolve by the default route where the system allows it', () => {
    const lines = (device: DeviceDraft) => {
      addStatic(device, '0.0.0.0/0', { ip: '10.0.0.9' });
      addStatic(device, '192.0.2.0/24', { ip: '198.51.100.1' });
    };
    expect(statics(lines)).toHaveLength(2);
    expect(statics(lines, { behaviour: { staticResolvesViaDefault: false } })).toHaveLength(1);
  });

  it('float: the line with the lowest distance that can be installed counts', () => {
    expect(
      statics((device) => {
        addStatic(device, '192.0.2.0/24', { ip: '10.7.7.7' });
        addStatic(device, '192.0.2.0/24', { ip: '10.0.0.9' }, { distance: 250 });
      }),
    ).toEqual(['192.0.2.0/24 static 250/0 10.0.0.9@eth1']);
  });

  it('may drop, name an interface, or lead into another VRF', () => {
    const devices = base((device) => {
      addInterface(device, 'eth3', ['10.0.3.1/24'], { vrf: { value: 'red', span: { line: 0, start: 0, end: 1 } } });
      addStatic(device, '192.0.2.0/24', { drop: 'discard' });
      addStatic(device, '192.0.3.0/24', { interface: 'eth2' });
      addStatic(device, '192.0.4.0/24', { ip: '10.0.3.9', vrf: 'red' });
      addStatic(device, '192.0.5.0/24', { ip: '10.0.0.9', vrf: 'default' }, { vrf: 'red' });
    });
    expect(table(devices, 'r1').filter((route) => route.includes('static'))).toEqual([
      '192.0.2.0/24 static 1/0 drop',
      '192.0.3.0/24 static 1/0 eth2',
      '192.0.4.0/24 static 1/0 10.0.3.9@eth3@red',
    ]);
    expect(table(devices, 'r1', {}, 'red')).toContain('192.0.5.0/24 static 1/0 10.0.0.9@eth1@default');
  });
});

describe('a state', () => {
  it('is the same bytes in whatever order the devices are listed', () => {
    const make = (name: string, at: number) =>
      [
        name,
        (device: DeviceDraft) => {
          addInterface(device, 'eth1', [`10.0.0.${at}/24`]);
          addStatic(device, '192.0.2.0/24', { ip: `10.0.0.${at + 1}` });
        },
      ] as const;
    const list = [make('r1', 1), make('r2', 2), make('r3', 3)];
    const text = (order: typeof list) => JSON.stringify(toSimulateJson(simulate(lab(Object.fromEntries(order)))));
    expect(text([...list].reverse())).toBe(text(list));
  });

  it('stops when it is cancelled', () => {
    expect(() => simulate(lab({}), { signal: AbortSignal.abort(new Error('no longer wanted')) })).toThrow(
      'no longer wanted',
    );
  });

  it('says which protocols it leaves out', () => {
    const state = simulate(
      lab({
        r1: (device) =>
          void device.rip.push({
            vrf: 'default',
            span: { line: 4, start: 0, end: 1 },
            networks: [],
            redistribute: [],
            passiveInterfaces: [],
          }),
      }),
      { protocols: [] },
    );
    expect(state.caveats).toEqual([
      {
        node: 'r1',
        text: 'RIP is configured and not simulated: routes that depend on it are missing.',
        span: { line: 4, start: 0, end: 1 },
      },
    ]);
  });
});
