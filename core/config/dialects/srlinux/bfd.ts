import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { Interface } from '../../device/interface.ts';
import type { Span } from '../../span.ts';
import { subinterfaceOf } from './interfaces.ts';

interface Timers {
  readonly port: Interface;
}

type Values = NonNullable<Interface['bfd']>['value'];

/** srl_nokia-bfd: a second each way, three packets. */
const DEFAULTS: Values = { intervalMs: 1000, minRxMs: 1000, multiplier: 3 };

const change = ({ port }: Timers, part: Partial<Values>, span: Span): void => {
  port.bfd = { value: { ...(port.bfd?.value ?? DEFAULTS), ...part }, span };
};

const row = rowsOf<Timers>();

/** `bfd { subinterface X { ... } }`: timers in microseconds. */
export const bfd: Entry = modesOf<DeviceDraft>()(
  'bfd',
  { doc: 'Bidirectional forwarding detection.', enter: (device) => device },
  [
    modesOf<DeviceDraft>()(
      'subinterface <name:word>',
      {
        doc: 'Timers of a subinterface.',
        refers: { name: 'interface' },
        enter: (device, { name }, at): Timers => ({ port: subinterfaceOf(device, name.value, at.span) }),
      },
      [
        row('admin-state <state:enable|disable>', { doc: 'Whether sessions may run.', apply: () => undefined }),
        row('desired-minimum-transmit-interval <microseconds:int>', {
          doc: 'How often packets are sent.',
          apply: (timers, { microseconds }, at) => change(timers, { intervalMs: microseconds.value / 1000 }, at.span),
        }),
        row('required-minimum-receive <microseconds:int>', {
          doc: 'How often packets may come.',
          apply: (timers, { microseconds }, at) => change(timers, { minRxMs: microseconds.value / 1000 }, at.span),
        }),
        row('detection-multiplier <count:int>', {
          doc: 'Packets that may be missed.',
          apply: (timers, { count }, at) => change(timers, { multiplier: count.value }, at.span),
        }),
        row('<what:minimum-echo-receive-interval|max-hop-count> <value:int>', { doc: 'Known, and not simulated.' }),
      ],
    ),
    rowsOf<DeviceDraft>()('<what:micro-bfd-sessions|network-instance> [<rest:rest>]', {
      doc: 'Known, and not simulated.',
    }),
  ],
);
