/** Section 1: the verdict, what was looked at, and what this document does not prove. */
import type { EvidenceBundle } from '../../bundle.ts';
import { isEmptyDifference, lostCount } from '../../contradictions.ts';
import type { ReportWriter } from '../report-writer.ts';
import { counted, duration, type Section } from '../section.ts';

const NOT_PROVEN: readonly string[] = [
  'That the running network has, or will have, the configurations shown here. They were read from files; no device was contacted.',
  'That the network behaves as the twin did. A twin is a model; section 6 says where it is known to differ and which lines it leaves out.',
  'That anybody approved the change, or that it was promoted. Approvals and promotions are signed records of their own.',
  'Conformity with a standard or a regulation. Section 11 says which controls were looked at, if any.',
  'Anything by itself: this document is a rendering. The signed files named in section 13 are the evidence.',
];

function describeTwin({ twin }: EvidenceBundle): string {
  if (twin.status !== 'run') return `Not run. ${twin.reason}`;
  const rounds = twin.rounds === null ? '' : ` after ${counted(twin.rounds, 'round')}`;
  const outcome = twin.converged ? `converged${rounds}` : `DID NOT CONVERGE${rounds}`;
  return `${twin.engine.name} ${twin.engine.version}, ${counted(twin.nodes, 'node')}: ${outcome}, ${duration(twin.convergenceMs)}`;
}

function describeSessions({ twin, stateDiff }: EvidenceBundle): string {
  if (twin.status !== 'run') return 'Not measured';
  const { before, after } = twin.sessions;
  const lost = stateDiff.status === 'measured' ? `; ${lostCount(stateDiff)} lost` : '';
  return `${before.established} of ${before.total} established before, ${after.established} of ${after.total} after${lost}`;
}

function describeRoutes({ stateDiff }: EvidenceBundle): string {
  if (stateDiff.status !== 'measured') return `Not measured. ${stateDiff.reason}`;
  const of = (kind: string): number => stateDiff.routes.filter((route) => route.kind === kind).length;
  const devices = new Set(stateDiff.routes.map(({ device }) => device)).size;
  if (stateDiff.routes.length === 0) return 'No route differs';
  return `${of('added')} added, ${of('removed')} removed, ${of('changed')} changed on ${counted(devices, 'device')}`;
}

function describeFindings({ findings }: EvidenceBundle): string {
  const introduced = findings.filter(({ origin }) => origin === 'introduced');
  const of = (priority: string): number => introduced.filter((finding) => finding.priority === priority).length;
  const older = findings.length - introduced.length;
  return `${introduced.length} introduced by the change (${of('P0')} P0, ${of('P1')} P1, ${of('P2')} P2), ${older} that were there before`;
}

function describeRollback({ rollback }: EvidenceBundle): string {
  if (!rollback.executed || !rollback.residual) return `Not executed. ${rollback.reason ?? ''}`;
  return isEmptyDifference(rollback.residual)
    ? 'Executed in the twin; the state before the change was restored exactly'
    : 'Executed in the twin; the state before the change was NOT restored (section 7)';
}

function describeEgress({ egress }: EvidenceBundle): string {
  if (egress.status !== 'measured') return `Not measured. ${egress.reason}`;
  const result = egress.result === 'none' ? 'None' : `OBSERVED: ${egress.observed.join(', ')}`;
  return `${result}. Measured: ${egress.method}`;
}

/** The report's first page begins with its title; the section's heading follows. */
export function writeFrontMatter(writer: ReportWriter, { runId, created }: EvidenceBundle): void {
  const time = created.replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC');
  writer.title('Preflight of a network change', 'Evidence report', `Run ${runId}, ${time}`);
}

export const summary: Section = {
  title: '1  Verdict, scope and limits',
  write: (writer, { bundle }) => {
    const { change, risk, tool, policy } = bundle;
    writer.banner(bundle.verdict.value);
    writer.list(bundle.verdict.reasons.map(({ message, code }) => `${message} (${code})`));
    const lines = change.devices.reduce(
      (sum, device) => ({
        added: sum.added + device.addedLines.length,
        removed: sum.removed + device.removedLines.length,
      }),
      { added: 0, removed: 0 },
    );
    writer.facts([
      ['Change', change.intent ?? 'No reason was given.'],
      [
        'Devices',
        `${counted(change.devices.length, 'device')} changed (${lines.added} lines added, ${lines.removed} removed), ${change.unchanged.length} unchanged`,
      ],
      ['Risk tier', risk.status === 'decided' ? risk.tier : `Not decided. ${risk.reason}`],
      ['Twin', describeTwin(bundle)],
      ['Sessions', describeSessions(bundle)],
      ['Routes', describeRoutes(bundle)],
      ['Findings', describeFindings(bundle)],
      ['Rollback', describeRollback(bundle)],
      ['Calls to other systems', describeEgress(bundle)],
      ['Operator', bundle.operator],
      ['Tool and policy', `${tool.name} ${tool.version}, policy ${policy.version}`],
    ]);
    writer.subheading('What this document does not prove', 90);
    writer.list(NOT_PROVEN);
  },
};
