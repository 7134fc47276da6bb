import { dialects } from '../config/dialects/index.ts';
import type { Finding } from '../guard/rule.ts';
import { type Change, type DeviceChange, touches } from '../network/change.ts';
import { isReduced } from '../network/reachability/levels.ts';
import { changeText } from '../network/reachability/text.ts';
import type { ParsedConfig } from '../network/snapshot.ts';
import type { Session } from '../network/state.ts';
import { disturbedRoutes } from '../risk/disturbed-routes.ts';
import { isCosmetic } from '../risk/effect-of-lines.ts';
import { outsideEffects } from '../risk/outside.ts';
import type { PreflightRun } from './run.ts';
import { riskInputs } from './stages/risk-and-authority.ts';
import { differencesIn } from './stages/rollback.ts';
import type { Statement } from './statement.ts';
import type { VerdictFacts } from './verdict.ts';

/** What the stages found, as the table of verdicts asks for it. */
export function verdictFacts(run: PreflightRun): VerdictFacts {
  const { change } = run.request;
  const inputs = riskInputs(run);
  const disturbed = run.diff && disturbedRoutes(run.diff);
  return {
    stages: run.records,
    requiredStages: run.requiredStages,
    refusals: run.refusals ?? [],
    changedDevices: change.devices.length,
    rejectedLines: (run.rejected ?? []).map(({ node, file, line, message }) => ({
      message: `${node}: ${message}`,
      ...(line !== undefined && { place: { node, file, line } }),
    })),
    introducedP0: introduced(run.findings, 'P0'),
    introducedP1: introduced(run.findings, 'P1'),
    setAside: setAside(run.findings),
    convergedBefore: run.twin?.initial.converged,
    convergedAfter: run.after?.converged,
    ...(run.after?.oscillation && {
      oscillation: `${run.after.oscillation.nodes.join(', ')} keep changing ${run.after.oscillation.prefixes.slice(0, 10).join(', ')}`,
    }),
    lostSessions: run.diff && lost(run.diff, run.request.change),
    removedSessions: run.diff && removed(run.diff),
    outsideEffects:
      inputs &&
      outsideEffects(inputs).map(({ node, peer, reason }) => ({
        message: `${node}: the neighbour ${peer} is outside of the lab, and ${reason}; the twin cannot show the effect.`,
      })),
    removedRoutes: disturbed?.filter(({ kind }) => kind === 'removed').length,
    movedRoutes: disturbed?.filter(({ kind }) => kind === 'changed').length,
    unmodelledLines: change.devices.flatMap((device) =>
      unmodelledLines(
        device,
        change.before.nodes.get(device.node)?.config,
        change.after.nodes.get(device.node)?.config,
      ),
    ),
    unknownLanguages: unknownLanguages(run),
    companionChanges: companionChanges(run),
    caveats: run.after && caveats(run),
    lostProbes: lostProbes(run),
    residualDifferences: run.rollback && differencesIn(run.rollback.residual),
    brokenInvariants: run.invariants?.filter(isNewlyBroken).map(invariantStatement),
    openInvariants: run.invariants?.filter(isOpen).map(invariantStatement),
    cutNetworks: run.reachability && destinations(run.reachability.cuts),
    lostDestinations: run.reachability && destinations(lostDestinations(run.reachability)),
    reachabilityGaps: run.reachability?.incomplete.map((message) => ({ message })),
    rolloutLosses: rolloutLosses(run),
    worseFailures: worseFailures(run),
    tier: run.risk?.tier,
    authority: run.authority?.effective,
    authorityReasons: run.authority?.reasons,
    worsenedControls: run.compliance?.worsened.map(({ node, title, evidence: [first] }) => ({
      message: `${node}: a control held before the change and fails after it: ${title}${first ? ` (${first.text})` : ''}.`,
      ...(first?.file != null && first.line !== null && { place: { node, file: first.file, line: first.line - 1 } }),
    })),
    egress: run.egress,
  };
}

const introduced = (findings: readonly Finding[] | undefined, wanted: Finding['priority']): readonly Statement[] =>
  (findings ?? [])
    .filter(({ priority, introduced: caused, setAside }) => caused && priority === wanted && !setAside)
    .map(({ node, file, span, message, rule }) => ({
      message: `${node}: ${sentence(message)} (rule ${rule})`,
      place: { node, file, line: span.line },
    }));

/** What the change causes and somebody set aside. P2 informs only, whoever reads it. */
const setAside = (findings: readonly Finding[] | undefined): readonly Statement[] =>
  (findings ?? []).flatMap(({ node, file, span, message, rule, priority, introduced: caused, setAside: aside }) =>
    caused && aside && priority !== 'P2'
      ? [
          {
            message: `${node}: ${sentence(message)} (rule ${rule}, set aside: ${sentence(aside.reason)})`,
            place: { node, file, line: span.line },
          },
        ]
      : [],
  );

