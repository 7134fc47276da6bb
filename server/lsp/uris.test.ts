import { describe, expect, test } from 'vitest';
import { Uris } from './uris.ts';

describe('paths of URIs', () => {
  test.each([
    ['file:///lab/r1.cfg', '/lab/r1.cfg'],
    ['file:///my%20lab/r1.cfg', '/my lab/r1.cfg'],
    ['file:///100%25/r1.cfg', '/100%/r1.cfg'],
    ['file:///caf%C3%A9/r1.cfg', '/café/r1.cfg'],
    ['vscode-remote://ssh-remote%2Bhost/my%20lab/r1.cfg', '/my lab/r1.cfg'],
    ['vscode-remote://127.0.0.1:8080/lab/100%25.cfg', '/lab/100%.cfg'],
  ])('%s', (uri, path) => {
    expect(new Uris().pathOf(uri)).toBe(path);
  });

  test.each([
    'untitled:Untitled-1',
    'git:/lab/r1.cfg?HEAD',
    'file:///%E0%A4%A',
    'vscode-remote://host/%ZZ',
    'aegis-rib:/x',
  ])('%s is no file here', (uri) => {
    expect(new Uris().pathOf(uri)).toBeUndefined();
  });
});

describe('URIs of paths', () => {
  test('a document is written as the client writes it', () => {
    const uris = new Uris();
    const odd = 'file:///lab/a%2Db.cfg';
    expect(uris.remember(odd)).toBe('/lab/a-b.cfg');
    expect(uris.uriOf('/lab/a-b.cfg')).toBe(odd);
    uris.forget(odd);
    expect(uris.uriOf('/lab/a-b.cfg')).toBe('file:///lab/a-b.cfg');
  });

  test('every path comes back', () => {
    const uris = new Uris();
    for (const path of ['/lab/r1.cfg', '/my lab/100%/#1?.cfg', '/café/r1.cfg'])
      expect(uris.pathOf(uris.uriOf(path))).toBe(path);
  });

  test('what lies in a remote folder is written as remote', () => {
    const uris = new Uris();
    expect(uris.rememberFolder('vscode-remote://ssh-remote%2Bhost/my%20lab/')).toBe('/my lab');
    expect(uris.uriOf('/my lab/configs/r 1.cfg')).toBe('vscode-remote://ssh-remote%2Bhost/my%20lab/configs/r%201.cfg');
    expect(uris.uriOf('/elsewhere/r1.cfg')).toBe('file:///elsewhere/r1.cfg');
  });
});
