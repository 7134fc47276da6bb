/** Lines as an editor counts them: CR LF, LF and a lone CR each end a line. */
export const splitLines = (text: string): string[] => text.split(/\r\n|\n|\r/);
