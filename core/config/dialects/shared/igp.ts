import { type Entry, rowsOf } from '../../command-table.ts';
import type { DistributeList, RipOffset } from '../../device/igp.ts';
import type { Located } from '../../span.ts';
import { addOnce, removeName, removeWhere } from './drafts.ts';

/** Fields that every IGP process has for the interfaces on which it is silent. */
interface Passive {
  passiveDefault?: Located<boolean> | undefined;
  passiveInterfaces: Located<string>[];
  activeInterfaces?: Located<string>[];
}

const active = (process: Passive): Located<string>[] => {
  process.activeInterfaces ??= [];
  return process.activeInterfaces;
};

/** `passive-interface default`, `passive-interface X` and their negative forms. */
export function passiveRows<C>(of: (context: C) => Passive): readonly Entry[] {
  const row = rowsOf<C>();
  return [
    row('passive-interface default', {
      doc: 'No adjacency on any interface that is not named.',
      apply: (context, _, at) => {
        of(context).passiveDefault = { value: true, span: at.span };
      },
      undo: (context, _, at) => {
        of(context).passiveDefault = { value: false, span: at.span };
      },
    }),
    row('passive-interface <interface:interface>', {
      doc: 'No adjacency on the interface; its subnet is still announced.',
      refers: { interface: 'interface' },
      apply: (context, { interface: name }) => {
        addOnce(of(context).passiveInterfaces, name);
        removeName(active(of(context)), name.value);
      },
      undo: (context, { interface: name }) => {
        if (!name) return;
        removeName(of(context).passiveInterfaces, name.value);
        addOnce(active(of(context)), name);
      },
    }),
  ];
}

type Filtered = { distributeLists?: DistributeList[] };

function setList(process: Filtered, made: DistributeList): void {
  process.distributeLists ??= [];
  clearLists(process, made.direction, made);
  process.distributeLists.push(made);
}

function clearLists(process: Filtered, direction: 'in' | 'out' | undefined, limit: Limit): void {
  removeWhere(
    process.distributeLists ?? [],
    (known) =>
      (direction === undefined || known.direction === direction) &&
      known.interface === limit.interface &&
      known.source === limit.source,
  );
}

/** `distribute-list` by access-list, prefix-list or route-map. */
export function distributeRows<C>(of: (context: C) => Filtered): readonly Entry[] {
  const row = rowsOf<C>();
  const line = (words: string, kind: DistributeList['kind'], doc: string): Entry =>
    row(
      `distribute-list ${words}<list:word> <direction:in|out> [<interface:interface>]` as 'distribute-list <list:word> <direction:in|out> [<interface:interface>]',
      {
        doc,
        refers: { list: kind },
        apply: (context, { list, direction, interface: name }, at) =>
          setList(of(context), { list, kind, direction: direction.value, ...limitOf(name), span: at.span }),
        undo: (context, { direction, interface: name }) => clearLists(of(context), direction?.value, limitOf(name)),
      },
    );
  return [
    line('', 'access-list', 'Limits the routes taken in, or handed on, by an access-list.'),
    line('prefix ', 'prefix-list', 'Limits the routes taken in, or handed on, by a prefix-list.'),
    line('prefix-list ', 'prefix-list', 'Limits the routes taken in, or handed on, by a prefix-list.'),
    line('route-map ', 'route-map', 'Limits the routes taken in, or handed on, by a route-map.'),
  ];
}

type Limit = { readonly interface?: string; readonly source?: string };

/** The last word of the line: an interface, or the source protocol of an outbound list. */
const limitOf = (name: Located<string> | undefined): Limit =>
  name === undefined ? {} : protocols.has(name.value) ? { source: name.value } : { interface: name.value };

/** Words after an outbound list that name a source protocol rather than an interface. */
const protocols: ReadonlySet<string> = new Set([
  'connected',
  'static',
  'ospf',
  'bgp',
  'rip',
  'isis',
  'eigrp',
  'kernel',
]);

/** `maximum-paths`, which every protocol writes alike. */
export const maximumPathsRow = <C>(of: (context: C) => { maximumPaths?: Located<number> }): Entry =>
  rowsOf<C>()('maximum-paths <paths:int>', {
    doc: 'Most equal paths that share traffic.',
    apply: (context, { paths }) => {
      of(context).maximumPaths = paths;
    },
    undo: (context) => {
      delete of(context).maximumPaths;
    },
  });

/** Lines of a process that cannot change its routes. */
export const quietRows = <C>(patterns: readonly (readonly [pattern: string, doc: string])[]): readonly Entry[] => {
  const row = rowsOf<C>();
  return patterns.map(([pattern, doc]) => row(pattern as 'x', { doc, effect: 'none' }));
};

/** `offset-list` of RIP and EIGRP: metric that is added to what is learned or announced. */
export const offsetListRows = <P extends { offsetLists?: RipOffset[] }>(): readonly Entry[] => [
  rowsOf<P>()('offset-list <list:word> <direction:in|out> <offset:int> [<interface:interface>]', {
    doc: 'Adds to the metric of routes that the access-list permits; list 0 stands for all.',
    apply: (process, args, at) => {
      process.offsetLists ??= [];
      process.offsetLists.push({
        ...(args.list.value !== '0' && { list: args.list }),
        direction: args.direction.value,
        offset: args.offset.value,
        ...(args.interface && { interface: args.interface.value }),
        span: at.span,
      });
    },
    undo: (process, { list, direction, interface: name }) => {
      removeWhere(
        process.offsetLists ?? [],
        (known) =>
          (known.list?.value ?? '0') === list?.value &&
          (direction === undefined || known.direction === direction.value) &&
          known.interface === name?.value,
      );
    },
  }),
];
