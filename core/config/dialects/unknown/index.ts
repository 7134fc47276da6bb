import { table } from '../../command-table.ts';
import type { Dialect } from '../../dialect.ts';
import { canonicalInterface } from '../../interface-names.ts';
import { readIndented } from '../../readers/indented.ts';
import { behaviour } from '../ios/behaviour.ts';

/** A language that is not modelled: the tree is kept, every line is listed, and nothing is concluded from it. */
export const unknown: Dialect = {
  id: 'unknown',
  title: 'Unknown system',
  containerlabKinds: [],
  read: (text, before) => readIndented(text, { comments: '!#', quotes: false, multiLine: [] }, before),
  commands: table([]),
  matching: {
    abbreviations: false,
    inlineModes: false,
    interfaceName: (text) => canonicalInterface('unknown', text),
    isInterfaceType: () => false,
  },
  // No device is built, so no behaviour is ever asked for; the most common one stands here.
  behaviour,
  recognise: () => 0,
};