/** Pairs whose packets were answered before the change and are not with it; both ends are still there. */
function lostProbes({ probes }: PreflightRun): readonly Statement[] {
  const before = new Map((probes?.before.results ?? []).map((one) => [`${one.source} ${one.target}`, one]));
  return (probes?.after?.results ?? [])
    .filter(({ source, target, reached }) => !reached && before.get(`${source} ${target}`)?.reached)
    .map(({ from, source, to, target }) => ({
      message: `${from} (${source}) no longer reaches ${to} (${target}): packets sent through the twin are not answered.`,
    }));
}

const sentence = (text: string): string => text.replace(/\.$/, '');

type InvariantRow = NonNullable<PreflightRun['invariants']>[number];

const isNewlyBroken = ({ before, after }: InvariantRow): boolean =>
  after.status === 'broken' && before.status !== 'broken';

const isOpen = (row: InvariantRow): boolean => !isNewlyBroken(row) && (row.after.status !== 'held' || row.withdrawn);

function invariantStatement({ declaration, before, after, withdrawn }: InvariantRow): Statement {
  const { id, file, line } = declaration;
  const since =
    after.status === 'broken' && before.status === 'broken' ? ' It was broken before the change as well.' : '';
  const gone = withdrawn ? ' The change withdraws the declaration.' : '';
  return {
    message: `${id}: ${after.expected} ${after.actual}${since}${gone}`,
    ...(!withdrawn && { place: { node: id, file, line } }),
  };
}

type Reachability = NonNullable<PreflightRun['reachability']>;

const lostDestinations = ({ changes, cuts }: Reachability): Reachability['changes'] =>
  changes.filter(
    (change) => !cuts.includes(change) && (change.kind === 'lost' || isReduced(change.before, change.after)),
  );

/** As many destinations as a reader takes in; the evidence has all of them. */
const MOST_DESTINATIONS = 10;

function destinations(changes: Reachability['changes']): readonly Statement[] {
  const shown = changes.slice(0, MOST_DESTINATIONS).map((change) => ({ message: `${changeText(change)}.` }));
  const more = changes.length - shown.length;
  return more > 0 ? [...shown, { message: `${more} more destinations are reached less than before.` }] : shown;
}

/** A change on several devices passes through states that nobody wants; the order that was found, and what it loses. */
function rolloutLosses({ rollout, request, after }: PreflightRun): readonly Statement[] {
  if (!after || request.change.devices.length < 2) return [];
  if (!rollout) return [{ message: 'The states between the steps of the change were not examined.' }];
  return rollout.steps.flatMap(({ node, lost: predicted, unstable, computed, measured = [] }): readonly Statement[] => {
    const known = new Set(predicted.map(({ key }) => key));
    const missing = [...predicted, ...measured.filter(({ key }) => !known.has(key))];
    if (!computed) return [{ message: `The state once ${node} is changed was not computed.` }];
    if (unstable) return [{ message: `Once ${node} is changed, the network has no stable state until the next step.` }];
    const [first] = missing;
    return first
      ? [
          {
            message: `Once ${node} is changed, ${missing.length === 1 ? 'this is lost' : `${missing.length} routes and sessions are lost`} until the next step: ${first.text}`,
          },
        ]
      : [];
  });
}

function worseFailures({ failures, request, after }: PreflightRun): readonly Statement[] {
  if (request.failures === undefined || !after) return [];
  if (!failures) return [{ message: `The single ${request.failures} failures that were asked for were not tried.` }];
  return failures.outcomes
    .filter(({ worse }) => worse.length > 0)
    .map(({ failure, worse }) => ({
      message: `When ${failure.name} fails, more is lost than before the change: ${worse[0]}${worse.length > 1 ? ` And ${worse.length - 1} more.` : ''}`,
    }));
}

type Diff = NonNullable<PreflightRun['diff']>;

/** The line behind a session that is down: one of a changed device before any other. */
function placeOf(session: Session | undefined, { after, devices }: Change): Statement['place'] {
  const changed = new Set(devices.map(({ node }) => node));
  const spans = session?.reason?.spans ?? [];
  const found = spans.find(({ node }) => changed.has(node)) ?? spans[0];
  const file = found && (found.span.file ?? after.nodes.get(found.node)?.config.file);
  return found && file !== undefined ? { node: found.node, file, line: found.span.line } : undefined;
}

const lost = ({ sessions, adjacencies }: Diff, change: Change): readonly Statement[] => [
  ...sessions
    .filter(({ kind }) => kind === 'lost')
    .map(({ node, vrf, peer, after }) => {
      const place = placeOf(after, change);
      return {
        message: `${node}: the BGP session with ${peer}${vrf === 'default' ? '' : ` in VRF ${vrf}`} is lost: ${sentence(after?.reason?.text ?? 'it goes down')}.`,
        ...(place && { place }),
      };
    }),
  ...adjacencies
    .filter(({ kind }) => kind === 'lost')
    .map(({ before, after }) => ({
      message: `${before?.node}: the ${before?.protocol} adjacency with ${before?.peerNode} on ${before?.interface} is lost${after?.detail ? `: ${sentence(after.detail)}` : ''}.`,
    })),
];

