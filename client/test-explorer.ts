import { basename } from 'node:path';
import {
  type CancellationToken,
  CancellationTokenSource,
  type Disposable,
  Location,
  l10n,
  Position,
  Range,
  type TestController,
  type TestItem,
  TestMessage,
  TestMessageStackFrame,
  type TestRun,
  TestRunProfileKind,
  TestRunRequest,
  tests,
  workspace,
} from 'vscode';
import {
  DeclaredInvariantsRequest,
  type DeclaredInvariantsResult,
  type InvariantResult,
  type InvariantsParams,
  InvariantsRequest,
  type InvariantsResult,
  type Lab,
  type ProtocolRange,
} from '../server/protocol.ts';
import { isCancellation } from './commands/refused.ts';
import type { Server } from './server.ts';
import { toUri } from './uris.ts';
import type { LabsView } from './views/labs-view.ts';

/** Milliseconds without news after which invariants are checked again. */
const REPEAT_AFTER = 250;

const rangeOf = ({ start, end }: ProtocolRange): Range =>
  new Range(start.line, start.character, end.line, end.character);

const labFile = 'aegis.yml';

/**
 * What must hold in each lab, as tests: a lab is a group, each invariant of its `aegis.yml` a test. A run asks the
 * server about the lab as it is in the editor; in a workspace that is not trusted they are listed and cannot be run.
 */
export class TestExplorer implements Disposable {
  readonly #server: Server;
  readonly #controller: TestController;
  readonly #subscriptions: Disposable[] = [];
  /** Runs that the user has switched on to be repeated, each with what ends its present repetition. */
  readonly #continuous = new Set<() => void>();
  /** Counts readings, so that one that was overtaken by another changes nothing. */
  #reading = 0;

