import { Uri } from 'vscode';

/** A URI or a path of this machine, as the server writes either. */
export const toUri = (text: string): Uri => (/^[a-z][a-z0-9+.-]+:\//i.test(text) ? Uri.parse(text) : Uri.file(text));

/** Whether two URIs name the same thing, however their escapes are written. */
export const sameUri = (one: string, other: string): boolean => toUri(one).toString() === toUri(other).toString();
