import { type Redistributed, redistributionsOf } from '../redistribution.ts';
import { head } from '../restore.ts';
import { type RawFinding, rule } from '../rule.ts';

/** Whether one takes routes from the protocol into which the other puts them, and the other way round. */
const isOpposite = (one: Redistributed, other: Redistributed): boolean =>
  one.vrf === other.vrf &&
  one.source === other.target &&
  other.source === one.target &&
  fits(one.sourceId, other.targetId) &&
  fits(other.sourceId, one.targetId) &&
  // Two processes of one protocol: a redistribution is not its own opposite.
  one !== other;

const fits = (named: string | undefined, id: string): boolean => named === undefined || id === '' || named === id;

const isGuarded = ({ policy, tag }: Redistributed): boolean => policy !== undefined || tag !== undefined;

export default rule({
  id: 'mutual-redistribution',
  number: 11,
  priority: 'P0',
  scope: 'device',
  title: 'Mutual redistribution without a filter or a tag',
  why: 'Two protocols that hand each other their routes give back what they got: with a second such router routes loop, and stay in the tables after their origin is gone.',
  sources: [
    'Cisco, redistributing routing protocols (document 8606)',
    'RFC 4577 section 4.2.5 (down bit and domain tag)',
  ],
  remedy: 'Tag routes on the way in and deny the tag on the way back, or filter one of the two directions by prefix.',
  check: ({ device, config }) => {
    const open = redistributionsOf(device).filter(
      (each) => !isGuarded(each) && !(each.vrf !== 'default' && (each.source === 'bgp' || each.target === 'bgp')),
    );
    return open.flatMap((one, index): RawFinding[] => {
      const other = open.find((candidate, at) => at > index && isOpposite(one, candidate));
      if (!other) return [];
      return [
        {
          span: head(other.span),
          message: `${other.title} and ${one.title}: routes come back to where they are from`,
          key: `${one.key} ${other.key}`,
          related: [{ node: device.name, file: config.file, span: head(one.span), message: one.title }],
        },
      ];
    });
  },
});