const removed = ({ sessions, adjacencies }: Diff): readonly Statement[] => [
  ...sessions
    .filter(({ kind, before }) => kind === 'removed' && before?.state === 'established')
    .map(({ node, peer }) => ({ message: `${node}: the established BGP session with ${peer} is removed.` })),
  ...adjacencies
    .filter(({ kind, before }) => kind === 'removed' && before?.state === 'up')
    .map(({ before }) => ({
      message: `${before?.node}: the ${before?.protocol} adjacency with ${before?.peerNode} on ${before?.interface} is removed.`,
    })),
];

/** Changed lines, on either side, that the model leaves out although they may affect routing. */
function unmodelledLines(
  device: DeviceChange,
  before: ParsedConfig | undefined,
  after: ParsedConfig | undefined,
): readonly Statement[] {
  const found: Statement[] = [];
  for (const { span, text, mayAffectRouting } of after?.device.notModelled ?? []) {
    if (span.file !== undefined && span.file !== after?.file) continue;
    const changed =
      device.kind === 'added' ||
      device.hunks.some((hunk) => span.line >= hunk.after.line && span.line < hunk.after.line + hunk.after.count);
    if (mayAffectRouting && changed) {
      found.push({
        message: `${device.node}: "${text}" is not modelled and may affect routing.`,
        place: { node: device.node, file: after?.file ?? device.file, line: span.line },
      });
    }
  }
  for (const { span, text, mayAffectRouting } of before?.device.notModelled ?? []) {
    if (span.file !== undefined && span.file !== before?.file) continue;
    const changed =
      device.kind === 'removed' ||
      device.hunks.some((hunk) => span.line >= hunk.before.line && span.line < hunk.before.line + hunk.before.count);
    if (mayAffectRouting && changed)
      found.push({ message: `${device.node}: "${text}", which is removed, is not modelled and may affect routing.` });
  }
  return found;
}

/** Changed devices whose configuration language has no model: nothing of them is in the twin, not even their comments. */
const unknownLanguages = ({ request: { change } }: PreflightRun): readonly Statement[] =>
  change.devices.flatMap(({ node }) => {
    const config = (change.after.nodes.get(node) ?? change.before.nodes.get(node))?.config;
    if (!config || dialects.has(config.dialect)) return [];
    const language = config.dialect === 'unknown' ? 'is not recognised' : `(${config.dialect}) is not modelled`;
    return [{ message: `${node}: its configuration language ${language}, so the twin shows nothing of the change.` }];
  });

/**
 * Further files of a device (SONiC's config_db.json) that differ. The twin reads them, but the difference that is shown,
 * rolled back and sealed is that of the main configurations.
 */
function companionChanges({ request: { change } }: PreflightRun): readonly Statement[] {
  const facts = (config: ParsedConfig | undefined): string =>
    JSON.stringify((config?.companions ?? []).map(({ file, text }) => [file.slice(file.lastIndexOf('/') + 1), text]));
  const outside = ({ outside: speakers = [] }: typeof change.after): string =>
    JSON.stringify(speakers.map(({ file: _, ...speaker }) => speaker));
  const announced: readonly Statement[] =
    outside(change.before) === outside(change.after)
      ? []
      : [
          {
            message: 'What neighbours outside of the lab are declared to announce differs before and after the change.',
          },
        ];
  const beside = [...change.after.nodes.values()].flatMap(({ name, config }) => {
    const before = change.before.nodes.get(name)?.config;
    if (!before || facts(before) === facts(config)) return [];
    const files = (config.companions ?? before.companions ?? []).map(({ file }) => file).join(', ');
    return [
      {
        message: `${name}: a file beside its configuration changes (${files}); its difference is neither shown nor rolled back.`,
      },
    ];
  });
  return [...announced, ...beside];
}

/**
 * What the twin left undecided and the change may depend on: whatever is new, and whatever concerns a device that the
 * change alters or whose routes it moves. What follows from one line alone concerns only a change of that line.
 */
function caveats(run: PreflightRun): readonly Statement[] {
  const { change } = run.request;
  const changes = new Map(change.devices.map((device) => [device.node, device]));
  const known = new Set(run.twin?.initial.caveats.map(({ node, text }) => `${node} ${text}`));
  const concerned = new Set([
    ...change.devices
      .filter(
        (device) =>
          !isCosmetic(
            device,
            change.before.nodes.get(device.node)?.config,
            change.after.nodes.get(device.node)?.config,
          ),
      )
      .map(({ node }) => node),
    ...(run.diff?.routes ?? []).map(({ node }) => node),
  ]);
  return (run.after?.caveats ?? [])
    .filter(({ node, text, span, ofLine }) => {
      if (!known.has(`${node} ${text}`)) return true;
      const device = changes.get(node);
      return ofLine && span ? device !== undefined && touches(device, span) : concerned.has(node);
    })
    .map(({ node, text, span }) => {
      const file = change.after.nodes.get(node)?.config.file;
      return {
        message: `${node}: ${text}`,
        ...(span && file !== undefined && { place: { node, file, line: span.line } }),
      };
    });
}
