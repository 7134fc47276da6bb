import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { Located, Span } from '../../span.ts';
import { getOrMake, yes } from '../shared/drafts.ts';
import { empty, type Level } from './bgp-level.ts';
import { complain } from './common.ts';
import { kept } from './notes.ts';

const row = rowsOf<Level>();
const mode = modesOf<Level>();

export const peerGroup = row('peer-group <name:word>', {
  doc: 'Group whose settings the neighbour has.',
  refers: { name: 'bgp-group' },
  apply: ({ settings }, { name }) => {
    settings.group = name;
  },
});

interface Accept extends Level {
  readonly prefix: string;
  readonly span: Span;
  group?: string;
  systems?: (readonly [number, number])[];
}

function rangesOf(device: DeviceDraft, words: Located<readonly string[]>): (readonly [number, number])[] {
  return words.value.flatMap((word): (readonly [number, number])[] => {
    const found = /^(\d+)(?:\.\.(\d+))?$/.exec(word);
    if (found) return [[Number(found[1]), Number(found[2] ?? found[1])]];
    complain(device, `allowed-peer-as ${word}`, words.span);
    return [];
  });
}

/** A range is listened on once its group is known. */
function listen({ process, prefix, group, systems, span }: Accept): void {
  const at = process.listenRanges.findIndex((range) => range.prefix === prefix);
  if (at >= 0) process.listenRanges.splice(at, 1);
  if (group !== undefined) process.listenRanges.push({ prefix, group, ...(systems && { remoteAs: systems }), span });
}

const acceptRows: readonly Entry[] = [
  rowsOf<Accept>()('peer-group <name:word>', {
    doc: 'Group whose settings the neighbours have.',
    refers: { name: 'bgp-group' },
    apply: (context, { name }) => {
      context.group = name.value;
      listen(context);
    },
  }),
  rowsOf<Accept>()('allowed-peer-as <systems:words>', {
    doc: 'AS numbers that the neighbours may have.',
    apply: (context, { systems }) => {
      context.systems = [...(context.systems ?? []), ...rangesOf(context.device, systems)];
      listen(context);
    },
  }),
];

/** `dynamic-neighbors`: ranges of addresses, and neighbours on subinterfaces. */
export const dynamicNeighbours: Entry = mode(
  'dynamic-neighbors',
  { doc: 'Neighbours that are not named one by one.', enter: (level) => level },
  [
    mode('accept', { doc: 'Sessions that others open.', enter: (level) => level }, [
      mode(
        'match <prefix:prefix>',
        {
          doc: 'Addresses whose sessions are accepted.',
          enter: (level, { prefix }, at): Accept =>
            kept(level.process, `accept ${prefix.value}`, () => ({ ...level, prefix: prefix.value, span: at.span })),
        },
        acceptRows,
      ),
      row('max-sessions <count:int>', { doc: 'Most sessions that are accepted.' }),
    ]),
    mode(
      'interface <name:word>',
      {
        doc: 'The neighbour on a subinterface, found by its router advertisements (unnumbered).',
        refers: { name: 'interface' },
        enter: ({ device, process }, { name }, at): Level => {
          const settings = getOrMake(process.neighbours, name.value, () => empty(name.value, 'interface', at.span));
          settings.remoteAs ??= { value: 'external', span: name.span };
          settings.extendedNextHop ??= yes(at.span);
          return { device, process, settings };
        },
      },
      [
        peerGroup,
        row('allowed-peer-as <systems:words>', {
          doc: 'AS numbers that the neighbour may have.',
          apply: ({ device, settings }, { systems }, at) => {
            const ranges = rangesOf(device, systems);
            const [only] = ranges;
            if (ranges.length === 1 && only?.[0] === only?.[1] && only)
              settings.remoteAs = { value: only[0], span: systems.span };
            else complain(device, `interface ${settings.id} / allowed-peer-as of several`, at.span);
          },
        }),
      ],
    ),
  ],
);
