import type { Framework } from '../framework.ts';
import { disaStig } from './disa-stig.ts';

/** Every framework, one file each; a test holds this list against the folder. */
export const frameworks: readonly Framework[] = [disaStig];
