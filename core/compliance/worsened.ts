import type { Snapshot } from '../network/snapshot.ts';
import { subjectsOf, TopicAnswers } from './assess.ts';
import type { Citation } from './judgement.ts';
import { type TopicId, topics } from './topics.ts';

/** A topic that held on a device before the change and does not after it. */
export interface Worsened {
  readonly node: string;
  readonly topic: TopicId;
  readonly title: string;
  readonly evidence: readonly Citation[];
}

/** What the change itself makes worse: held before, fails after, on the same device. */
export function worsened(
  before: Snapshot,
  after: Snapshot,
  nodes: readonly string[],
  answers: TopicAnswers = new TopicAnswers(),
): readonly Worsened[] {
  const were = new Map(subjectsOf(before, nodes).map((subject) => [subject.node, subject]));
  return subjectsOf(after, nodes).flatMap((subject) => {
    const was = were.get(subject.node);
    if (!was) return [];
    return (Object.keys(topics) as TopicId[]).flatMap((topic) => {
      const now = answers.of(subject, topic);
      if (now.status !== 'fail' || answers.of(was, topic).status !== 'pass') return [];
      return [{ node: subject.node, topic, title: topics[topic].title, evidence: now.citations }];
    });
  });
}
