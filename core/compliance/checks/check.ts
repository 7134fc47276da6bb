import type { Judgement } from '../judgement.ts';
import type { Subject } from '../subject.ts';

/** Decides one topic on one device, from the vendor-neutral model alone. */
export type Check = (subject: Subject) => Judgement;

/** A topic: what is asked, in our own words, and how it is decided. Vendor tables map their ids to topics. */
export interface Topic {
  readonly title: string;
  readonly check: Check;
}
