import { lintConfig } from '../../guard/engine.ts';
import { hygieneRules } from '../../guard/hygiene.ts';
import { checkIntent } from '../../guard/intent.ts';
import { failed, passed } from '../stage.ts';
import type { Statement } from '../statement.ts';
import { plural, type Stage } from './define.ts';

/** Refuses what must not be worked on at all: an intent or a configuration that hides something. */
export const guardPrecheck: Stage = {
  id: 'guard-precheck',
  title: 'Guard precheck',
  required: true,
  run: async (run) => {
    const { change, intent } = run.request;
    const refusals: Statement[] =
      intent === undefined ? [] : checkIntent(intent).map(({ message }) => ({ message: `Intent: ${message}` }));
    for (const device of change.devices) {
      const now = change.after.nodes.get(device.node)?.config;
      if (!now) continue;
      const before = change.before.nodes.get(device.node)?.config;
      const found = lintConfig(now, {
        before,
        change: device,
        snapshot: change.after,
        beforeSnapshot: change.before,
        rules: hygieneRules,
      });
      for (const { message, node, file, span, introduced } of found) {
        if (introduced) refusals.push({ message: `${node}: ${message}`, place: { node, file, line: span.line } });
      }
    }
    run.refusals = refusals;
    const what = `${intent === undefined ? 'no intent was given; ' : ''}the texts of ${plural(change.devices.length, 'changed device')}`;
    return refusals.length === 0
      ? passed(`Nothing is hidden: ${intent === undefined ? what : `the intent and ${what}`}.`)
      : failed(
          `The change is refused: ${refusals[0]?.message ?? ''}`,
          refusals.map(({ message }) => message),
        );
  },
};
