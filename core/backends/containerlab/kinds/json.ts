/* Reading JSON that a network system prints. An answer that is not as expected is an error, never "no routes". */
import { ContainerlabUnusable } from '../failure.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

/** Parses an answer. What is in front of the first bracket (a banner, a warning) is passed over. */
export function parseAnswer(text: string, what: string): unknown {
  const start = text.search(/[[{]/);
  try {
    if (start >= 0) return JSON.parse(text.slice(start));
  } catch {
    // Said below, with the beginning of the answer.
  }
  throw new ContainerlabUnusable(`${what}: the answer is not JSON: ${JSON.stringify(text.trim().slice(0, 120))}`);
}

export function objectOf(value: unknown, what: string): JsonObject {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject;
  throw new ContainerlabUnusable(`${what}: an object is expected.`);
}

export function listOf(value: unknown, what: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new ContainerlabUnusable(`${what}: a list is expected.`);
}

export const optionalList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export function textOf(value: unknown, what: string): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  throw new ContainerlabUnusable(`${what}: a text is expected.`);
}

export function numberOf(value: unknown, what: string): number {
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof number === 'number' && Number.isFinite(number)) return number;
  throw new ContainerlabUnusable(`${what}: a number is expected.`);
}
