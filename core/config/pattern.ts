import { type SlotTypeName, slotTypes } from './slot-types.ts';

/** A pattern as written, taken apart. */
export type Node =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'slot'; readonly name: string; readonly choices: readonly SlotChoice[] }
  | { readonly kind: 'optional'; readonly nodes: readonly Node[] }
  | { readonly kind: 'any-order'; readonly parts: readonly (readonly Node[])[] };

export type SlotChoice = SlotTypeName | { readonly literal: string };

/**
 * A pattern as the matcher runs it: steps linked to what follows. `soft` says that from here to the end nothing but
 * slots and optional parts is missing, so that a negative form may stop here.
 */
export type Step =
  | {
      readonly op: 'literal';
      readonly text: string;
      readonly lower: string;
      readonly next: Step;
      readonly soft: boolean;
    }
  | {
      readonly op: 'slot';
      readonly name: string;
      readonly choices: readonly SlotChoice[];
      readonly next: Step;
      readonly soft: boolean;
    }
  | { readonly op: 'fork'; readonly inside: Step; readonly next: Step; readonly soft: boolean }
  | {
      readonly op: 'any-order';
      readonly register: number;
      readonly parts: readonly Step[];
      readonly next: Step;
      readonly soft: boolean;
    }
  | { readonly op: 'again'; readonly to: { step?: Step & { op: 'any-order' } }; readonly soft: boolean }
  | { readonly op: 'end'; readonly soft: true };

/** Takes a pattern apart. Throws for a mistake in it, since patterns are written by us. */
export function parsePattern(pattern: string): readonly Node[] {
  const tokens = pattern.match(/<[^>]+>|\*\[|\[|\]|[^\s[\]<>]+/g) ?? [];
  let at = 0;
  const sequence = (inside: boolean): Node[] => {
    const nodes: Node[] = [];
    while (at < tokens.length && tokens[at] !== ']') {
      const token = tokens[at] as string;
      at += 1;
      if (token === '[' || token === '*[') {
        const inner = sequence(true);
        const last = nodes.at(-1);
        if (token === '[') nodes.push({ kind: 'optional', nodes: inner });
        else if (last?.kind === 'any-order')
          nodes[nodes.length - 1] = { kind: 'any-order', parts: [...last.parts, inner] };
        else nodes.push({ kind: 'any-order', parts: [inner] });
      } else if (token.startsWith('<')) nodes.push(slot(pattern, token.slice(1, -1)));
      else nodes.push({ kind: 'literal', text: token });
    }
    if (inside !== (tokens[at] === ']')) throw new Error(`The brackets of the pattern "${pattern}" do not pair.`);
    if (inside) at += 1;
    return nodes;
  };
  return sequence(false);
}

function slot(pattern: string, text: string): Node {
  const [name = '', types = ''] = text.split(':');
  const names = types.split('|');
  const choices = names.map(
    (type): SlotChoice => (Object.hasOwn(slotTypes, type) ? (type as SlotTypeName) : { literal: type }),
  );
  // `<kind:server|peer>` would take any name for `peer`, which is a type: a literal of that name needs a row of its own.
  const firstLiteral = choices.findIndex((choice) => typeof choice === 'object');
  const hidden =
    firstLiteral < 0 ? undefined : choices.slice(firstLiteral).find((choice) => typeof choice === 'string');
  if (hidden !== undefined)
    throw new Error(`In the pattern "${pattern}" the type "${hidden}" stands after a literal choice of the same slot.`);
  // One literal is an option whose presence is the value: `[<secondary:secondary>]`. Anything else is a mistyped type.
  const isOption = types.includes('-') || /^\d+$/.test(types) || types === name;
  if (names.length === 1 && typeof choices[0] === 'object' && !isOption)
    throw new Error(`The pattern "${pattern}" has a slot of the unknown type "${types}".`);
  return { kind: 'slot', name, choices };
}

const oneWordTypes: ReadonlySet<SlotTypeName> = new Set([
  'word',
  'peer',
  'int',
  'signed',
  'asn',
  'vlan',
  'vlans',
  'ip',
  'ip4',
  'ip6',
  'prefix6',
  'address6',
]);

/** Whether the choice takes exactly one word whenever it takes any. */
export const takesOneWord = (choice: SlotChoice): boolean => typeof choice === 'object' || oneWordTypes.has(choice);

const END: Step = { op: 'end', soft: true };

/** Links the nodes of a pattern; `registers` is how many parts in any order it has. */
export function compile(nodes: readonly Node[]): { readonly start: Step; readonly registers: number } {
  let registers = 0;
  const link = (list: readonly Node[], tail: Step): Step =>
    list.reduceRight<Step>((next, node) => {
      if (node.kind === 'literal')
        return { op: 'literal', text: node.text, lower: node.text.toLowerCase(), next, soft: false };
      if (node.kind === 'slot') return { op: 'slot', name: node.name, choices: node.choices, next, soft: next.soft };
      if (node.kind === 'optional') return { op: 'fork', inside: link(node.nodes, next), next, soft: next.soft };
      const to: { step?: Step & { op: 'any-order' } } = {};
      const parts = node.parts.map((part) => link(part, { op: 'again', to, soft: next.soft }));
      to.step = { op: 'any-order', register: registers, parts, next, soft: next.soft };
      registers += 1;
      return to.step;
    }, tail);
  return { start: link(nodes, END), registers };
}
