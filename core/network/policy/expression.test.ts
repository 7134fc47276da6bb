import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asNumberExpression } from './as-number-expression.ts';
import { ciscoExpression } from './cisco-expression.ts';

describe('expressions over characters', () => {
  it.each([
    ['^$', '', true],
    ['^$', '65001', false],
    ['_65001_', '65001', true],
    ['_65001_', '1 65001 2', true],
    ['_65001_', '165001', false],
    ['_65001_', '1 {65001,7}', true],
    ['^65001_', '65001 2', true],
    ['_65001$', '2 65001', true],
    ['^[0-9]+$', '65001', true],
    ['^[0-9]+$', '65001 65002', false],
    ['^(65001|65002)( 65003)*$', '65002 65003 65003', true],
    ['^65[^0]01$', '65101', true],
    ['650{2}1', '65001', true],
    ['6500{3,}1', '65001', false],
    ['^65001( 65001){1,2}$', '65001 65001 65001', true],
    ['^65001( 65001){1,2}$', '65001 65001 65001 65001', false],
    ['65\\.', '65.1', true],
    ['.*', '', true],
  ])('%s on "%s" is %s', (expression, text, expected) => {
    expect(ciscoExpression(expression)(text)).toBe(expected);
  });

  it("agree with the language's own expressions where both have the same meaning", () => {
    const atom = fc.constantFrom('1', '2', ' ', '.', '[12]', '(1|2)', '(12)');
    const piece = fc.tuple(atom, fc.constantFrom('', '*', '+', '?', '{1,2}')).map(([one, sign]) => one + sign);
    const expression = fc
      .tuple(fc.constantFrom('', '^'), fc.array(piece, { minLength: 1, maxLength: 5 }), fc.constantFrom('', '$'))
      .map(([start, body, end]) => start + body.join('') + end);
    fc.assert(
      fc.property(expression, fc.string({ unit: fc.constantFrom('1', '2', ' '), maxLength: 8 }), (pattern, text) => {
        expect(ciscoExpression(pattern)(text)).toBe(new RegExp(pattern).test(text));
      }),
      { numRuns: 500 },
    );
  });

  it('take time linear in the text, whatever the expression', () => {
    const matches = ciscoExpression('^((1+)+)+$');
    expect(matches(`${'1'.repeat(5000)}2`)).toBe(false);
  });

  it.each(['(1', '[12', '1)', '\\'])('%s is refused with a reason', (expression) => {
    expect(() => ciscoExpression(expression)).toThrow(/bracket|set of characters|unexpected|backslash/);
  });
});

describe('expressions over AS numbers', () => {
  it.each([
    ['65001', [65001], true],
    ['65001', [65001, 65002], false],
    ['65001 .*', [65001, 65002, 65003], true],
    ['.* 65003', [65001, 65003], true],
    ['.* 6500', [65001, 65003], false],
    ['64512-65534', [65000], true],
    ['(65001|65002)+', [65002, 65001], true],
    ['[65001 65002-65010]{2}', [65001, 65007], true],
    ['.{3,}', [1, 2], false],
    ['()', [], true],
    ['', [], true],
    ['()', [1], false],
  ])('%s on %j is %s', (expression, path, expected) => {
    expect(asNumberExpression(expression)(path)).toBe(expected);
  });
});
