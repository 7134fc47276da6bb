import { skipped } from '../stage.ts';
import type { Stage } from './define.ts';

const GIVEN = {
  working_tree: 'The change is given: the working tree.',
  folder_overlay: 'The change is given: a folder with configurations.',
  pasted: 'The change is given: a pasted configuration.',
  nl_intent: 'The change is given.',
} as const;

/** Where a configuration would be written for an intent. A change that is given needs none. */
export const proposal: Stage = {
  id: 'proposal',
  title: 'Proposal',
  required: false,
  run: async ({ request }) => skipped(GIVEN[request.change.source]),
};
