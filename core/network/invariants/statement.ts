import type { Declaration, Flowing } from './schema.ts';

const inVrf = (vrf: string | undefined): string => (vrf === undefined ? '' : ` in VRF ${vrf}`);

const traffic = ({ from, to, protocol, port, vrf }: Flowing): string =>
  `${protocol === undefined ? 'traffic' : `${protocol}`}${port === undefined ? '' : ` ${port}`} from ${from} to ${to}${inVrf(vrf)}`;

/** What a declaration demands, in one sentence. */
export function statementOf({ kind, settings }: Declaration): string {
  switch (kind) {
    case 'sessions-established':
      return `Every BGP session${settings.devices ? ` of ${settings.devices.join(', ')}` : ''}${inVrf(settings.vrf)} is established.`;
    case 'reachable':
      return `The ${traffic(settings)} arrives on every path.`;
    case 'isolated':
      return `The ${traffic(settings)} arrives on no path.`;
    case 'path-through':
      return `The ${traffic(settings)} passes ${settings.node} on every path.`;
    case 'path-avoids':
      return `The ${traffic(settings)} passes ${settings.node} on no path.`;
    case 'no-loops':
      return 'No packet returns to a device that it has left.';
    case 'redundancy':
      return `The ${traffic(settings)} still arrives when any single link fails.`;
    case 'prefix-present':
      return `${settings.device} has ${settings.prefix} in its table${inVrf(settings.vrf)}.`;
    case 'prefix-absent':
      return `${settings.device} does not have ${settings.prefix} in its table${inVrf(settings.vrf)}.`;
    case 'prefix-advertised':
      return `${settings.device} sends ${settings.prefix} to ${settings.to}${inVrf(settings.vrf)}.`;
    case 'prefix-not-advertised':
      return `${settings.device} does not send ${settings.prefix} to ${settings.to}${inVrf(settings.vrf)}.`;
  }
}
