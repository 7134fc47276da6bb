import { hygieneRules } from '../hygiene.ts';
import type { Rule } from '../rule.ts';
import aggregateOrDefaultRemoved from './aggregate-or-default-removed.ts';
import bgpSessionMismatch from './bgp-session-mismatch.ts';
import denyEverything from './deny-everything.ts';
import duplicateAddress from './duplicate-address.ts';
import ebgpWithoutPolicy from './ebgp-without-policy.ts';
import managementLockout from './management-lockout.ts';
import maximumPrefix from './maximum-prefix.ts';
import policyMatchRemoved from './policy-match-removed.ts';
import policyRemoved from './policy-removed.ts';
import readableSecret from './readable-secret.ts';
import routeMapImplicitDeny from './route-map-implicit-deny.ts';
import routingProcessRemoved from './routing-process-removed.ts';
import trunkOpenedToAllVlans from './trunk-opened-to-all-vlans.ts';
import trunkVlansReplaced from './trunk-vlans-replaced.ts';
import undefinedPolicy from './undefined-policy.ts';

/** Every guard rule, in the order of the catalogue; a test holds this list against the files. */
export const rules: readonly Rule[] = [
  trunkVlansReplaced,
  trunkOpenedToAllVlans,
  policyRemoved,
  policyMatchRemoved,
  undefinedPolicy,
  ebgpWithoutPolicy,
  maximumPrefix,
  denyEverything,
  managementLockout,
  routingProcessRemoved,
  aggregateOrDefaultRemoved,
  bgpSessionMismatch,
  duplicateAddress,
  routeMapImplicitDeny,
  readableSecret,
  ...hygieneRules,
];
