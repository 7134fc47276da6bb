import { Cancelled } from '../engine/cancellation.ts';
import type { StateDiffOutcome } from '../engine/engine.ts';
import type { WorkspaceLab } from './workspace.ts';

/** What the working tree of a lab does to routes and sessions, and to which state of its files that refers. */
export interface LabEffect {
  readonly revision: number;
  readonly baseline: string;
  readonly outcome: StateDiffOutcome;
}

interface Entry {
  last: LabEffect | undefined;
  running:
    | {
        readonly key: string;
        readonly controller: AbortController;
        readonly promise: Promise<LabEffect | undefined>;
      }
    | undefined;
  timer: NodeJS.Timeout | undefined;
  /** What could not be computed: asked again only when something is different. */
  failed: string | undefined;
  /** Why it could not be computed last. */
  message: string | undefined;
}

export interface LabEffectsOptions {
  /** False in an untrusted workspace: nothing is simulated. */
  readonly trusted: boolean;
  /** Counts what the lab's files were; and names what they are compared with. */
  readonly revisionOf: (lab: WorkspaceLab) => Promise<number>;
  readonly baselineOf: (lab: WorkspaceLab) => string;
  readonly compute: (lab: WorkspaceLab, signal: AbortSignal) => Promise<StateDiffOutcome>;
  /** More is known than before. */
  readonly known: () => void;
  readonly log: (message: string) => void;
}

/** Edits that follow each other this closely are simulated once. Milliseconds. */
const QUIET = 300;

/**
 * The twin's last state of each lab, computed beside the typing: hints and hovers show what is known, and are asked
 * again when more is. An edit cancels what is running.
 */
export class LabEffects {
  readonly #options: LabEffectsOptions;
  readonly #labs = new Map<string, Entry>();

  constructor(options: LabEffectsOptions) {
    this.#options = options;
  }

  /** The last state that was computed, of the files as they are now or as they were. */
  last(lab: WorkspaceLab): LabEffect | undefined {
    return this.#labs.get(lab.path)?.last;
  }

  /** The state of the files as they are now, as far as it is known. Asking begins to find it out. */
  async peek(lab: WorkspaceLab): Promise<LabEffect | undefined> {
    if (!this.#options.trusted) return undefined;
    const { entry, key, current } = await this.#look(lab);
    if (current) return current;
    if (entry.failed !== key && entry.running?.key !== key) {
      clearTimeout(entry.timer);
      entry.timer = setTimeout(() => void this.get(lab), QUIET);
    }
    return undefined;
  }

  /** The state of the files as they are now; undefined when it cannot be computed, or something newer took its place. */
  async get(lab: WorkspaceLab): Promise<LabEffect | undefined> {
    if (!this.#options.trusted) return undefined;
    const { entry, key, current } = await this.#look(lab);
    clearTimeout(entry.timer);
    if (current) return current;
    if (entry.failed === key) return undefined;
    if (entry.running?.key === key) return entry.running.promise;
    entry.running?.controller.abort();
    const controller = new AbortController();
    const promise = this.#compute(lab, entry, key, controller.signal);
    entry.running = { key, controller, promise };
    return promise;
  }

  /** A file of the lab was edited. */
  cancel(lab: string): void {
    const entry = this.#labs.get(lab);
    clearTimeout(entry?.timer);
    entry?.running?.controller.abort();
    if (entry) entry.running = undefined;
  }

  dispose(): void {
    for (const lab of this.#labs.keys()) this.cancel(lab);
  }

  async #look(lab: WorkspaceLab) {
    const revision = await this.#options.revisionOf(lab);
    const baseline = this.#options.baselineOf(lab);
    const entry = this.#labs.get(lab.path) ?? newEntry();
    this.#labs.set(lab.path, entry);
    const { last } = entry;
    const current = last?.revision === revision && last.baseline === baseline ? last : undefined;
    return { entry, current, key: `${revision} ${baseline}`, revision, baseline };
  }

  async #compute(lab: WorkspaceLab, entry: Entry, key: string, signal: AbortSignal): Promise<LabEffect | undefined> {
    const { compute, known, log } = this.#options;
    try {
      const { revision, baseline } = await this.#look(lab);
      const outcome = await compute(lab, signal);
      if (signal.aborted) return undefined;
      entry.last = { revision, baseline, outcome };
      known();
      return entry.last;
    } catch (error) {
      if (error instanceof Cancelled || signal.aborted) return undefined;
      entry.failed = key;
      const message = `The routes of ${lab.name} are not known: ${error instanceof Error ? error.message : String(error)}`;
      // While a lab is being typed it fails again and again for the same reason.
      if (message !== entry.message) log(message);
      entry.message = message;
      return undefined;
    } finally {
      if (entry.running?.key === key) entry.running = undefined;
    }
  }
}

const newEntry = (): Entry => ({
  last: undefined,
  running: undefined,
  timer: undefined,
  failed: undefined,
  message: undefined,
});
