import { env, l10n } from 'vscode';

/** Text as it may stand in HTML, in an element and in a quoted attribute. */
export const html = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** What a page may load: its own script, its own styles, and nothing else. */
export const contentPolicy = (nonce: string): string =>
  `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'">`;

/** The language of a page, for who has it read aloud: the user's where there are translations, else that of the sources. */
export const pageLanguage = (): string => (l10n.bundle === undefined ? 'en' : html(env.language));
