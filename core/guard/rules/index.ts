import { hygieneRules } from '../hygiene.ts';
import type { Rule } from '../rule.ts';
import accessListShadowed from './access-list-shadowed.ts';
import aggregateOrDefaultRemoved from './aggregate-or-default-removed.ts';
import authenticationMismatch from './authentication-mismatch.ts';
import bgpSessionMismatch from './bgp-session-mismatch.ts';
import commitWithoutRevert from './commit-without-revert.ts';
import communitiesReplaced from './communities-replaced.ts';
import continueToNowhere from './continue-to-nowhere.ts';
import denyEverything from './deny-everything.ts';
import deviceCutOff from './device-cut-off.ts';
import duplicateAddress from './duplicate-address.ts';
import ebgpWithoutPolicy from './ebgp-without-policy.ts';
import firstHopMismatch from './first-hop-mismatch.ts';
import fullTableIntoIgp from './full-table-into-igp.ts';
import hostBitsInPrefix from './host-bits-in-prefix.ts';
import ibgpMeshGap from './ibgp-mesh-gap.ts';
import ibgpNextHopUnreachable from './ibgp-next-hop-unreachable.ts';
import identityChanged from './identity-changed.ts';
import igpParameterMismatch from './igp-parameter-mismatch.ts';
import igpSettingFlipped from './igp-setting-flipped.ts';
import internalRoutesExported from './internal-routes-exported.ts';
import lineRejected from './line-rejected.ts';
import looseExpression from './loose-expression.ts';
import managementLockout from './management-lockout.ts';
import maximumPrefix from './maximum-prefix.ts';
import mutualRedistribution from './mutual-redistribution.ts';
import neighbourNotActivated from './neighbour-not-activated.ts';
import ospfMtuMismatch from './ospf-mtu-mismatch.ts';
import policyMatchRemoved from './policy-match-removed.ts';
import policyRemoved from './policy-removed.ts';
import policyReordered from './policy-reordered.ts';
import preferredOverOwnRoutes from './preferred-over-own-routes.ts';
import prefixListTooWide from './prefix-list-too-wide.ts';
import readableSecret from './readable-secret.ts';
import redundancyChangedTogether from './redundancy-changed-together.ts';
import routeMapImplicitDeny from './route-map-implicit-deny.ts';
import routeTargetMismatch from './route-target-mismatch.ts';
import routingProcessRemoved from './routing-process-removed.ts';
import staticRouteToItself from './static-route-to-itself.ts';
import suppressionWithoutEffect from './suppression-without-effect.ts';
import switchLinkMismatch from './switch-link-mismatch.ts';
import trunkOpenedToAllVlans from './trunk-opened-to-all-vlans.ts';
import trunkVlansReplaced from './trunk-vlans-replaced.ts';
import ttlSecurityOneSided from './ttl-security-one-sided.ts';
import undefinedName from './undefined-name.ts';
import undefinedPolicy from './undefined-policy.ts';
import unsavedConfiguration from './unsaved-configuration.ts';
import vrfStripsAddress from './vrf-strips-address.ts';
import vxlanMismatch from './vxlan-mismatch.ts';

/** Every guard rule, in the order of the catalogue; a test holds this list against the files. */
export const rules: readonly Rule[] = [
  trunkVlansReplaced,
  trunkOpenedToAllVlans,
  policyRemoved,
  policyMatchRemoved,
  internalRoutesExported,
  policyReordered,
  undefinedPolicy,
  ebgpWithoutPolicy,
  fullTableIntoIgp,
  maximumPrefix,
  mutualRedistribution,
  denyEverything,
  managementLockout,
  deviceCutOff,
  routingProcessRemoved,
  redundancyChangedTogether,
  lineRejected,
  aggregateOrDefaultRemoved,
  identityChanged,
  preferredOverOwnRoutes,
  ospfMtuMismatch,
  igpParameterMismatch,
  authenticationMismatch,
  bgpSessionMismatch,
  ttlSecurityOneSided,
  ibgpNextHopUnreachable,
  ibgpMeshGap,
  duplicateAddress,
  neighbourNotActivated,
  routeMapImplicitDeny,
  prefixListTooWide,
  communitiesReplaced,
  looseExpression,
  accessListShadowed,
  vrfStripsAddress,
  routeTargetMismatch,
  vxlanMismatch,
  switchLinkMismatch,
  firstHopMismatch,
  staticRouteToItself,
  continueToNowhere,
  hostBitsInPrefix,
  commitWithoutRevert,
  unsavedConfiguration,
  igpSettingFlipped,
  readableSecret,
  suppressionWithoutEffect,
  undefinedName,
  ...hygieneRules,
];
