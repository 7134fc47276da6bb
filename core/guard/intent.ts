import { bidirectional, control, describe, strangeBlank, zeroWidth } from './characters.ts';

/** Limits of an operator's intent. A change that needs more words is several changes. */
export const intentLimits = { characters: 4_000, bytes: 16_000 } as const;

export interface IntentProblem {
  readonly code: 'empty' | 'too-long' | 'hidden-character' | 'injection';
  readonly message: string;
  /** UTF-16 offsets [start, end) in the text. */
  readonly start: number;
  readonly end: number;
}

interface Marker {
  readonly expression: RegExp;
  readonly what: string;
}

/** Texts that address a language model instead of describing a change. Matched on the text without marks and wide forms. */
const markers: readonly Marker[] = [
  {
    expression:
      /\b(?:ignore|disregard|forget|override|bypass|do not follow)\b[^.\n]{0,40}\b(?:previous|prior|above|earlier|preceding|all|any|your|the|these|system)\b[^.\n]{0,40}\b(?:instructions?|prompts?|rules?|directives?|guidelines?|guardrails?|context|messages?)\b/gi,
    what: 'asks a model to set its instructions aside',
  },
  {
    expression: /\b(?:new|updated|revised|real|actual) (?:system )?(?:instructions?|prompt)\s*:/gi,
    what: 'poses as new instructions',
  },
  { expression: /\b(?:system|developer) (?:prompt|message)\b/gi, what: 'speaks of the system prompt' },
  {
    expression:
      /\b(?:reveal|print|show|repeat|output|leak)\b[^.\n]{0,30}\b(?:your|the|initial|hidden)\b[^.\n]{0,20}\b(?:prompt|instructions)\b/gi,
    what: 'asks for the instructions of a model',
  },
  { expression: /\byou are (?:now|no longer)\b/gi, what: 'gives a model another role' },
  {
    expression:
      /\b(?:pretend|act) (?:to be|as if|as though|as an?)\b[^.\n]{0,30}\b(?:assistant|model|ai|root|admin(?:istrator)?|developer|jailbr\w+|unrestricted)\b/gi,
    what: 'gives a model another role',
  },
  {
    expression: /^[ \t>*#-]*(?:system|assistant|developer|user|human|tool|function)\s*:/gim,
    what: 'has the marker of a speaker in a conversation',
  },
  {
    expression:
      /<\|[^|\n]{1,40}\|>|\[\/?INST\]|<<\/?SYS>>|<\/?(?:system|assistant|instructions?|tool_call|function_calls?|invoke|s)>/gi,
    what: "has the marker of a model's conversation format",
  },
  {
    expression: /```[ \t]*(?:system|prompt|instructions?|assistant|tool|tool_call|json)\b/gi,
    what: 'has a fenced block that poses as a prompt or a tool call',
  },
  {
    expression: /"(?:role|tool_calls?|function_call|tool_use|tool_choice|jsonrpc)"\s*:/gi,
    what: 'has JSON of a tool call',
  },
  { expression: /"name"\s*:\s*"[^"]*"\s*,\s*"(?:arguments|parameters|input)"\s*:/gi, what: 'has JSON of a tool call' },
  {
    expression: /\b(?:jailbreak|DAN mode|developer mode|prompt injection)\b/gi,
    what: 'names a known attack on models',
  },
  {
    expression:
      /\b(?:approve|mark|report|declare)\b[^.\n]{0,40}\b(?:ship_ready|as (?:safe|ready|passed)|without (?:checks?|review|approval))\b/gi,
    what: 'asks for a verdict instead of a change',
  },
  {
    expression:
      /\b(?:skip|disable|turn off|switch off)\b[^.\n]{0,25}\b(?:guards?|guardrails|preflight|safety|validation|precheck)\b/gi,
    what: 'asks to leave out the checks',
  },
];

const hidden = [
  { expression: bidirectional, what: 'changes the order in which the text is shown' },
  { expression: zeroWidth, what: 'is invisible' },
  { expression: new RegExp(strangeBlank.source.replace('\\u00A0', ''), 'gu'), what: 'is a blank that is not one' },
  { expression: control, what: 'is a control character' },
] as const;

const utf8Length = (text: string): number => new TextEncoder().encode(text).length;

/**
 * Judges an operator's intent before anything is spent on it: empty, too long, hidden characters, or text that
 * addresses a model. An empty result means that nothing was found, not that the intent is wise.
 */
export function checkIntent(text: string): readonly IntentProblem[] {
  const whole = { start: 0, end: text.length };
  if (text.trim() === '')
    return [
      {
        code: 'empty',
        message: 'The intent is empty. Say in one or two sentences what the change is to do.',
        ...whole,
      },
    ];
  const problems: IntentProblem[] = [];
  const characters = [...text].length;
  const bytes = utf8Length(text);
  if (characters > intentLimits.characters || bytes > intentLimits.bytes)
    problems.push({
      code: 'too-long',
      message: `The intent has ${characters} characters (${bytes} bytes); at most ${intentLimits.characters} characters and ${intentLimits.bytes} bytes are taken. Split it into several changes.`,
      ...whole,
    });
  // What is longer than the limits is not searched: the patterns are for texts that a person would write.
  const searched = text.slice(0, intentLimits.bytes);
  for (const { expression, what } of hidden)
    for (const match of searched.matchAll(expression))
      problems.push({
        code: 'hidden-character',
        message: `Character ${describe(match[0])} at position ${match.index + 1} ${what}. Remove it.`,
        start: match.index,
        end: match.index + match[0].length,
      });
  // Hidden characters and wide forms must not break a marker in two.
  const visible = unhide(searched);
  for (const { expression, what } of markers)
    for (const match of visible.text.matchAll(expression)) {
      const start = visible.offsets[match.index] ?? 0;
      const end = (visible.offsets[match.index + match[0].length - 1] ?? start) + 1;
      const shown = match[0].length > 60 ? `${match[0].slice(0, 57)}...` : match[0];
      problems.push({
        code: 'injection',
        message: `"${shown.trim()}" ${what}. An intent describes a change of the network; reword it.`,
        start,
        end,
      });
    }
  return problems.sort((a, b) => a.start - b.start || a.end - b.end || (a.message < b.message ? -1 : 1));
}

/** The text without hidden characters and in compatibility form, with the original offset of each UTF-16 unit. */
function unhide(text: string): { text: string; offsets: number[] } {
  const isHidden = new RegExp(hidden.map(({ expression }) => expression.source).join('|'), 'u');
  const offsets: number[] = [];
  let visible = '';
  let at = 0;
  for (const character of text) {
    const shown = isHidden.test(character) ? (/\s/u.test(character) ? ' ' : '') : character.normalize('NFKC');
    for (let unit = 0; unit < shown.length; unit += 1) offsets.push(at);
    visible += shown;
    at += character.length;
  }
  return { text: visible, offsets };
}
