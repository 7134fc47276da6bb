import { rule } from '../rule.ts';

export default rule({
  id: 'text-encoding',
  number: 106,
  priority: 'P0',
  scope: 'device',
  title: 'File that is not UTF-8',
  why: 'Bytes that are not UTF-8 were replaced when the file was read, so what was checked is not what the device would load.',
  sources: ['RFC 3629, UTF-8', 'Unicode Standard, replacement character U+FFFD'],
  remedy: 'Save the file as UTF-8 (plain ASCII is UTF-8) and check it again.',
  check: ({ config }) => {
    const line = config.text.includes('\uFFFD') ? config.tree.lines.findIndex((text) => text.includes('\uFFFD')) : -1;
    if (line < 0) return [];
    const start = (config.tree.lines[line] ?? '').indexOf('\uFFFD');
    const message = 'Bytes here are not UTF-8 and were replaced when the file was read';
    return [{ span: { line, start, end: start + 1 }, message, key: 'replacement character' }];
  },
});
