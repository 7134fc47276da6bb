import { expect, test } from 'vitest';
import { parseConfig } from '../config/parse.ts';
import type { DeviceChange } from '../network/change.ts';
import type { ParsedConfig, Snapshot } from '../network/snapshot.ts';
import { commandsOf } from './commands.ts';
import { blocks, lintConfig, lintNetwork, lintSnapshot } from './engine.ts';
import { type Rule, rule } from './rule.ts';

const parse = (text: string, node = 'r1'): ParsedConfig =>
  parseConfig({ text, file: `${node}.cfg`, node, dialect: 'eos' });

/** Reports every description, and shows which states it was asked for. */
const descriptions = rule({
  id: 'descriptions',
  number: 900,
  priority: 'P2',
  scope: 'device',
  title: 'Every description',
  why: 'For the tests of the engine.',
  sources: ['none'],
  remedy: 'None.',
  escalation: { to: 'P0', why: 'It is new.' },
  check: ({ config }) =>
    commandsOf(config)
      .filter(({ words }) => words[0] === 'description')
      .map(({ statement: { span }, words }) => ({ span, message: `described as ${words.slice(1).join(' ')}` })),
});

const failing = (when: (config: ParsedConfig) => boolean): Rule =>
  rule({
    ...descriptions,
    id: 'failing',
    number: 901,
    scope: 'device',
    check: ({ config }) => {
      if (when(config)) throw new Error('no such table\nat line 1');
      return [];
    },
  });

const ports = (...texts: string[]): string =>
  texts.map((text, index) => `interface Ethernet${index + 1}\n   description ${text}\n`).join('');

test('without a change nothing is introduced and nothing escalates', () => {
  const findings = lintConfig(parse(ports('a')), { rules: [descriptions] });
  expect(findings).toMatchObject([
    { rule: 'descriptions', priority: 'P2', node: 'r1', file: 'r1.cfg', introduced: false, related: [] },
  ]);
});

test('a finding whose line has moved is not a new one; a new one escalates', () => {
  const before = parse(ports('a'));
  const after = parse(`! a comment\n! and one more\n${ports('a', 'b')}`);
  expect(lintConfig(after, { before, rules: [descriptions] })).toMatchObject([
    { message: 'described as a', introduced: false, priority: 'P2', span: { line: 3 } },
    { message: 'described as b', introduced: true, priority: 'P0', span: { line: 5 } },
  ]);
});

test('of several findings with one key the one on the changed line is the new one', () => {
  const before = parse(ports('a', 'b', 'a'));
  const after = parse(ports('a', 'a', 'a'));
  const change: DeviceChange = {
    node: 'r1',
    file: 'r1.cfg',
    kind: 'changed',
    beforeText: before.text,
    afterText: after.text,
    hunks: [{ before: { line: 3, count: 1 }, after: { line: 3, count: 1 } }],
  };
  expect(lintConfig(after, { before, change, rules: [descriptions] }).map(({ introduced }) => introduced)).toEqual([
    false,
    true,
    false,
  ]);
});

test('on an added device everything is new', () => {
  const config = parse(ports('a'));
  const change: DeviceChange = {
    node: 'r1',
    file: 'r1.cfg',
    kind: 'added',
    beforeText: '',
    afterText: config.text,
    hunks: [],
  };
  expect(lintConfig(config, { change, rules: [descriptions] })).toMatchObject([{ introduced: true, priority: 'P0' }]);
});

test('a rule that throws is reported as a new P0 and does not stop the others', () => {
  const findings = lintConfig(parse(ports('a')), { rules: [failing(() => true), descriptions] });
  expect(findings.map((finding) => finding.rule)).toEqual(['guard-internal-error', 'descriptions']);
  expect(findings[0]).toMatchObject({
    priority: 'P0',
    introduced: true,
    message: expect.stringContaining('Rule failing could not be evaluated: no such table.'),
  });
  expect(blocks(findings[0]!, true)).toBe(true);
});

test('a rule that throws on the state before leaves every finding new, and says so', () => {
  const before = parse(ports('a'));
  const broken = rule({
    ...descriptions,
    id: 'broken-before',
    scope: 'device',
    check: (context) => {
      if (!context.before) throw new Error('no');
      return [{ span: { line: 0, start: 0, end: 1 }, message: 'found' }];
    },
  });
  const findings = lintConfig(parse(ports('a')), { before, rules: [broken] });
  expect(findings).toMatchObject([
    { rule: 'broken-before', introduced: true },
    { rule: 'guard-internal-error', message: expect.stringContaining('on the state before the change') },
  ]);
});

function lab(...configs: ParsedConfig[]): Snapshot {
  const nodes = new Map(configs.map((config) => [config.device.name, { name: config.device.name, config }]));
  return {
    name: 'lab',
    format: 'containerlab',
    folder: 'lab',
    nodes,
    links: [],
    linksComplete: false,
    runtime: new Map(),
    unmodelledNodes: [],
    problems: [],
  };
}

const crowded = rule({
  ...descriptions,
  id: 'crowded',
  number: 902,
  scope: 'network',
  check: ({ snapshot }) =>
    snapshot.nodes.size < 2
      ? []
      : [...snapshot.nodes.keys()].map((node) => ({
          node,
          span: { line: 0, start: 0, end: 1 },
          message: 'not alone',
          key: node,
        })),
});

test('a lab is checked by both scopes, sorted by node, line and rule', () => {
  const findings = lintSnapshot(lab(parse(ports('b'), 'r2'), parse(ports('a'), 'r1')), {
    rules: [crowded, descriptions],
  });
  expect(findings.map(({ node, rule: id, introduced }) => [node, id, introduced])).toEqual([
    ['r1', 'crowded', false],
    ['r1', 'descriptions', false],
    ['r2', 'crowded', false],
    ['r2', 'descriptions', false],
  ]);
  expect(lintNetwork(lab(parse(ports('a')))), 'a lab of one').toEqual([]);
});

test('in a lab with a baseline a new device is new, and so is what it means for the old one', () => {
  const old = parse(ports('a'), 'r1');
  const findings = lintSnapshot(lab(old, parse(ports('b'), 'r2')), {
    before: lab(old),
    rules: [crowded, descriptions],
  });
  expect(findings.map(({ node, rule: id, introduced }) => `${node} ${id} ${introduced}`)).toEqual([
    'r1 crowded true',
    'r1 descriptions false',
    'r2 crowded true',
    'r2 descriptions true',
  ]);
});

test('equal input gives equal output', () => {
  const run = () => JSON.stringify(lintSnapshot(lab(parse(ports('a', 'b'), 'r1'), parse(ports('a'), 'r2'))));
  expect(run()).toBe(run());
});
