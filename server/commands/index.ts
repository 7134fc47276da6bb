import type { Command } from 'commander';
import { declareSimulate } from './simulate.command.ts';

/** The commands of the command line, in the order of its help. */
export const commands: readonly ((program: Command) => void)[] = [declareSimulate];
