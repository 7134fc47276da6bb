import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { detectDialect } from '../../detect.ts';
import { parseConfig } from '../../parse.ts';
import { deviceOf, unmodelled } from '../../parsing.fixture.ts';

const SAVED = readFileSync(join(import.meta.dirname, '../../../../tests/fuzz/seeds/fortios.cfg'), 'utf8');

describe('FortiOS', () => {
  const device = deviceOf('fortios', SAVED);

  it('is understood but for its rules on sessions, and recognised', () => {
    expect(unmodelled(device)).toEqual([
      'config firewall policy',
      'config firewall policy / edit 1',
      'config firewall policy / edit 1 / name out',
      'config firewall policy / edit 1 / srcintf users',
      'config firewall policy / edit 1 / dstintf port1',
      'config firewall policy / edit 1 / action accept',
    ]);
    expect(parseConfig({ text: SAVED, file: 'fw1.cfg', node: 'fw1' })).toMatchObject({
      dialect: 'fortios',
      tree: { problems: [] },
    });
    expect(detectDialect({ text: 'config router static\n    edit 1\n    next\nend\n' })).toBe('fortios');
  });

  it('has ports, VLANs, further addresses, loopbacks and virtual addresses', () => {
    expect(device.interfaces.get('port2')).toMatchObject({
      addresses: [
        { address: '10.0.2.1', length: 30 },
        { address: '10.0.20.1', length: 24, secondary: true },
      ],
      firstHop: [{ protocol: 'vrrp', group: 5, addresses: [{ value: '10.0.2.3' }], priority: { value: 120 } }],
    });
    expect(device.interfaces.get('users')).toMatchObject({
      kind: 'subinterface',
      parent: 'port3',
      encapsulationVlan: { value: 10 },
    });
    expect(device.interfaces.get('lo1')).toMatchObject({
      kind: 'loopback',
      addresses: [{ address: '192.0.2.1' }, { address: '2001:db8::1', length: 128 }],
    });
    expect(device.interfaces.get('port9')?.shutdown).toMatchObject({ value: true });
  });

  it('has the default route where a static route names no destination', () => {
    expect(device.staticRoutes).toMatchObject([
      { prefix: '0.0.0.0/0', nextHop: { ip: '10.0.1.2', interface: 'port1' } },
      { prefix: '198.51.100.0/24', nextHop: { drop: 'discard' }, distance: 254 },
    ]);
  });

  it('reads lists and route maps', () => {
    expect(device.prefixLists.get('ipv4 OWN')?.entries).toMatchObject([
      { action: 'permit', prefix: '192.0.2.0/24', minLength: 24, maxLength: 32 },
      { action: 'deny', prefix: '0.0.0.0/0', minLength: 0, maxLength: 32 },
    ]);
    expect(device.policies.get('OUT')?.terms).toMatchObject([
      {
        conditions: [{ kind: 'prefix-list', lists: [{ value: 'OWN' }] }],
        actions: [
          { kind: 'set-metric', value: 7 },
          { kind: 'set-communities', operation: 'add', members: ['65001:7'] },
        ],
        disposition: 'permit',
      },
    ]);
  });

  it('takes routes from elsewhere only where the source is switched on', () => {
    expect(device.ospf[0]?.redistribute).toMatchObject([{ source: 'static', metricType: 1 }]);
    expect(device.bgp[0]?.families.get('ipv4-unicast')?.redistribute).toMatchObject([{ source: 'connected' }]);
  });

  it('has a table for each virtual domain', () => {
    const domains = `
config vdom
    edit root
    next
    edit lab
        config router static
            edit 1
                set device "port7"
                set gateway 10.7.0.1
            next
        end
    next
end
config global
    config system interface
        edit "port7"
            set vdom "lab"
            set ip 10.7.0.2 255.255.255.0
        next
    end
end
`;
    const lab = deviceOf('fortios', domains);
    expect(unmodelled(lab)).toEqual([]);
    expect(lab.interfaces.get('port7')?.vrf?.value).toBe('lab');
    expect(lab.staticRoutes).toMatchObject([{ vrf: 'lab', prefix: '0.0.0.0/0' }]);
  });

  it('lists what it does not model', () => {
    const odd = `
config router static
    edit 1
        set dstaddr "servers"
        set device "port1"
    next
end
config router rip
    config network
        edit 1
            set prefix 10.0.0.0 255.0.0.0
        next
    end
end
`;
    expect(unmodelled(deviceOf('fortios', odd))).toEqual([
      'config router static / edit 1 / dstaddr servers',
      'config router rip / config network',
      'config router rip / config network / edit 1',
      'config router rip / config network / edit 1 / prefix 10.0.0.0 255.0.0.0',
    ]);
    expect(deviceOf('fortios', odd).staticRoutes).toEqual([]);
  });
});
