/*
 * VRFs in a twin: each is a network namespace of its own (zebra's option -n), which every kernel has, where VRF devices
 * are an option of the kernel. A namespace is a closed world: what passes between VRFs, or is told apart by labels and
 * tunnels, cannot be tried there.
 */
import type { Device } from '../../config/device/device.ts';
import { GLOBAL_VRF } from '../../network/topology.ts';
import { word } from './render/page.ts';

/** Longest name of a VRF (lib/vrf.h VRF_NAMSIZ without the zero). */
const LONGEST_NAME = 35;

/** Why the VRFs of a device cannot be built into a twin, a sentence each. */
export function vrfObstacles(node: string, device: Device, vrfs: Iterable<string>): readonly string[] {
  return [...vrfs].flatMap((vrf) => {
    if (word(vrf) !== vrf || vrf.length > LONGEST_NAME)
      return [`${node} has a VRF "${vrf}", which is no name that FRR takes.`];
    const what = CANNOT.find(({ is }) => is(device, vrf))?.what;
    return what === undefined ? [] : [`${node} ${what.replace('%', vrf)}.`];
  });
}

type Process = Device['bgp'][number];

const processesOf = (device: Device, vrf: string): readonly Process[] =>
  device.bgp.filter((process) => process.vrf === vrf);

const families = ({ neighbours, groups }: Process): readonly string[] =>
  [...neighbours.values(), ...groups.values()].flatMap((one) => [...one.families.keys()]);

const values = (list: readonly { readonly value: string }[] | undefined): readonly string[] =>
  (list ?? []).map(({ value }) => value);

interface Limit {
  /** `%` stands for the VRF. */
  readonly what: string;
  readonly is: (device: Device, vrf: string) => boolean;
}

const CANNOT: readonly Limit[] = [
  {
    what: 'exchanges routes of the VRF % by EVPN, which needs tunnels that the FRR twin does not build yet',
    is: (device, vrf) => {
      const own = device.vrfs.get(vrf);
      return (
        (own?.vni ?? own?.evpn ?? own?.prefixRoutes) !== undefined ||
        processesOf(device, vrf).some(({ families: list }) =>
          [...list.values()].some(({ advertiseUnicast }) => advertiseUnicast !== undefined),
        )
      );
    },
  },
  {
    what: 'exchanges routes of the VRF % as VPN routes, which need labels that the kernel of the FRR twin does not switch',
    is: (device, vrf) =>
      processesOf(device, vrf).some(({ families: list }) =>
        [...list.values()].some(({ importVpn, exportVpn }) => (importVpn ?? exportVpn)?.value === true),
      ) ||
      ((device.vrfs.get(vrf)?.importTargets.length ?? 0) + (device.vrfs.get(vrf)?.exportTargets.length ?? 0) > 0 &&
        processesOf(device, GLOBAL_VRF).some((process) =>
          families(process).some((family) => family.startsWith('vpn')),
        )),
  },
  {
    what: 'has routes of the VRF % in other tables or theirs in it; in the FRR twin no packet passes between VRFs',
    is: (device, vrf) => {
      const own = device.vrfs.get(vrf);
      const targets = values(own?.exportTargets);
      const leaksByTarget = [...device.vrfs].some(
        ([name, other]) => name !== vrf && values(other.importTargets).some((target) => targets.includes(target)),
      );
      const imports = device.bgp.some(({ vrf: at, families: list }) =>
        [...list.values()].some(
          ({ importVrfs = [] }) => importVrfs.length > 0 && (at === vrf || values(importVrfs).includes(vrf)),
        ),
      );
      return (
        (own?.importFromGlobal ?? own?.exportToGlobal) !== undefined ||
        leaksByTarget ||
        imports ||
        (device.tableLeaks ?? []).some(({ from, to }) => from === undefined || from === vrf || to === vrf) ||
        device.staticRoutes.some(
          ({ vrf: at, nextHop }) =>
            nextHop.vrf !== undefined && nextHop.vrf !== at && (at === vrf || nextHop.vrf === vrf),
        )
      );
    },
  },
  {
    what: 'runs IS-IS, OSPFv3, EIGRP or RIP in the VRF %, which the FRR twin runs in the global table alone',
    is: ({ isis, ospf, eigrp, rip }, vrf) =>
      [...isis, ...ospf.filter(({ version }) => version === 3), ...eigrp, ...rip].some(
        (process) => process.vrf === vrf,
      ),
  },
];
