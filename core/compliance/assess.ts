import type { Snapshot } from '../network/snapshot.ts';
import type { ComplianceRow, Control, Facts, Framework, RunFacts, Section } from './framework.ts';
import { frameworks as allFrameworks } from './frameworks/index.ts';
import type { Citation, Judgement } from './judgement.ts';
import { severest } from './judgement.ts';
import { combined } from './run-answers.ts';
import { type Subject, subjectOf } from './subject.ts';
import { type TopicId, topics } from './topics.ts';

export interface AssessOptions {
  /** Names of the devices in question; every device of the lab when absent. */
  readonly nodes?: readonly string[];
  readonly run?: RunFacts;
  readonly frameworks?: readonly Framework[];
}

/** Answers of topics, each asked once per device however many controls rest on it. */
export class TopicAnswers {
  readonly #known = new Map<Subject, Map<TopicId, Judgement>>();

  of(subject: Subject, topic: TopicId): Judgement {
    const known = this.#known.get(subject) ?? new Map<TopicId, Judgement>();
    this.#known.set(subject, known);
    const judged = known.get(topic) ?? topics[topic].check(subject);
    known.set(topic, judged);
    return judged;
  }
}

/** Devices that have a model; of a language that is not known nothing can be decided. */
export function subjectsOf(snapshot: Snapshot, nodes?: readonly string[]): readonly Subject[] {
  return [...snapshot.nodes.values()]
    .filter(({ name, config }) => (nodes === undefined || nodes.includes(name)) && config.dialect !== 'unknown')
    .map(({ name, config }) => subjectOf(snapshot, name, config));
}

/** Every control of every framework, decided. Rows stand in the order of the frameworks and their controls. */
export function assess(
  snapshot: Snapshot,
  { nodes, run = {}, frameworks = allFrameworks }: AssessOptions = {},
  answers: TopicAnswers = new TopicAnswers(),
): readonly ComplianceRow[] {
  const facts: Facts = { snapshot, subjects: subjectsOf(snapshot, nodes), run };
  return frameworks.flatMap((framework) =>
    framework
      .sections(facts)
      .flatMap((section) => section.controls.map((control) => rowOf(framework, section, control, facts, answers))),
  );
}

function rowOf(
  framework: Framework,
  section: Section,
  control: Control,
  facts: Facts,
  answers: TopicAnswers,
): ComplianceRow {
  const decided = decide(control, section.subjects ?? facts.subjects, facts, answers);
  return {
    framework: framework.title,
    section: section.title,
    edition: section.edition ?? null,
    control: control.id,
    title: control.title,
    severity: control.severity ?? null,
    class: control.class,
    status: decided.status,
    evidence: section.remark === undefined ? decided.evidence : [fact(section.remark), ...decided.evidence],
  };
}

const fact = (text: string): Citation => ({ device: '', file: null, line: null, text });

function decide(control: Control, subjects: readonly Subject[], facts: Facts, answers: TopicAnswers) {
  if ('untested' in control) return { status: 'not_tested' as const, evidence: [fact(control.untested)] };
  if ('decide' in control) return control.decide(facts);
  if (subjects.length === 0)
    return {
      status: 'not_tested' as const,
      evidence: [fact('No device in question has a configuration language that is modelled.')],
    };
  const judged = subjects.flatMap((subject) => control.topics.map((topic) => answers.of(subject, topic)));
  const status = severest(judged.map((each) => each.status));
  const own = { status, evidence: judged.flatMap((each) => (each.status === status ? each.citations : [])) };
  return control.also ? combined(own, control.also(facts)) : own;
}
