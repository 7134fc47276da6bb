import { describe, expect, it } from 'vitest';
import { type MemoryFile, memoryReader } from '../../network/load/fixtures/memory-reader.ts';
import { labOf, pair } from '../fixtures/lab.ts';
import { readFolderOverlay } from './folder-overlay.ts';
import { pastedTexts } from './pasted.ts';

const read = async (files: Readonly<Record<string, MemoryFile>>) =>
  readFolderOverlay('/change', await labOf(pair()), memoryReader(files));

describe('a change folder', () => {
  it('holds whole configurations by device, with a title and an intent', async () => {
    const overlay = await read({
      '/change/configs/r1.cfg': 'new\n',
      '/change/change.yml': 'title: T\nintent: "Why."\nexpect: blocked\n',
      '/change/notes.md': 'x',
    });
    expect(overlay).toEqual({
      title: 'T',
      intent: 'Why.',
      record: {},
      texts: new Map([['/lab/configs/r1.cfg', 'new\n']]),
    });
  });

  it('may hold the configurations itself, and need not be described', async () => {
    expect(await read({ '/change/r2.conf': 'new\n' })).toEqual({ texts: new Map([['/lab/configs/r2.cfg', 'new\n']]) });
  });

  it('keeps an empty intent apart from none', async () => {
    expect(await read({ '/change/r1.cfg': 'new\n', '/change/change.yml': 'intent: ""\n' })).toMatchObject({
      intent: '',
    });
    expect(await read({ '/change/r1.cfg': 'new\n', '/change/change.yml': 'intent:\n' })).toMatchObject({ intent: '' });
  });

  it('holds what the change management says, with the window in UTC', async () => {
    const description =
      'ticket: CHG-1\nreason: R\nauthor: J. Doe\nexpected-outcome: E\nemergency: M\n' +
      'window: {from: 2026-02-01T02:00:00+01:00, to: 2026-02-01T03:30Z}\n';
    const { record } = await read({ '/change/r1.cfg': 'x', '/change/change.yml': description });
    expect(record).toEqual({
      ticket: 'CHG-1',
      reason: 'R',
      author: 'J. Doe',
      expectedOutcome: 'E',
      emergency: 'M',
      window: { from: '2026-02-01T01:00:00Z', to: '2026-02-01T03:30:00Z' },
    });
  });

  it.each<[string, Readonly<Record<string, MemoryFile>>, string]>([
    [
      'a window without an offset',
      { '/change/r1.cfg': 'x', '/change/change.yml': 'window: {from: 2026-02-01 02:00, to: 2026-02-01T03:30Z}\n' },
      "The window's from must be a time with an offset",
    ],
    [
      'a window that ends before it begins',
      { '/change/r1.cfg': 'x', '/change/change.yml': 'window: {from: 2026-02-01T04:00Z, to: 2026-02-01T03:30Z}\n' },
      'The window ends before it begins.',
    ],
    ['nothing there', {}, 'There is no such change folder.'],
    ['a file', { '/change': 'x' }, 'A change is a folder'],
    ['no configurations', { '/change/change.yml': 'title: T\n' }, 'The change holds no configurations'],
    [
      'a device that the lab does not have',
      { '/change/r9.cfg': 'x' },
      'has no device r9 with a configuration; it has r1, r2.',
    ],
    ['two configurations for a device', { '/change/r1.cfg': 'x', '/change/r1.conf': 'y' }, 'has two configurations'],
    ['an empty configuration', { '/change/r1.cfg': '' }, 'The file is empty'],
    ['a link out of the folder', { '/change/r1.cfg': { link: '/etc/shadow' }, '/etc/shadow': 'x' }, 'symbolic link'],
    [
      'a description that is no map',
      { '/change/r1.cfg': 'x', '/change/change.yml': '- a\n' },
      'A map with title and intent is expected.',
    ],
    [
      'an intent that is no text',
      { '/change/r1.cfg': 'x', '/change/change.yml': 'intent: [a]\n' },
      'The intent must be a text.',
    ],
  ])('is refused: %s', async (_, files, message) => {
    await expect(read(files)).rejects.toThrow(message);
  });
});

describe('a pasted configuration', () => {
  it('is the text of one device of the lab', async () => {
    expect(pastedTexts(await labOf(pair()), 'r2', 'new\n')).toEqual(new Map([['/lab/configs/r2.cfg', 'new\n']]));
    const lab = await labOf(pair());
    expect(() => pastedTexts(lab, 'r9', 'new\n')).toThrow('has no device r9');
  });
});
