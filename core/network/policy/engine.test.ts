import { describe, expect, it } from 'vitest';
import { type DeviceDraft, emptyDevice } from '../../config/device/device.ts';
import {
  type Action,
  type Condition,
  type PolicyTerm,
  prefixListKey,
  type RoutePolicy,
} from '../../config/device/policy.ts';
import { located } from '../../config/span.ts';
import { plainBehaviour, span } from '../fixtures/lab.ts';
import { AttributeStore } from '../path-attributes.ts';
import { PrefixTable } from '../prefix-table.ts';
import type { Table } from '../topology.ts';
import { PolicyEngine } from './engine.ts';
import type { PolicyRoute } from './route.ts';

const name = (text: string) => located(text, span());

const term = (
  sequence: number,
  disposition: PolicyTerm['disposition'],
  conditions: Condition[],
  actions: Action[] = [],
  continueAt?: number | 'next',
): PolicyTerm => ({
  name: String(sequence),
  sequence,
  span: { line: sequence, start: 0, end: 1 },
  conditions,
  actions,
  disposition,
  ...(continueAt !== undefined && { continueAt: located(continueAt, span()) }),
});

const policy = (
  id: string,
  terms: PolicyTerm[],
  defaultDisposition: RoutePolicy['defaultDisposition'] = 'deny',
): RoutePolicy => ({ name: id, span: span(), terms, defaultDisposition });

const prefixList = (list: string): Condition => ({
  kind: 'prefix-list',
  family: 'ipv4',
  lists: [name(list)],
  span: span(),
});
const localPreference = (value: number): Action => ({
  kind: 'set-local-preference',
  operation: 'set',
  value,
  span: span(),
});
const tag = (value: number): Action => ({ kind: 'set-tag', value, span: span() });

function setUp(build: (device: DeviceDraft) => void) {
  const device = emptyDevice('r1', 'unknown', 'r1.cfg');
  build(device);
  const [prefixes, store, caveats] = [new PrefixTable(), new AttributeStore(), [] as string[]];
  const engine = new PolicyEngine(prefixes, store, (_node, text) => caveats.push(text));
  const table: Table = { index: 0, node: 'r1', vrf: 'default', device, behaviour: plainBehaviour };
  const route = (prefix: string, more: Partial<PolicyRoute> = {}): PolicyRoute => ({
    prefix: prefixes.internText(prefix) as number,
    protocol: 'ebgp',
    process: '',
    interface: null,
    neighbour: '10.0.0.2',
    sourceVrf: null,
    igpMetric: 30,
    nextHop: '10.0.0.2',
    nextHopChoice: undefined,
    asPath: store.path([{ kind: 'sequence', asns: [65002, 65003] }]),
    origin: 'igp',
    metric: undefined,
    metricType: undefined,
    localPreference: 100,
    weight: 0,
    communities: store.communities(['65000:1', '65000:20']),
    extended: store.noCommunities,
    large: store.noCommunities,
    tag: undefined,
    distance: undefined,
    eigrpMetric: undefined,
    ...more,
  });
  const run = (policies: string[], on: PolicyRoute) => engine.evaluate(table, policies.map(name), on);
  return { run, route, caveats, store };
}

const add = (device: DeviceDraft, ...policies: RoutePolicy[]) => {
  for (const one of policies) device.policies.set(one.name, one);
};

function addPrefixList(device: DeviceDraft, id: string, ...entries: string[]): void {
  device.prefixLists.set(prefixListKey('ipv4', id), {
    name: id,
    family: 'ipv4',
    span: span(),
    entries: entries.map((text, at) => {
      const [action = 'permit', prefix = '', min = '', max = ''] = text.split(' ');
      const length = Number(prefix.split('/')[1]);
      return {
        sequence: at,
        action: action as 'permit',
        prefix,
        minLength: Number(min) || length,
        maxLength: Number(max) || Number(min) || length,
        span: span(),
      };
    }),
  });
}

