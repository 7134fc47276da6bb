import bannerBoundary from './hygiene/banner-boundary.ts';
import bidirectionalControl from './hygiene/bidirectional-control.ts';
import controlCharacter from './hygiene/control-character.ts';
import emptyConfiguration from './hygiene/empty-configuration.ts';
import lookalikeLetter from './hygiene/lookalike-letter.ts';
import operationalCommand from './hygiene/operational-command.ts';
import strangeBlank from './hygiene/strange-blank.ts';
import textEncoding from './hygiene/text-encoding.ts';
import zeroWidthCharacter from './hygiene/zero-width-character.ts';
import type { Rule } from './rule.ts';

/** Text hygiene: always P0, judged before anything is spent on a text. Numbers from 101 on. */
export const hygieneRules: readonly Rule[] = [
  bidirectionalControl,
  zeroWidthCharacter,
  strangeBlank,
  lookalikeLetter,
  controlCharacter,
  textEncoding,
  bannerBoundary,
  operationalCommand,
  emptyConfiguration,
];
