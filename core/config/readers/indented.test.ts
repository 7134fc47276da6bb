import { describe, expect, it } from 'vitest';
import type { Statement } from '../tree.ts';
import { statementText } from '../tree.ts';
import { MAX_LINE_LENGTH, readIndented } from './indented.ts';
import { certificate, delimitedBanner, eofBanner } from './multi-line.ts';

const read = (text: string) =>
  readIndented(text, { comments: '!#', quotes: false, multiLine: [delimitedBanner, certificate] });
const outline = (statements: readonly Statement[]): unknown[] =>
  statements.map((statement) =>
    statement.children.length ? [statementText(statement), ...outline(statement.children)] : statementText(statement),
  );

describe('indentation', () => {
  it('makes the lines that are indented more into children', () => {
    const tree = read('router bgp 1\n address-family ipv4\n  network 10.0.0.0\n exit-address-family\n!\nhostname r1\n');
    expect(outline(tree.statements)).toEqual([
      ['router bgp 1', ['address-family ipv4', 'network 10.0.0.0'], 'exit-address-family'],
      'hostname r1',
    ]);
    expect(tree.statements[0]?.span).toEqual({ line: 0, start: 0, end: 12, endLine: 3 });
    expect(tree.comments).toEqual([{ line: 4, start: 0, end: 1 }]);
  });

  it('reads tabs, CR LF, blank lines and jumps', () => {
    expect(outline(read('a\r\n\tb\r\n\r\n    c\r\n   d\r\ne').statements)).toEqual([['a', 'b', 'c', 'd'], 'e']);
    expect(outline(read(' a\n  b\n a2').statements)).toEqual([['a', 'b'], 'a2']);
  });

  it('keeps the place of each word', () => {
    expect(read(' ip  address 10.0.0.1').statements[0]?.words).toEqual([
      { text: 'ip', start: 1, end: 3 },
      { text: 'address', start: 5, end: 12 },
      { text: '10.0.0.1', start: 13, end: 21 },
    ]);
  });
});

describe('text over several lines', () => {
  it('takes a banner between its delimiters', () => {
    const tree = read('banner motd ^C\n line one\n!two\n^C\nhostname r1');
    expect(tree.statements[0]?.body).toBe('\n line one\n!two\n');
    expect(tree.statements[0]?.span.endLine).toBe(3);
    expect(outline(tree.statements)).toEqual(['banner motd ^C', 'hostname r1']);
    expect(tree.problems).toEqual([]);
  });

  it('takes a banner on one line and says what the device throws away', () => {
    const tree = read('banner login #keep out# no ip routing');
    expect(tree.statements[0]?.body).toBe('keep out');
    expect(tree.problems[0]?.span).toEqual({ line: 0, start: 23, end: 37 });
  });

  it('says that a banner is not closed', () => {
    const tree = read('hostname r1\nbanner motd #\nrouter bgp 1');
    expect(tree.problems[0]?.message).toContain('not closed by "#"');
    expect(outline(tree.statements)).toEqual(['hostname r1', 'banner motd #']);
  });

  it('takes the lines of a banner up to EOF', () => {
    const tree = readIndented('banner login\nhello\nEOF\nhostname r1', {
      comments: '!#',
      quotes: false,
      multiLine: [eofBanner],
    });
    expect(tree.statements[0]?.body).toBe('hello');
    expect(outline(tree.statements)).toEqual(['banner login', 'hostname r1']);
  });

  it('takes a certificate up to quit', () => {
    const tree = read(
      'crypto pki certificate chain X\n certificate self-signed 01\n  30820330 30820218\n  A0030201\n  \tquit\nline con 0',
    );
    expect(outline(tree.statements)).toEqual([
      ['crypto pki certificate chain X', 'certificate self-signed 01'],
      'line con 0',
    ]);
    expect(tree.statements[0]?.span.endLine).toBe(4);
  });
});

describe('hostile text', () => {
  it('reports a line that is no command, and goes on', () => {
    const tree = read(`hostname r1\n${'x '.repeat(MAX_LINE_LENGTH)}\nrouter bgp 1`);
    expect(outline(tree.statements)).toEqual(['hostname r1', 'router bgp 1']);
    expect(tree.problems).toHaveLength(1);
  });

  it('reads a line of 50 million characters', () => expect(read('a'.repeat(50_000_000)).problems).toHaveLength(1));

  it('reads 10,000 nested levels', () => {
    const tree = read(Array.from({ length: 10_000 }, (_, depth) => `${' '.repeat(depth)}x`).join('\n'));
    expect(tree.statements[0]?.span.endLine).toBe(9_999);
  });

  it('reads NUL and control characters as text', () => {
    expect(read('a\0b \u001b[1m').statements[0]?.words.map((word) => word.text)).toEqual(['a\0b', '\u001b[1m']);
  });
});
