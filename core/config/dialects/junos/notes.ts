import type { DeviceDraft } from '../../device/device.ts';
import type { Located } from '../../span.ts';

/** What lines say that only the end of the configuration puts in its place. */
export interface Notes {
  /** Network entity title of the router, from an interface of family iso. */
  isoAddress?: Located<string>;
  /** `system management-instance`: the management port is in mgmt_junos. */
  managementInstance?: boolean;
  /** Routing interface -> name of its VLAN. */
  readonly vlanOfInterface: Map<string, string>;
}

const notes = new WeakMap<DeviceDraft, Notes>();

export function notesOf(device: DeviceDraft): Notes {
  const known = notes.get(device) ?? { vlanOfInterface: new Map() };
  notes.set(device, known);
  return known;
}