describe('a route-map', () => {
  it('is decided by the first entry that matches, and denies what none matches', () => {
    const { run, route } = setUp((device) => {
      addPrefixList(device, 'TEN', 'permit 10.0.0.0/8 8 24');
      add(
        device,
        policy('RM', [term(20, 'deny', []), term(10, 'permit', [prefixList('TEN')], [localPreference(200)])]),
      );
    });
    const inside = route('10.1.0.0/16');
    expect(run(['RM'], inside)).toMatchObject({ verdict: 'permit', spans: [{ line: 10 }] });
    expect(inside.localPreference).toBe(200);
    expect(run(['RM'], route('10.1.0.0/25')).verdict).toBe('deny');
    expect(run(['RM'], route('192.0.2.0/24')).verdict).toBe('deny');
  });

  it('goes on where continue says, and ends as a permit when nothing matches after it', () => {
    const { run, route } = setUp((device) => {
      addPrefixList(device, 'TEN', 'permit 10.0.0.0/8 8 32');
      add(
        device,
        policy('RM', [
          term(10, 'permit', [], [localPreference(200)], 30),
          term(20, 'deny', []),
          term(30, 'permit', [prefixList('TEN')], [tag(7)]),
        ]),
      );
    });
    const [ten, other] = [route('10.1.0.0/16'), route('192.0.2.0/24')];
    expect([run(['RM'], ten).verdict, ten.localPreference, ten.tag]).toEqual(['permit', 200, 7]);
    expect([run(['RM'], other).verdict, other.localPreference, other.tag]).toEqual(['permit', 200, undefined]);
  });

  it('is denied by the map that it calls', () => {
    const { run, route } = setUp((device) => {
      add(
        device,
        policy('NO', [term(10, 'deny', [])]),
        policy('YES', [term(10, 'permit', [], [tag(3)])]),
        policy('A', [term(10, 'permit', [], [{ kind: 'call', policy: name('NO'), span: span() }])]),
        policy('B', [term(10, 'permit', [], [{ kind: 'call', policy: name('YES'), span: span() }])]),
      );
    });
    const called = route('10.0.0.0/8');
    expect(run(['A'], route('10.0.0.0/8')).verdict).toBe('deny');
    expect([run(['B'], called).verdict, called.tag]).toEqual(['permit', 3]);
  });

  it('that calls itself ends, as a denial that is reported', () => {
    const { run, route, caveats } = setUp((device) => {
      add(device, policy('A', [term(10, 'permit', [], [{ kind: 'call', policy: name('A'), span: span() }])]));
    });
    expect(run(['A'], route('10.0.0.0/8')).verdict).toBe('deny');
    expect(caveats).toEqual(['Policy A calls itself; the route was denied.']);
  });

  it('that is not defined has the effect of its system', () => {
    const { run, route } = setUp(() => {});
    expect(run(['MISSING'], route('10.0.0.0/8')).verdict).toBe('deny');
  });
});

describe('a chain of policies', () => {
  it('goes on from term to term and policy to policy, and leaves the rest to the protocol', () => {
    const { run, route } = setUp((device) => {
      addPrefixList(device, 'TEN', 'permit 10.0.0.0/8');
      add(
        device,
        policy(
          'FIRST',
          [term(1, 'next-term', [], [tag(1)]), term(2, 'next-policy', [prefixList('TEN')], [localPreference(50)])],
          'next-policy',
        ),
        policy('SECOND', [term(1, 'deny', [prefixList('TEN')])], 'next-policy'),
      );
    });
    expect(run(['FIRST', 'SECOND'], route('10.0.0.0/8')).verdict).toBe('deny');
    const other = route('192.0.2.0/24');
    expect([run(['FIRST', 'SECOND'], other).verdict, other.tag, other.localPreference]).toEqual(['default', 1, 100]);
  });
});

