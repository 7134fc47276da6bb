import { describe, expect, it } from 'vitest';
import { type At, type Entry, modesOf, nothing, rowsOf, table } from './command-table.ts';
import { emptyDevice } from './device/device.ts';
import { dialects } from './dialects/index.ts';
import { frame } from './dialects/shared/frame.ts';
import { interpret } from './interpret.ts';
import type { Statement } from './tree.ts';

const doc = 'A command.';

interface Log {
  readonly path: string;
  readonly lines: string[];
}

const row = rowsOf<Log>();
const mode = modesOf<Log>();
const note = (log: Log, _args: unknown, at: { readonly statement: Statement }): void => {
  log.lines.push(`${log.path}> ${at.statement.words.map((word) => word.text).join(' ')}`);
};
const inside = (name: string) => ({
  doc,
  enter: (log: Log) => ({ path: `${log.path}${name}`, lines: log.lines }),
  undo: note,
});

const family = mode('address-family <family:word>', inside('/af'), [
  row('network <prefix:word>', { doc, apply: note, undo: note }),
  row('both <value:word>', { doc, apply: note }),
]);
const commands = (lines: string[]): readonly Entry[] => [
  ...frame,
  ...([
    mode('router <name:word>', inside('router'), [
      row('neighbor <peer:word> [as <as:int>]', { doc, apply: note, undo: note }),
      row('timers <seconds:int>', { doc, undo: nothing, apply: note }),
      row('unwritten <value:word>', { doc }),
      family,
    ]),
    mode('interface <name:word>', inside('interface'), [row('both <value:word>', { doc, apply: note })]),
    row('both <value:word>', { doc, apply: note }),
    row('hostname <name:word>', { doc, apply: note }),
    row('quiet', { doc, effect: 'none' }),
  ].map((entry) => rooted(entry, lines)) as Entry[]),
];

/** The outermost context is the device; these tests want the log there. */
const rooted = (entry: Entry, lines: string[]): Entry => {
  const log: Log = { path: '', lines };
  const { apply, undo, enter } = entry;
  return {
    ...entry,
    ...(apply && { apply: (_device: unknown, args: unknown, at: At) => apply(log, args, at) }),
    ...(undo && { undo: (_device: unknown, args: unknown, at: At) => undo(log, args, at) }),
    ...(enter && { enter: (_device: unknown, args: unknown, at: At) => enter(log, args, at) }),
  };
};

/** What was applied where, and after a blank line what was not modelled. */
function run(text: string): readonly string[] {
  const lines: string[] = [];
  const ios = dialects.get('ios');
  if (!ios) throw new Error('IOS is missing');
  const device = emptyDevice('r1', 'ios', 'r1.cfg');
  interpret({ ...ios, commands: table(commands(lines)), finish: () => undefined }, ios.read(text), device);
  return [...lines, ...device.notModelled.map((line) => `? ${line.text}${line.mayAffectRouting ? '' : ' (harmless)'}`)];
}

describe('an indented text', () => {
  it('applies lines in the mode that they stand under', () => {
    expect(
      run('router a\n neighbor x\n address-family 4\n  network n\n exit-address-family\n neighbor y\nhostname r1'),
    ).toEqual(['router> neighbor x', 'router/af> network n', 'router> neighbor y', '> hostname r1']);
  });

  it('prefers the mode of its level to one that was opened before it', () => {
    expect(run('interface a\n both 1\nboth 2')).toEqual(['interface> both 1', '> both 2']);
  });

  it('may jump in indentation, which says nothing to the device', () => {
    expect(run('router a\n   neighbor x\n      neighbor y\n  timers 5')).toEqual([
      'router> neighbor x',
      'router> neighbor y',
      'router> timers 5',
    ]);
  });

  it('keeps lines of a mode that it does not know out of the others', () => {
    expect(run('router a\n neighbor x\nstrange b\n neighbor y\nexit\nhostname r1')).toEqual([
      'router> neighbor x',
      '> hostname r1',
      '? strange b',
      '? strange b / neighbor y',
    ]);
  });

  it('closes the unknown mode, not the known one, by exit', () => {
    expect(run('router a\n strange b\n  network n\n exit-address-family\n neighbor y')).toEqual([
      'router> neighbor y',
      '? router a / strange b',
      '? router a / strange b / network n',
    ]);
  });
});

describe('an unindented text', () => {
  it('applies each line in the innermost open mode that knows it', () => {
    expect(run('router a\nneighbor x\naddress-family 4\nnetwork n\nneighbor y\nhostname r1')).toEqual([
      'router> neighbor x',
      'router/af> network n',
      'router> neighbor y',
      '> hostname r1',
    ]);
  });

  it('closes the inner mode when an outer one takes a line', () => {
    expect(run('router a\naddress-family 4\nnetwork n\naddress-family 6\nnetwork m\nneighbor x\nnetwork o')).toEqual([
      'router/af> network n',
      'router/af> network m',
      'router> neighbor x',
      '? network o',
    ]);
  });

  it('tries the innermost mode first', () => {
    expect(run('router a\naddress-family 4\nboth 1\nexit\nboth 2\ninterface b\nboth 3\nend\nboth 4')).toEqual([
      'router/af> both 1',
      '> both 2',
      'interface> both 3',
      '> both 4',
    ]);
  });
});

describe('negative forms', () => {
  it('undo, mean nothing, or are listed', () => {
    expect(
      run('router a\n no neighbor x\n no timers 5\n no timers\n no unwritten\nno quiet\nno router a\nno hostname r1'),
    ).toEqual(['router> no neighbor x', '> no router a', '? router a / no unwritten', '? no hostname r1']);
  });
});

describe('what is not modelled', () => {
  it('is a row without an effect of its own', () =>
    expect(run('router a\n unwritten 1')).toEqual(['? router a / unwritten 1']));

  it('is a command that would change routes and stands under a harmless one', () => {
    expect(run('quiet\n router a\n  neighbor x\n anything')).toEqual([
      '? quiet / router a',
      '? quiet / router a / neighbor x',
    ]);
  });

  it('is nothing under a command that is known to be harmless', () =>
    expect(run('quiet\n anything\n  goes')).toEqual([]));
});
