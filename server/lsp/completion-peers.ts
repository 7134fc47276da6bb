import { parseIp } from '../../core/config/address.ts';
import type { Expected } from '../../core/config/expected.ts';
import { connectedInterface, type Owner, ownersOf } from '../../core/guard/peers.ts';
import type { LabPlace } from './lab-place.ts';

/** A word that the lab gives for a slot, and where it comes from. */
export interface Offer {
  readonly label: string;
  readonly detail: string;
}

/**
 * What the other devices of the lab say for a slot: for a neighbour the addresses on the subnets of this device, nearest
 * names first, and for an AS that of the device whose address the line, or a stanza around it, is about.
 * @param around words of the line in front of the slot, and of the stanzas around it, nearest last
 */
export function offersOf(
  { snapshot, node }: LabPlace,
  { type }: Expected & { readonly kind: 'slot' },
  around: readonly string[],
): readonly Offer[] {
  if (!node) return [];
  const others = [...ownersOf(snapshot)].map(([address, owners]) => ({
    address,
    owners: owners.filter((owner) => owner.node !== node),
  }));
  if (type === 'peer') {
    return others.flatMap(({ address, owners: [owner] }) =>
      owner && connectedInterface(node, owner.vrf, address) ? [{ label: address, detail: describe(owner) }] : [],
    );
  }
  if (type !== 'asn') return [];
  const address = around.map((word) => parseIp(word.split('/')[0] ?? '')?.text).findLast((text) => text !== undefined);
  const [owner, ...more] = others.find((one) => one.address === address)?.owners ?? [];
  const asn = owner && more.length === 0 ? asnOf(owner) : undefined;
  return owner && asn !== undefined ? [{ label: String(asn), detail: describe(owner) }] : [];
}

const asnOf = ({ node, vrf }: Owner): number | undefined => {
  const processes = node.config.device.bgp;
  return (processes.find((process) => process.vrf === vrf) ?? processes[0])?.asn.value;
};

function describe(owner: Owner): string {
  const asn = asnOf(owner);
  return `${owner.node.name} ${owner.interface.name}${asn === undefined ? '' : `, AS ${asn}`}`;
}
