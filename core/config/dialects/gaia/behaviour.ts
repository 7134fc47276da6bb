import type { Behaviour } from '../../behaviour.ts';
import { behaviour as junos } from '../junos/behaviour.ts';

/** Check Point Gaia. Sources: Gaia Advanced Routing Administration Guide R80.30 and R81, by title. */
export const behaviour: Behaviour = {
  ...junos,
  // "Protocol Rank": direct 0, OSPF 10, static 60, RIP 100, aggregate 130, OSPF ASE 150, BGP 170.
  administrativeDistance: {
    ...junos.administrativeDistance,
    static: 60,
    ospfIntra: 10,
    ospfInter: 10,
    ospfExternal: 150,
    rip: 100,
    aggregate: 130,
    ebgp: 170,
    ibgp: 170,
    bgpLocal: 170,
  },
  // "Inbound Route Filters": no route of a BGP peer is accepted unless a filter or a route map accepts it; "Route
  // Redistribution": nothing is announced that is not redistributed. The dialect puts a policy at the end that says so.
  ebgpWithoutPolicy: { in: 'deny', out: 'deny' },
  advertisesInactiveBgp: false,
  packetFilters: { ownPacketsUnfiltered: true },
  bgp: {
    localWeight: 0,
    // "BGP ECMP" is off until configured.
    maximumPaths: 1,
    maximumPathsIbgp: 1,
    multipathNeedsEqualAsPath: 'length',
    prefersOldestExternal: false,
    alwaysCompareMed: false,
    deterministicMed: true,
    enforceFirstAs: false,
    splitHorizonByPeerAs: true,
    // "Route Maps": an export route map chooses among all active routes.
    exportsActiveRoutes: true,
    aggregateContributors: 'any',
  },
  ospf: {
    referenceBandwidthMbps: 100,
    maximumPaths: 8,
    defaultNetworkType: 'broadcast',
    loopbackAsStubHost: true,
    // "OSPF Global Settings": default ASE route cost 1, type 1.
    externalMetric: 1,
    externalMetricType: 1,
    // "OSPF Interfaces": the cost is 1 unless it is configured.
    fixedCost: 1,
    loopbackCost: 0,
  },
  showsResolvedNextHops: false,
  showsResolvedTunnels: false,
  resolvesOnlyThroughGateways: false,
  routeConditionsOnlyOnExport: false,
  asPathExpressions: 'as-numbers',
  ethernetBandwidthKbps: 1_000_000,
  interfaceShutdownByDefault: false,
  showsLocalRoutes: false,
  routingByDefault: true,
};
