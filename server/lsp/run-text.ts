import type {
  BundleRoute,
  EvidenceBundle,
  RouteDifference,
  SessionDifference,
  StateDifference,
} from '../../core/evidence/bundle.ts';
import { runFacts } from './run-facts.ts';

interface Section {
  readonly title: string;
  readonly lines: (bundle: EvidenceBundle) => readonly string[];
}

const inVrf = (vrf: string): string => (vrf === 'default' ? '' : ` (VRF ${vrf})`);

const nextHopText = ({ ip, interface: port, drop }: BundleRoute['nextHops'][number]): string =>
  drop ? 'dropped' : (ip ?? port ?? 'no next hop');

function routeText({ protocol, distance, metric, nextHops, bgp }: BundleRoute): string {
  const path =
    bgp === undefined
      ? ''
      : `, local preference ${bgp.localPreference}, MED ${bgp.med}, AS path ${bgp.asPath === '' ? 'empty' : bgp.asPath}`;
  return `${protocol} [${distance}/${metric}] by ${nextHops.map(nextHopText).join(', ') || 'no next hop'}${path}`;
}

const routeLines = ({ device, vrf, prefix, kind, before, after }: RouteDifference): readonly string[] => [
  `${device}: ${prefix}${inVrf(vrf)} ${kind}`,
  ...before.map((route) => `  before  ${routeText(route)}`),
  ...after.map((route) => `  after   ${routeText(route)}`),
];

const sessionLine = ({ device, vrf, peer, kind, after }: SessionDifference): string =>
  `${device}: BGP session with ${peer}${inVrf(vrf)} ${kind}${after?.reason ? `: ${after.reason.text}` : ''}`;

const adjacencyLine = ({
  device,
  vrf,
  protocol,
  interface: port,
  peer,
  kind,
}: StateDifference['adjacencies'][number]): string =>
  `${device}: ${protocol} adjacency with ${peer} on ${port}${inVrf(vrf)} ${kind}`;

const orNone = (lines: readonly string[]): readonly string[] => (lines.length > 0 ? lines : ['none']);

/** In the order of what a reader asks first. Whatever two runs have in common stands at the same place in both. */
const sections: readonly Section[] = [
  {
    title: 'Verdict',
    lines: ({ verdict }) => [verdict.value, ...verdict.reasons.map(({ code, message }) => `${code}: ${message}`)],
  },
  { title: 'Intent', lines: ({ change }) => (change.intent ?? 'not stated').split('\n') },
  {
    title: 'Changed lines',
    lines: ({ change }) => orNone(change.devices.flatMap(({ diff }) => diff.replace(/\n$/, '').split('\n'))),
  },
  {
    title: 'Sessions and adjacencies',
    lines: ({ stateDiff: diff }) =>
      diff.status === 'measured'
        ? orNone([...diff.sessions.map(sessionLine), ...diff.adjacencies.map(adjacencyLine)])
        : [`not run: ${diff.reason}`],
  },
  {
    title: 'Routes',
    lines: ({ stateDiff: diff }) =>
      diff.status === 'measured' ? orNone(diff.routes.flatMap(routeLines)) : [`not run: ${diff.reason}`],
  },
  {
    title: 'Findings',
    lines: ({ findings }) =>
      orNone(
        findings.map(
          ({ severity, rule, file, lines: { from }, message, origin }) =>
            `${severity} ${rule} ${file}:${from}${origin === 'pre_existing' ? ' (as before the change)' : ''}: ${message}`,
        ),
      ),
  },
  {
    title: 'What was found',
    lines: (bundle) =>
      runFacts(bundle).flatMap(({ title, text, details = [] }) => [
        `${title}: ${text}`,
        ...details.map((detail) => `  ${detail}`),
      ]),
  },
  {
    title: 'Stages',
    lines: ({ stages }) => stages.map(({ title, status, summary }) => `${title}: ${status}. ${summary}`),
  },
  {
    title: 'Run',
    lines: ({ runId, created, operator, tool, change, policy }) => [
      `id        ${runId}`,
      `created   ${created}`,
      `operator  ${operator}`,
      `tool      ${tool.name} ${tool.version}`,
      `baseline  ${change.baseline}`,
      `policy    ${policy.version}`,
    ],
  },
];

/** A bundle as a text: the same facts give the same lines, so that two runs can be compared line by line. */
export const runText = (bundle: EvidenceBundle): string =>
  sections.map(({ title, lines }) => `# ${title}\n${lines(bundle).join('\n')}\n`).join('\n');
