import type { Connector, DevicePush, PushResult } from './connector.ts';
import { PROMOTION_SYSTEMS } from './systems.ts';

/** The default: says what would be done, and does nothing. */
export const dryRun: Connector = {
  name: 'dry run',
  live: false,
  drift: async () => null,
  push: async ({ device, system, before, after }: DevicePush): Promise<PushResult> => {
    const known = PROMOTION_SYSTEMS[system];
    const lines = (text: string): number => text.split('\n').length;
    const steps = known
      ? [...known.plan, `check, then ${known.confirm}`, `if the check fails: ${known.revert}`]
      : [`by hand: ${system} has no connector`];
    return {
      device,
      outcome: 'planned',
      steps: steps.map((step) => ({
        device,
        step: step.replaceAll('<minutes>', '5').replaceAll('<file>', `${device}.cfg`),
        status: 'planned',
        detail: `${lines(before)} lines before, ${lines(after)} after`,
      })),
    };
  },
};
