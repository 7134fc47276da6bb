import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { detectDialect } from '../../detect.ts';
import { deviceOf, unmodelled } from '../../parsing.fixture.ts';

const RUNNING = readFileSync(join(import.meta.dirname, '../../../../tests/fuzz/seeds/acos.cfg'), 'utf8');

describe('A10 ACOS', () => {
  const device = deviceOf('acos', RUNNING);

  it('is understood but for virtual addresses, and recognised', () => {
    expect(unmodelled(device)).toEqual([
      'slb virtual-server V1 203.0.113.1',
      'slb virtual-server V1 203.0.113.1 / port 80 http',
    ]);
    expect(detectDialect({ text: RUNNING })).toBe('acos');
  });

  it('has data ports off until they are enabled', () => {
    expect(device.interfaces.get('ethernet4')).toMatchObject({ shutdown: true, addresses: [{ address: '10.4.0.1' }] });
    expect(device.interfaces.get('ethernet1')?.shutdown).toMatchObject({ value: false });
    expect(device.interfaces.get('ve10')?.shutdown).toBe(false);
  });

  it('puts ports into VLANs, with and without a tag, and their interfaces on top', () => {
    expect(device.interfaces.get('ve20')).toMatchObject({ kind: 'vlan', vlan: 20, addresses: [{ length: 24 }] });
    expect(device.interfaces.get('ethernet1')?.switchport).toMatchObject({
      mode: { value: 'access' },
      accessVlan: { value: 10 },
    });
    expect(device.interfaces.get('ethernet2')?.switchport).toMatchObject({
      mode: { value: 'trunk' },
      nativeVlan: { value: 10 },
      allowedVlans: { value: [10, 20] },
    });
    expect(device.interfaces.get('ethernet3')?.aggregate?.value).toBe('trunk1');
  });

  it('reads static routes whose length stands apart, and the routing protocols', () => {
    expect(device.staticRoutes).toMatchObject([
      { prefix: '0.0.0.0/0', nextHop: { ip: '10.20.0.254' }, distance: 1 },
      { prefix: '10.99.0.0/16', nextHop: { ip: '10.10.0.254' }, distance: 5 },
    ]);
    expect(device.ospf[0]).toMatchObject({ routerId: { value: '192.0.2.1' }, redistribute: [{ source: 'static' }] });
    expect(device.bgp[0]?.neighbours.get('10.20.0.254')).toMatchObject({ remoteAs: { value: 65002 } });
  });
});