  constructor(server: Server, labs: LabsView) {
    this.#server = server;
    this.#controller = tests.createTestController('aegis.invariants', l10n.t('AEGIS Invariants'));
    this.#controller.refreshHandler = async () => void (await labs.read());
    this.#subscriptions.push(
      this.#controller,
      labs.onDidRead((found) => void this.#read(found).catch((error: unknown) => server.warn(error))),
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length === 0) return;
        if (basename(document.uri.path) === labFile) server.refresh();
        // What changed on disk is told before the editor has read it again; the server goes by what the editor shows.
        else if (!document.isDirty && document.languageId.startsWith('aegis-')) this.#repeatAll();
      }),
      server.onLabsChanged(() => this.#repeatAll()),
      // The last run may have seen an edit that is gone again: then the labs on disk are what they were.
      workspace.onDidSaveTextDocument(({ languageId }) => {
        if (languageId.startsWith('aegis-')) this.#repeatAll();
      }),
    );
    if (workspace.isTrusted) this.#allowRuns();
    else this.#subscriptions.push(workspace.onDidGrantWorkspaceTrust(() => this.#allowRuns()));
  }

  #repeatAll(): void {
    for (const repeat of this.#continuous) repeat();
  }

  #allowRuns(): void {
    const profile = this.#controller.createRunProfile(
      l10n.t('Check Invariants'),
      TestRunProfileKind.Run,
      (request, token) => (request.continuous === true ? this.#repeat(request, token) : this.#run(request, token)),
      true,
    );
    profile.supportsContinuousRun = true;
    this.#subscriptions.push(profile);
  }

  // ---- what is declared --------------------------------------------------------------------------------------------

  async #read(labs: readonly Lab[]): Promise<void> {
    this.#reading += 1;
    const reading = this.#reading;
    const items = await Promise.all(labs.map((lab) => this.#labItem(lab)));
    if (reading === this.#reading) this.#controller.items.replace(items.filter((item) => item !== undefined));
  }

  /** A lab with its invariants; undefined for a lab that declares nothing. */
  async #labItem({ id, name }: Lab): Promise<TestItem | undefined> {
    const parameters: InvariantsParams = { lab: id };
    const { uri, invariants, problems } = await this.#server.request<DeclaredInvariantsResult>(
      DeclaredInvariantsRequest,
      parameters,
    );
    if (invariants.length === 0 && problems.length === 0) return undefined;
    const file = uri === undefined ? undefined : toUri(uri);
    const item = this.#controller.createTestItem(id, name, file);
    item.description = invariants.length === 1 ? l10n.t('1 invariant') : l10n.t('{0} invariants', invariants.length);
    if (problems.length > 0) item.error = l10n.t('{0} cannot be used. {1}', labFile, problems.join('\n'));
    for (const [index, invariant] of invariants.entries()) {
      const test = this.#controller.createTestItem(testId(id, invariant.id), invariant.id, file);
      test.description = invariant.statement;
      test.range = rangeOf(invariant.range);
      // As in the file, not by the alphabet.
      test.sortText = String(index).padStart(6, '0');
      item.children.add(test);
    }
    return item;
  }

  // ---- runs --------------------------------------------------------------------------------------------------------

  /** The tests of a request by their lab; whole labs and single invariants may be asked for and excluded. */
  #chosen({ include, exclude = [] }: TestRunRequest): ReadonlyMap<string, readonly TestItem[]> {
    const excluded = new Set(exclude.map(({ id }) => id));
    const chosen = new Map<string, Map<string, TestItem>>();
    const add = (item: TestItem): void => {
      if (excluded.has(item.id)) return;
      if (item.parent === undefined) {
        for (const [, child] of item.children) add(child);
        return;
      }
      if (excluded.has(item.parent.id)) return;
      const own = chosen.get(item.parent.id) ?? new Map<string, TestItem>();
      chosen.set(item.parent.id, own.set(item.id, item));
    };
    for (const item of include ?? [...this.#controller.items].map(([, one]) => one)) add(this.#present(item));
    return new Map([...chosen].map(([lab, items]) => [lab, [...items.values()]]));
  }

  /** The item as it was read last: a run that is repeated holds those of its beginning. */
  #present(item: TestItem): TestItem {
    if (item.parent === undefined) return this.#controller.items.get(item.id) ?? item;
    return this.#controller.items.get(item.parent.id)?.children.get(item.id) ?? item;
  }

  async #run(request: TestRunRequest, token: CancellationToken): Promise<void> {
    const run = this.#controller.createTestRun(request);
    const stop = new CancellationTokenSource();
    const subscriptions = [
      stop,
      token.onCancellationRequested(() => stop.cancel()),
      run.token.onCancellationRequested(() => stop.cancel()),
    ];
    try {
      for (const [lab, items] of this.#chosen(request)) {
        if (stop.token.isCancellationRequested) break;
        await this.#runLab(run, lab, items, stop.token);
      }
    } finally {
      run.end();
      for (const subscription of subscriptions) subscription.dispose();
    }
  }

  async #runLab(run: TestRun, lab: string, items: readonly TestItem[], token: CancellationToken): Promise<void> {
    for (const item of items) run.started(item);
    const parameters: InvariantsParams = { lab };
    let outcomes: ReadonlyMap<string, InvariantResult>;
    try {
      const { invariants } = await this.#server.request<InvariantsResult>(InvariantsRequest, parameters, token);
      outcomes = new Map(invariants.map((outcome) => [testId(lab, outcome.id), outcome]));
    } catch (error) {
      // A run that was given up says nothing: the result before it stands.
      if (isCancellation(error)) return;
      const message = error instanceof Error ? error.message : String(error);
      for (const item of items) run.errored(item, new TestMessage(message));
      return;
    }
    for (const item of items) report(run, item, outcomes.get(item.id));
  }

  /** Runs at once, and again whenever labs change, until the user switches it off. What is overtaken is cancelled. */
  async #repeat(request: TestRunRequest, token: CancellationToken): Promise<void> {
    let present = new CancellationTokenSource();
    const begin = (): void => {
      present.cancel();
      present.dispose();
      present = new CancellationTokenSource();
      // Runs of one request are parts of one result, in which what was overtaken would be counted too.
      const once = new TestRunRequest(request.include, request.exclude, request.profile, true, true);
      void this.#run(once, present.token).catch((error: unknown) => this.#server.warn(error));
    };
    // A save is told several times: by the editor, by what watches the disk, and by the server.
    let due: NodeJS.Timeout | undefined;
    const soon = (): void => {
      clearTimeout(due);
      due = setTimeout(begin, REPEAT_AFTER);
    };
    this.#continuous.add(soon);
    begin();
    await new Promise<void>((resolve) => {
      token.onCancellationRequested(() => resolve());
    });
    this.#continuous.delete(soon);
    clearTimeout(due);
    present.cancel();
    present.dispose();
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}

const testId = (lab: string, invariant: string): string => `${lab} ${invariant}`;

/** Only what the server says holds has passed: what was not tested, or is no longer declared, is an error. */
function report(run: TestRun, item: TestItem, outcome: InvariantResult | undefined): void {
  const write = (word: string, text: string): void =>
    run.appendOutput(`${word}: ${item.label}. ${text}\r\n`.replaceAll(/\r?\n(?=.)/g, '\r\n'), undefined, item);
  if (outcome === undefined) {
    run.errored(item, new TestMessage(l10n.t('The invariant is no longer declared.')));
    return;
  }
  write(
    { held: l10n.t('Holds'), broken: l10n.t('Does not hold'), not_tested: l10n.t('Not tested') }[outcome.status],
    outcome.actual,
  );
  if (outcome.status === 'held') run.passed(item);
  else if (outcome.status === 'broken') run.failed(item, messageOf(outcome));
  else run.errored(item, messageOf(outcome));
}

/** Expected against actual at the configuration line behind it, with the way to the other lines and the declaration. */
function messageOf({ statement, expected, actual, uri, range, places }: InvariantResult): TestMessage {
  const message = TestMessage.diff(`${statement}\n${actual}`, expected, actual);
  const declared = { text: l10n.t('Declared here'), uri, range };
  const [first = declared] = places;
  message.location = new Location(toUri(first.uri), rangeOf(first.range));
  message.stackTrace = [...places, declared].map(
    (place) =>
      new TestMessageStackFrame(
        place.text,
        toUri(place.uri),
        new Position(place.range.start.line, place.range.start.character),
      ),
  );
  return message;
}
