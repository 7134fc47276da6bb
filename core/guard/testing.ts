import type { DialectId } from '../config/device/device.ts';
import { parseConfig } from '../config/parse.ts';
import { splitLines } from '../config/readers/split-lines.ts';
import type { DeviceChange, Hunk } from '../network/change.ts';
import type { Link, ParsedConfig, Snapshot, SnapshotNode } from '../network/snapshot.ts';
import { applyEdits } from './edits.ts';
import { lintConfig, lintSnapshot } from './engine.ts';
import type { Finding, Rule } from './rule.ts';

/*
 * A fixture is the text that a person would type, and what they should see:
 *
 *   //- r1.cfg eos before          the configuration before the change (none: no change is considered)
 *   //- r1.cfg eos                 the configuration that is checked
 *   router bgp 65001
 *      neighbor 10.0.0.2 remote-as 65002
 *                                  ^^^^^ sends every route to AS 65002
 *                                  ~~~~~ (place of related information of some finding)
 *   //- r1.cfg fixed               the text after all fixes are applied
 *   //- link r1:Ethernet1 r2:Ethernet1
 *
 * A marker stands under its text; its message is a part of the finding's. In front of the message may stand, in
 * brackets, the priority and `new` or `old`: `^^^ [P0 new] message`. Every finding needs a marker and every marker a
 * finding. Each fix alone must make its finding disappear.
 */

/** Fixtures of a rule by name: what must be found, and what looks alike and must not. */
export interface Fixtures {
  readonly fires: Readonly<Record<string, string>>;
  readonly silent: Readonly<Record<string, string>>;
}

interface Section {
  readonly file: string;
  readonly words: readonly string[];
  readonly text: string;
  readonly markers: readonly Marker[];
}

interface Marker {
  readonly file: string;
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly related: boolean;
  readonly tags: readonly string[];
  readonly message: string;
}

const markerLine = /^(\s*)(\^+|~+) (?:\[([^\]]*)\] ?)?(.*)$/;

function sectionsOf(fixture: string): { sections: Section[]; links: Link[] } {
  const sections: Section[] = [];
  const links: Link[] = [];
  const endpoint = (text = '') => ({ node: text.split(':')[0] ?? '', interface: text.slice(text.indexOf(':') + 1) });
  for (const part of fixture
    .replace(/^\n/, '')
    .split(/^\/\/- /m)
    .slice(1)) {
    const [header = '', ...body] = part.split('\n');
    const [file = '', ...words] = header.trim().split(/\s+/);
    if (file === 'link') {
      links.push({ a: endpoint(words[0]), b: endpoint(words[1]), source: 'topology' });
      continue;
    }
    const lines: string[] = [];
    const markers: Marker[] = [];
    if (body.at(-1)?.trim() === '') body.pop();
    for (const line of body) {
      const found = markerLine.exec(line);
      if (!found) {
        lines.push(line);
        continue;
      }
      const [, indent = '', signs = '', tags = '', message = ''] = found;
      // A carriage return alone also ends a line of the text, as it does for the parser.
      const number = Math.max(0, splitLines(lines.join('\n')).length - 1);
      const place = { file, line: number, start: indent.length, end: indent.length + signs.length };
      markers.push({ ...place, related: signs.startsWith('~'), tags: tags.split(/\s+/).filter(Boolean), message });
    }
    sections.push({ file, words, text: lines.length > 0 ? `${lines.join('\n')}\n` : '', markers });
  }
  return { sections, links };
}

const nodeOf = (file: string): string => file.replace(/\.[^.]*$/, '');

const parse = (file: string, text: string, dialect: DialectId | undefined): ParsedConfig =>
  parseConfig({ text, file, node: nodeOf(file), dialect });

function snapshotOf(configs: readonly ParsedConfig[], links: readonly Link[]): Snapshot {
  const nodes = configs.map((config): [string, SnapshotNode] => [
    config.device.name,
    { name: config.device.name, config },
  ]);
  return {
    name: 'fixture',
    format: 'containerlab',
    folder: 'fixture',
    nodes: new Map(nodes.sort(([a], [b]) => (a < b ? -1 : 1))),
    links,
    linksComplete: false,
    runtime: new Map(),
    unmodelledNodes: [],
    problems: [],
  };
}

/** The lines between the common beginning and the common end, as one hunk. */
function hunkOf(before: readonly string[], after: readonly string[]): Hunk[] {
  let first = 0;
  while (first < before.length && first < after.length && before[first] === after[first]) first += 1;
  let last = 0;
  while (last < before.length - first && last < after.length - first && before.at(-1 - last) === after.at(-1 - last))
    last += 1;
  const [old, now] = [before.length - first - last, after.length - first - last];
  return old + now === 0 ? [] : [{ before: { line: first, count: old }, after: { line: first, count: now } }];
}

function changeOf(before: ParsedConfig, after: ParsedConfig): DeviceChange {
  const common = { node: after.device.name, file: after.file, beforeText: before.text, afterText: after.text };
  return { ...common, kind: 'changed', hunks: hunkOf(before.tree.lines, after.tree.lines) };
}

