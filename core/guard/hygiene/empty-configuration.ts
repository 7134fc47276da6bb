import { commandsOf } from '../commands.ts';
import { rule } from '../rule.ts';

/** Lines that frame a saved configuration without configuring anything. */
const frame = /^(?:end|exit|return|quit|version .*|frr version .*|frr defaults .*)$/;

export default rule({
  id: 'empty-configuration',
  number: 109,
  priority: 'P0',
  scope: 'device',
  title: 'Configuration without a command',
  why: 'An empty or comment-only configuration passes every check because there is nothing to check. That is never a result to ship.',
  sources: ['Truncated files after a full disk or a failed transfer'],
  remedy: 'Check that the right file was given and that it was written completely.',
  check: ({ config }) => {
    if (commandsOf(config).some(({ negated, words }) => negated || !frame.test(words.join(' ').toLowerCase())))
      return [];
    const end = (config.tree.lines[0] ?? '').length;
    const message =
      config.text.trim() === '' ? 'The configuration is empty' : 'The configuration has comments but no command';
    return [{ span: { line: 0, start: 0, end }, message, key: 'empty' }];
  },
});
