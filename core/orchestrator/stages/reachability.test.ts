import { describe, expect, it } from 'vitest';
import { simulatorBackend } from '../../backends/simulator.ts';
import { parseConfig } from '../../config/parse.ts';
import { buildBundle } from '../bundle.ts';
import { changeOf, type LabText } from '../fixtures/lab.ts';
import { runPreflight } from '../preflight.ts';

const R1 = `hostname r1
interface Ethernet1
   no switchport
   ip address 10.0.0.1/30
interface Ethernet2
   no switchport
   ip address 10.1.0.1/24
interface Ethernet3
   no switchport
   ip address 192.0.2.1/30
ip routing
ip route 10.2.0.0/24 10.0.0.2
ip route 203.0.113.0/24 192.0.2.2
`;
const R2 = `hostname r2
interface Ethernet1
   no switchport
   ip address 10.0.0.2/30
   ip access-group EDGE in
interface Ethernet2
   no switchport
   ip address 10.2.0.1/24
ip routing
ip route 0.0.0.0/0 10.0.0.1
ip access-list EDGE
   10 permit tcp any any eq ssh
   20 permit tcp any any eq https
   30 permit icmp any any
`;
const LAB: LabText = {
  configs: { r1: R1, r2: R2 },
  links: ['r1:eth1 r2:eth1', 'r1:eth2', 'r1:eth3', 'r2:eth2'],
  kind: 'ceos',
};

/** The verdict of a change and its reasons about reachability. */
async function judge(texts: Readonly<Record<string, string>>) {
  const outcome = await runPreflight(
    { change: await changeOf(LAB, texts), baseline: 'HEAD', operator: 'tester' },
    {
      backend: simulatorBackend(),
      parse: parseConfig,
      clock: { now: () => '2026-01-01T00:00:00Z', monotonic: () => 0 },
      runId: 'run-1',
      tool: { name: 'aegis', version: '0' },
    },
  );
  const { bundle } = buildBundle(outcome.run, outcome.verdict);
  return {
    value: outcome.verdict.value,
    reasons: outcome.verdict.reasons
      .filter(({ code }) => code.startsWith('reachability'))
      .map(({ code, message }) => `${code}: ${message}`),
    section: bundle.reachability.status === 'measured' ? bundle.reachability.changes : [],
  };
}

describe('the reachability of a change', () => {
  it('blocks what cuts off a subnet of a device by a filter alone, and names the flows', async () => {
    const { value, reasons, section } = await judge({ r2: R2.replace('   20 permit tcp any any eq https\n', '') });
    expect(value).toBe('blocked');
    expect(reasons).toContain('reachability-cut: r1 to 10.2.0.0/24 (tcp 443): delivered at r2 -> denied at r2.');
    expect(section.filter(({ device, destination }) => device === 'r1' && destination === '10.2.0.0/24')).toMatchObject(
      [
        {
          kind: 'lost',
          before: [{ disposition: 'delivered', at: 'r2' }],
          after: [{ disposition: 'denied', at: 'r2' }],
        },
      ],
    );
  });

  it('asks for an approval when a destination outside of the lab is lost', async () => {
    const { value, reasons } = await judge({ r1: R1.replace('ip route 203.0.113.0/24 192.0.2.2\n', '') });
    expect(value).toBe('needs_approval');
    expect(reasons).toContain('reachability-lost: r1 to 203.0.113.0/24: leaves the lab at r1 -> no route at r1.');
    expect(reasons.filter((text) => text.startsWith('reachability-cut'))).toEqual([]);
  });

  it('asks for an approval, and does not block, when the change withdraws the subnet itself', async () => {
    const { value, reasons } = await judge({
      r2: R2.replace('interface Ethernet2\n   no switchport\n   ip address 10.2.0.1/24\n', ''),
    });
    expect(reasons.some((text) => text.startsWith('reachability-lost: r1 to 10.2.0.0/24'))).toBe(true);
    expect(reasons.filter((text) => text.startsWith('reachability-cut'))).toEqual([]);
    expect(value).toBe('needs_approval');
  });

  it('says nothing against a change after which more is reached', async () => {
    const { reasons, section } = await judge({ r2: `${R2}   40 permit udp any any eq domain\n` });
    expect(reasons).toEqual([]);
    expect(section.every(({ kind }) => kind === 'gained')).toBe(true);
    expect(section.length).toBeGreaterThan(0);
  });
});