interface Lab {
  readonly before: ReadonlyMap<string, ParsedConfig>;
  readonly after: ReadonlyMap<string, ParsedConfig>;
  readonly links: readonly Link[];
}

function lint(rule: Rule, { before, after, links }: Lab): readonly Finding[] {
  const options = { rules: [rule] };
  const changes = [...after].flatMap(([file, config]) => {
    const old = before.get(file);
    return old ? [changeOf(old, config)] : [];
  });
  if (after.size > 1 || links.length > 0 || rule.scope === 'network') {
    const snapshot = snapshotOf([...after.values()], links);
    if (before.size === 0) return lintSnapshot(snapshot, options);
    const old = snapshotOf([...new Map([...after, ...before]).values()], links);
    return lintSnapshot(snapshot, { ...options, before: old, changes });
  }
  return [...after].flatMap(([file, config]) =>
    lintConfig(config, { ...options, before: before.get(file), change: changes[0] }),
  );
}

const place = (at: { file: string; line: number; start: number; end: number }): string =>
  `${at.file}:${at.line + 1}:${at.start}-${at.end}`;

const placeOf = (found: { file: string; span: Finding['span'] }): string => place({ file: found.file, ...found.span });

const fits = (marker: Marker, finding: Finding): boolean =>
  marker.file === finding.file &&
  marker.line === finding.span.line &&
  marker.start === finding.span.start &&
  (marker.end === finding.span.end || finding.span.start === finding.span.end) &&
  finding.message.includes(marker.message) &&
  marker.tags.every((tag) => (/^P\d$/.test(tag) ? tag === finding.priority : (tag === 'new') === finding.introduced));

const show = (finding: Finding): string =>
  `${placeOf(finding)} [${finding.priority} ${finding.introduced ? 'new' : 'old'}] ${finding.message}`;

/** What a fixture showed; `problems` is empty when everything is as its markers say. */
export interface Outcome {
  readonly findings: readonly Finding[];
  readonly markers: number;
  readonly fixes: number;
  /** Whether the fixture shows the text after the fixes. */
  readonly showsFixed: boolean;
  readonly problems: readonly string[];
}

/** Runs a rule on a fixture. Returns what does not fit instead of throwing, so that one run shows everything. */
export function evaluate(rule: Rule, fixture: string): Outcome {
  const { sections, links } = sectionsOf(fixture);
  const problems: string[] = [];
  const dialectOf = ({ words }: Section) =>
    words.find((word) => word !== 'before' && word !== 'fixed') as DialectId | undefined;
  const parseAll = (of: readonly Section[]) =>
    new Map(of.map((section) => [section.file, parse(section.file, section.text, dialectOf(section))]));
  const plain = sections.filter(({ words }) => !words.includes('before') && !words.includes('fixed'));
  const lab: Lab = {
    before: parseAll(sections.filter(({ words }) => words.includes('before'))),
    after: parseAll(plain),
    links,
  };
  const findings = lint(rule, lab);

  const expected = plain.flatMap((section) => section.markers);
  const unmatched = new Set(findings);
  for (const marker of expected.filter(({ related }) => !related)) {
    const finding = [...unmatched].find((candidate) => fits(marker, candidate));
    if (finding) unmatched.delete(finding);
    else problems.push(`no finding for the marker at ${place(marker)} [${marker.tags.join(' ')}] ${marker.message}`);
  }
  for (const finding of unmatched) problems.push(`no marker for the finding at ${show(finding)}`);
  for (const marker of expected.filter(({ related }) => related)) {
    const isThere = findings.some(({ related }) =>
      related.some((item) => placeOf(item) === place(marker) && item.message.includes(marker.message)),
    );
    if (!isThere) problems.push(`no related information at ${place(marker)} ${marker.message}`);
  }

  const fixed = (of: readonly Finding[]): Lab => {
    const after = [...lab.after].map(([file, config]): [string, ParsedConfig] => {
      const edits = of.flatMap((finding) =>
        (finding.fix?.edits ?? []).filter((edit) => (edit.span.file ?? finding.file) === file),
      );
      return [file, edits.length === 0 ? config : parse(file, applyEdits(config.text, edits), config.dialect)];
    });
    return { ...lab, after: new Map(after) };
  };
  const fixable = findings.filter((finding) => finding.fix !== undefined);
  for (const finding of fixable) {
    const lab = fixed([finding]);
    const left = lint(rule, lab).filter(
      (other) => other.node === finding.node && other.message === finding.message,
    ).length;
    const were = findings.filter((other) => other.node === finding.node && other.message === finding.message).length;
    if (left >= were)
      problems.push(`the fix "${finding.fix?.title}" leaves ${show(finding)}\n${lab.after.get(finding.file)?.text}`);
    if (lint(rule, lab).length >= findings.length)
      problems.push(`the fix "${finding.fix?.title}" makes another finding`);
  }
  const results = sections.filter(({ words }) => words.includes('fixed'));
  for (const { file, text } of results) {
    const actual = fixed(fixable).after.get(file)?.text;
    if (actual !== text) problems.push(`the fixed text of ${file} is\n${actual}\nand should be\n${text}`);
  }
  return { findings, markers: expected.length, fixes: fixable.length, showsFixed: results.length > 0, problems };
}
