/**
 * The compliance rows of a bundle as OSCAL assessment results (NIST, JSON schema 1.2.1), one set per framework. OSCAL
 * has no word for "not tested": such a row is an observation without a finding. Nothing here certifies anything.
 */
import type { EvidenceBundle } from '../bundle.ts';
import { controlToken } from './control-token.ts';
import { uuidV5 } from './uuid.ts';

export const OSCAL_VERSION = '1.2.1';

/** Properties of ours are of this name space. */
const OURS = 'https://aegis.invalid/ns/oscal';

type Row = Extract<EvidenceBundle['compliance'], { status: 'checked' }>['rows'][number];

export interface OscalOptions {
  readonly bundleSha256: string;
  /** False: title, a property and the remarks say that the evidence was not verified. */
  readonly verified: boolean;
}

/** Whole classes of assurance that a finding could claim, and the method that gave it. */
const METHODS: Readonly<Record<Row['class'], 'EXAMINE' | 'TEST' | 'UNKNOWN'>> = {
  'config-checked': 'EXAMINE',
  'twin-tested': 'TEST',
  'process-attested': 'EXAMINE',
  'post-deployment': 'UNKNOWN',
  supports: 'TEST',
  'out-of-scope': 'UNKNOWN',
};

const property = (name: string, value: string) => ({ name, ns: OURS, value: value.trim() });

/** A list that OSCAL wants left out when it has no member. */
const unlessEmpty = <K extends string, T>(key: K, list: readonly T[]): { [P in K]?: readonly T[] } =>
  (list.length === 0 ? {} : { [key]: list }) as { [P in K]?: readonly T[] };

/** The document, as plain data. The same bundle gives the same document: identifiers come from the run. */
export function assessmentResults(bundle: EvidenceBundle, { bundleSha256, verified }: OscalOptions) {
  const { runId, created, compliance } = bundle;
  const id = (...parts: readonly string[]): string => uuidV5([runId, ...parts].join('\n'));
  const plan = id('plan');
  const source = id('bundle');
  const caution = verified ? [] : ['UNVERIFIED: the signature of the evidence was not verified.'];
  return {
    'assessment-results': {
      uuid: id('assessment-results'),
      metadata: {
        title: `${verified ? '' : 'UNVERIFIED: '}Preflight of a network change, run ${runId}`,
        'last-modified': created,
        version: runId,
        'oscal-version': OSCAL_VERSION,
        props: [
          property('verdict', bundle.verdict.value),
          property('bundle-sha256', bundleSha256),
          property('verification', verified ? 'verified' : 'unverified'),
          property('tool', `${bundle.tool.name} ${bundle.tool.version}`),
        ],
        remarks: [
          ...caution,
          'What one preflight of a change could say about controls. A control that passes here is not certified.',
        ].join(' '),
      },
      'import-ap': { href: `#${plan}` },
      results:
        compliance.status === 'checked'
          ? resultsOf(bundle, compliance.rows, id, source)
          : [nothingAssessed(bundle, compliance.reason, id)],
      'back-matter': {
        resources: [
          {
            uuid: plan,
            title: 'Plan of the assessment',
            description:
              'There is no plan of its own: each preflight asks every control that this version of the software knows of the devices that the change touches.',
          },
          {
            uuid: source,
            title: 'The evidence of the run',
            rlinks: [
              {
                href: 'bundle.json',
                'media-type': 'application/json',
                hashes: [{ algorithm: 'SHA-256', value: bundleSha256 }],
              },
            ],
          },
        ],
      },
    },
  };
}

type Identify = (...parts: readonly string[]) => string;

const nothingAssessed = ({ created }: EvidenceBundle, reason: string, id: Identify) => ({
  uuid: id('result', 'none'),
  title: 'No control was assessed',
  description: reason,
  start: created,
  'reviewed-controls': {
    'control-selections': [{ description: 'No control was reviewed.', 'include-controls': [{ 'control-id': 'none' }] }],
  },
});

function resultsOf(bundle: EvidenceBundle, rows: readonly Row[], id: Identify, source: string) {
  const frameworks = [...new Set(rows.map(({ framework }) => framework))];
  if (frameworks.length === 0) return [nothingAssessed(bundle, 'No framework has a control for this change.', id)];
  return frameworks.map((framework) => {
    const own = rows.filter((row) => row.framework === framework);
    const sections = [...new Set(own.map(({ section }) => section))];
    return {
      uuid: id('result', framework),
      title: framework,
      description: `${own.length} controls of ${sections.join(', ')}.`,
      start: bundle.created,
      'reviewed-controls': {
        'control-selections': sections.map((section) => {
          const those = own.filter((row) => row.section === section);
          const edition = those[0]?.edition;
          return {
            description: edition ? `${section} (${edition})` : section,
            'include-controls': [...new Set(those.map(({ control }) => controlToken(framework, control)))].map(
              (control) => ({ 'control-id': control }),
            ),
          };
        }),
      },
      observations: own.map((row) => observationOf(bundle, row, id, source)),
      ...unlessEmpty(
        'findings',
        own.flatMap((row) => findingOf(row, id)),
      ),
    };
  });
}

const keyOf = ({ framework, section, control }: Row): readonly string[] => [framework, section, control];

function observationOf({ created }: EvidenceBundle, row: Row, id: Identify, source: string) {
  return {
    uuid: id('observation', ...keyOf(row)),
    title: `${row.control}: ${row.title}`,
    description: row.evidence.join('\n') || 'No evidence was recorded.',
    props: [
      property('control', row.control),
      property('status', row.status),
      property('class', row.class),
      ...(row.severity === null ? [] : [property('severity', row.severity)]),
      ...(row.edition === null ? [] : [property('edition', row.edition)]),
    ],
    methods: [METHODS[row.class]],
    collected: created,
    'relevant-evidence': [{ href: `#${source}`, description: 'The sealed evidence of the run.' }],
  };
}

/** Only what was decided is a finding. */
function findingOf(row: Row, id: Identify) {
  if (row.status !== 'pass' && row.status !== 'fail') return [];
  return [
    {
      uuid: id('finding', ...keyOf(row)),
      title: `${row.control}: ${row.title}`,
      description: `${row.status === 'pass' ? 'Satisfied' : 'Not satisfied'} as far as this run can tell (${row.class}).`,
      target: {
        type: 'objective-id',
        'target-id': controlToken(row.framework, row.control),
        status: { state: row.status === 'pass' ? 'satisfied' : 'not-satisfied' },
      },
      'related-observations': [{ 'observation-uuid': id('observation', ...keyOf(row)) }],
    },
  ];
}
