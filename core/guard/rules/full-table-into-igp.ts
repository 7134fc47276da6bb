import { redistributionsOf } from '../redistribution.ts';
import { head } from '../restore.ts';
import { type RawFinding, rule } from '../rule.ts';

export default rule({
  id: 'full-table-into-igp',
  number: 9,
  priority: 'P0',
  scope: 'device',
  title: 'BGP redistributed into an IGP without a filter',
  why: 'An IGP holds hundreds of routes, BGP up to a million. Without a filter between them one leak from outside fills the memory of every router inside, and they fail together.',
  sources: [
    'Rogers Communications, outage of 8 July 2022',
    'RFC 7454 section 6, RFC 1164 section 4 (interaction of BGP and an IGP)',
  ],
  remedy:
    'Put a route-map with a prefix-list on the redistribution, or originate a default route or a summary instead.',
  check: ({ device }) =>
    redistributionsOf(device).flatMap((redistribution): RawFinding[] => {
      const { target, source, policy, vrf, title, key, span } = redistribution;
      // In a VRF this is how a provider edge hands the sites of one customer to each other (RFC 4577): few routes.
      if (target === 'bgp' || source !== 'bgp' || policy !== undefined || vrf !== 'default') return [];
      return [{ span: head(span), message: `redistributes every route of ${title}`, key }];
    }),
});
