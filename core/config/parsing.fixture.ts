import type { Device, DialectId } from './device/device.ts';
import { parseConfig } from './parse.ts';

/** The device of a configuration written in a test; the common indentation of its lines is removed. */
export function deviceOf(dialect: DialectId, text: string): Device {
  const lines = text.split('\n').filter((line, at) => at > 0 || line.trim() !== '');
  const indent = Math.min(
    ...lines.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length),
  );
  const plain = lines.map((line) => line.slice(indent)).join('\n');
  return parseConfig({ text: plain, file: 'r1.cfg', node: 'r1', dialect }).device;
}

/** Lines of a configuration that are not modelled and may affect routing. */
export const unmodelled = (device: Device): readonly string[] =>
  device.notModelled.filter((line) => line.mayAffectRouting).map((line) => line.text);

/** A copy without the places, for comparison with what a test expects. */
export function withoutSpans(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSpans);
  if (value === null || typeof value !== 'object') return value;
  if (Object.keys(value).length === 2 && 'span' in value && 'value' in value) return withoutSpans(value.value);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'span')
      .map(([key, inner]) => [key, withoutSpans(inner)]),
  );
}
