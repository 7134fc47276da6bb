/** A line that FRR did not take, as vtysh reported it. */
export interface RefusedLine {
  /** Zero-based line of the loaded text. */
  readonly line: number;
  readonly message: string;
}

/*
 * vtysh/vtysh_config.c and vtysh.c of FRR: a line that no daemon knows, and one that a daemon refused (the daemon's own
 * words stand in the lines before). The number in brackets is the mode or the code.
 */
const UNKNOWN = /^line (\d+): % (Unknown command|Command incomplete|Ambiguous command)(?:\[\d+\])?: ?(.*)$/;
const REFUSED = /^line (\d+): Failure to communicate\[(\d+)\] to (\w+), line: ?(.*)$/;

/** The check does without a configuration of vtysh's own. */
const NO_VTYSH_FILE = /^% Can't open configuration file/;

const SENTENCES: Readonly<Record<string, string>> = {
  'Unknown command': 'FRR does not know the command',
  'Command incomplete': 'FRR finds the command incomplete',
  'Ambiguous command': 'FRR finds the command ambiguous',
};

/** Reads what vtysh says while it loads (`-b`) or checks (`-C`) a file. A line that several daemons refuse counts once. */
export function refusedLines(output: string): readonly RefusedLine[] {
  const found = new Map<number, string>();
  let said: string[] = [];
  for (const text of output.split('\n')) {
    const unknown = UNKNOWN.exec(text);
    const refused = unknown ? null : REFUSED.exec(text);
    if (unknown) {
      const [, line, what, command = ''] = unknown;
      add(found, Number(line) - 1, `${SENTENCES[what as string]} "${command.trim()}".`);
      said = [];
    } else if (refused) {
      const [, line, code, daemon, command = ''] = refused;
      const why = said.length === 0 ? `code ${code}` : said.join(' ').replace(/^%\s*/, '').replace(/\.$/, '');
      add(found, Number(line) - 1, `${daemon} refuses "${command.trim()}": ${why}.`);
      said = [];
    } else if (text.trim() !== '' && !NO_VTYSH_FILE.test(text) && !/^\d{4}\/\d\d\/\d\d /.test(text)) {
      said.push(text.trim());
    }
  }
  return [...found].sort(([a], [b]) => a - b).map(([line, message]) => ({ line, message }));
}

const add = (found: Map<number, string>, line: number, message: string): void => {
  if (!found.has(line)) found.set(line, message);
};
