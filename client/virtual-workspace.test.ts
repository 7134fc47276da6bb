import { expect, test } from 'vitest';
import { documentSchemes, isVirtual } from './virtual-workspace.ts';

const folders = (...schemes: readonly string[]) => schemes.map((scheme) => ({ uri: { scheme } }));

test('a workspace is virtual when none of its folders lies on this machine', () => {
  expect(isVirtual(folders('vscode-vfs'))).toBe(true);
  expect(isVirtual(folders('vscode-vfs', 'file'))).toBe(false);
  expect(isVirtual(folders('file'))).toBe(false);
});

test('a window without a folder is not: single files may be opened in it', () => {
  expect(isVirtual(undefined)).toBe(false);
  expect(isVirtual([])).toBe(false);
});

test('documents of a virtual folder are read, those of other schemes (git, the baseline) are not', () => {
  expect(documentSchemes(folders('vscode-vfs'))).toEqual(['file', 'untitled', 'vscode-vfs']);
  expect(documentSchemes(folders('file'))).toEqual(['file', 'untitled']);
});