describe('conditions', () => {
  const one = (condition: Condition, build: (device: DeviceDraft) => void = () => {}) => {
    const made = setUp((device) => {
      build(device);
      add(device, policy('RM', [term(10, 'permit', [condition])]));
    });
    return (more: Partial<PolicyRoute> = {}, prefix = '10.0.0.0/8') =>
      made.run(['RM'], made.route(prefix, more)).verdict === 'permit';
  };

  it('combine', () => {
    const tag5: Condition = { kind: 'tag', tags: [5], span: span() };
    const metric: Condition = { kind: 'metric', min: 10, max: 20, span: span() };
    expect(one({ kind: 'all', of: [tag5, metric], span: span() })({ tag: 5, metric: 15 })).toBe(true);
    expect(one({ kind: 'all', of: [tag5, metric], span: span() })({ tag: 5, metric: 25 })).toBe(false);
    expect(one({ kind: 'any', of: [tag5, metric], span: span() })({ tag: 4, metric: 15 })).toBe(true);
    expect(one({ kind: 'not', of: tag5, span: span() })({ tag: 4 })).toBe(true);
  });

  it('match communities by members, exactly, or by expression', () => {
    const list = (
      entries: DeviceDraft['communityLists'] extends Map<string, infer L>
        ? L extends { entries: infer E }
          ? E
          : never
        : never,
      exact = false,
    ) =>
      one({ kind: 'community-list', lists: [name('CL')], exact, span: span() }, (device) => {
        device.communityLists.set('CL', { name: 'CL', kind: 'standard', span: span(), entries });
      })();
    expect(list([{ action: 'permit', members: ['65000:1'], span: span() }])).toBe(true);
    expect(list([{ action: 'permit', members: ['65000:1', '65000:2'], span: span() }])).toBe(false);
    expect(list([{ action: 'permit', members: ['65000:1'], span: span() }], true)).toBe(false);
    expect(list([{ action: 'permit', members: ['65000:20', '65000:1'], span: span() }], true)).toBe(true);
    expect(
      list([
        { action: 'deny', members: ['65000:1'], span: span() },
        { action: 'permit', expression: '.*', span: span() },
      ]),
    ).toBe(false);
    expect(list([{ action: 'permit', expression: '65000:2[0-9]', span: span() }])).toBe(true);
    expect(list([{ action: 'permit', expression: '_65000:2_', span: span() }])).toBe(false);
  });

  it('that are not modelled do not match, and are reported', () => {
    const { run, route, caveats } = setUp((device) => {
      add(
        device,
        policy('RM', [term(10, 'permit', [{ kind: 'not-modelled', text: 'match moon phase', span: span() }])]),
      );
    });
    expect(run(['RM'], route('10.0.0.0/8')).verdict).toBe('deny');
    expect(caveats).toEqual([
      'The condition "match moon phase" of a policy is not modelled and was taken not to match.',
    ]);
  });
});

describe('actions', () => {
  const applied = (...actions: Action[]) => {
    const { run, route } = setUp((device) => {
      device.communityLists.set('ONES', {
        name: 'ONES',
        kind: 'expanded',
        span: span(),
        entries: [{ action: 'permit', expression: ':1$', span: span() }],
      });
      add(device, policy('RM', [term(10, 'permit', [], actions)]));
    });
    const on = route('10.0.0.0/8');
    run(['RM'], on);
    return on;
  };
  const communities = (
    operation: 'replace' | 'add' | 'delete' | 'none',
    members: string[],
    lists: string[] = [],
  ): Action => ({
    kind: 'set-communities',
    operation,
    type: 'standard',
    members,
    lists: lists.map(name),
    span: span(),
  });

  it('change communities', () => {
    expect(applied(communities('replace', ['no-export'])).communities.members).toEqual(['65535:65281']);
    expect(applied(communities('add', ['65000:3'])).communities.members).toEqual(['65000:1', '65000:3', '65000:20']);
    expect(applied(communities('delete', [], ['ONES'])).communities.members).toEqual(['65000:20']);
    expect(applied(communities('none', [])).communities.members).toEqual([]);
  });

  it('change the AS path', () => {
    expect(applied({ kind: 'prepend-as-path', asns: [1, 1], span: span() }).asPath.text).toBe('1 1 65002 65003');
    expect(applied({ kind: 'prepend-last-as', count: 2, span: span() }).asPath.text).toBe('65002 65002 65002 65003');
  });

  it('change metrics within their range', () => {
    expect(
      applied(
        { kind: 'set-metric', operation: 'set', value: 50, span: span() },
        { kind: 'set-metric', operation: 'subtract', value: 80, span: span() },
      ).metric,
    ).toBe(0);
    expect(applied({ kind: 'set-metric', operation: 'igp', value: 0, span: span() }).metric).toBe(30);
  });
});
