import type { ConfigError } from '../../backends/backend.ts';
import { lintSnapshot } from '../../guard/engine.ts';
import { prioritiesOfChange, withPriority } from '../../guard/priorities.ts';
import type { DeviceChange } from '../../network/change.ts';
import { failed, notRun, passed } from '../stage.ts';
import { isAccepted, plural, REFUSED, type Stage } from './define.ts';

/** Everything that is wrong with the configurations and can be known without running them. */
export const staticCheck: Stage = {
  id: 'static-check',
  title: 'Static check',
  required: true,
  run: async (run) => {
    if (!isAccepted(run)) return notRun(REFUSED);
    const { change } = run.request;
    const { backend } = run.services;
    const options = { signal: run.signal, onProgress: run.progress };
    const [before, after] = [
      await backend.staticCheck(change.before, options),
      await backend.staticCheck(change.after, options),
    ];
    run.rejected = introducedErrors(before, after, change.devices);
    const chosen = prioritiesOfChange(change.before, change.after);
    const { policy } = run.services;
    const floors = policy?.status === 'trusted' ? policy.policy.guards.severities : {};
    run.findings = lintSnapshot(change.after, { before: change.before, changes: change.devices }).map((finding) =>
      withPriority(finding, chosen, floors),
    );
    const blocking = run.findings.filter(
      ({ priority, introduced, setAside }) => introduced && priority === 'P0' && !setAside,
    );
    const fresh = run.findings.filter(({ introduced }) => introduced).length;
    const details = [
      ...run.rejected.map(
        ({ node, line, message }) => `${node}${line === undefined ? '' : `:${line + 1}`}: ${message}`,
      ),
      ...blocking.map(({ node, span, message, rule }) => `${node}:${span.line + 1}: ${message} (${rule})`),
    ];
    const found = `${plural(run.findings.length, 'finding')}, ${fresh} of them caused by the change`;
    return details.length === 0
      ? passed(`No errors; ${found}.`)
      : failed(
          `${plural(run.rejected.length, 'rejected line')} and ${plural(blocking.length, 'P0 finding')} caused by the change; ${found}.`,
          details,
        );
  },
};

/**
 * Errors that were not there before, also those that a change on one device causes on another: recognised by device,
 * message and the text of the line, never by its number.
 */
export function introducedErrors(
  before: readonly ConfigError[],
  after: readonly ConfigError[],
  devices: readonly DeviceChange[],
): readonly ConfigError[] {
  const texts = new Map(
    devices.map(({ node, beforeText, afterText }) => [
      node,
      { before: beforeText.split('\n'), after: afterText.split('\n') },
    ]),
  );
  const key = ({ node, line, message }: ConfigError, side: 'before' | 'after'): string =>
    `${node}\n${message}\n${line === undefined ? '' : (texts.get(node)?.[side][line] ?? '').trim()}`;
  const old = new Map<string, number>();
  for (const error of before) old.set(key(error, 'before'), (old.get(key(error, 'before')) ?? 0) + 1);
  return after.filter((error) => {
    const left = old.get(key(error, 'after')) ?? 0;
    old.set(key(error, 'after'), left - 1);
    return left <= 0;
  });
}
