import { bgpRouteTopics } from './checks/bgp-routes.ts';
import { bgpSessionTopics } from './checks/bgp-sessions.ts';
import type { Topic } from './checks/check.ts';
import { interfaceTopics } from './checks/interfaces.ts';
import { managementTopics } from './checks/management.ts';
import { monitoringTopics } from './checks/monitoring.ts';
import { perimeterTopics } from './checks/perimeter.ts';
import { authenticationTopics } from './checks/routing-authentication.ts';

/** Everything that is decided from a configuration, once for all frameworks and vendors. */
export const topics = {
  ...interfaceTopics,
  ...perimeterTopics,
  ...bgpSessionTopics,
  ...bgpRouteTopics,
  ...authenticationTopics,
  ...managementTopics,
  ...monitoringTopics,
} satisfies Record<string, Topic>;

export type TopicId = keyof typeof topics;
