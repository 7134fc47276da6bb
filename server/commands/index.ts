import type { Command } from 'commander';
import { declareApprove } from './approve.command.ts';
import { declareCheck } from './check.command.ts';
import { declareCompliance } from './compliance.command.ts';
import { declareDiff } from './diff.command.ts';
import { declareExplain } from './explain.command.ts';
import { declareKeys } from './keys.command.ts';
import { declareLedger } from './ledger.command.ts';
import { declareLint } from './lint.command.ts';
import { declarePreflight } from './preflight.command.ts';
import { declarePromote } from './promote.command.ts';
import { declareReport } from './report.command.ts';
import { declareSchema } from './schema.command.ts';
import { declareSimulate } from './simulate.command.ts';
import { declareTrace } from './trace.command.ts';
import { declareVerify } from './verify.command.ts';

/** The commands of the command line, in the order of its help. */
export const commands: readonly ((program: Command) => void)[] = [
  declareLint,
  declareSimulate,
  declareTrace,
  declareExplain,
  declareCheck,
  declareDiff,
  declareCompliance,
  declarePreflight,
  declareVerify,
  declareReport,
  declareApprove,
  declarePromote,
  declareLedger,
  declareKeys,
  declareSchema,
];
