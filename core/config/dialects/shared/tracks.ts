import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { DeviceDraft, TrackObject } from '../../device/device.ts';
import type { Span } from '../../span.ts';

const row = rowsOf<DeviceDraft>();

const setTrack = (
  device: DeviceDraft,
  id: string,
  kind: TrackObject['kind'],
  target: string | undefined,
  span: Span,
): void => {
  device.tracks.set(id, { id, kind, ...(target !== undefined && { target }), span });
};

const definesTrack = { defines: { id: 'track' } } as const;

/** A track of an interface's line, which EOS names and IOS numbers. */
const interfaceTrack = row('track <id:word> interface <interface:interface> line-protocol', {
  doc: 'Follows the state of an interface.',
  ...definesTrack,
  refers: { interface: 'interface' },
  apply: (device, { id, interface: name }, at) => setTrack(device, id.value, 'interface', name.value, at.span),
  undo: (device, { id }) => {
    if (id) device.tracks.delete(id.value);
  },
});

/** `no track 1` removes the object. */
const removal = row('track <id:word>', {
  doc: 'A tracked object; the `no` form removes it.',
  undo: (device, { id }) => {
    if (id) device.tracks.delete(id.value);
  },
});

export const eosTracks: readonly Entry[] = [interfaceTrack, removal];

/** Lines inside of a track: how fast it reacts, and the members of a list. */
const trackLines: readonly Entry[] = [
  row('delay <options:words>', { doc: 'Waits before the state of the object changes.', effect: 'none' }),
  row('object <id:word> [<not:not>]', { doc: 'A member of the list.', refers: { id: 'track' } }),
  row('<what:threshold|default-state> <options:words>', { doc: 'Further settings of the object.' }),
];

/** Tracked objects of IOS: interfaces, routes, service level probes and lists of others. */
export const iosTracks: readonly Entry[] = [
  modesOf<DeviceDraft>()(
    'track <id:int> interface <interface:interface> line-protocol',
    {
      doc: 'Follows the state of an interface.',
      ...definesTrack,
      refers: { interface: 'interface' },
      enter: (device, { id, interface: name }, at) => {
        setTrack(device, String(id.value), 'interface', name.value, at.span);
        return device;
      },
    },
    trackLines,
  ),
  modesOf<DeviceDraft>()(
    'track <id:int> ip route <prefix:prefix4> <what:reachability|metric> [<options:words>]',
    {
      doc: 'Follows whether there is a route.',
      ...definesTrack,
      enter: (device, { id, prefix }, at) => {
        setTrack(device, String(id.value), 'route', prefix.value, at.span);
        return device;
      },
    },
    trackLines,
  ),
  modesOf<DeviceDraft>()(
    'track <id:int> ip sla <probe:int> [<what:reachability|state>]',
    {
      doc: 'Follows the result of a probe.',
      ...definesTrack,
      enter: (device, { id, probe }, at) => {
        setTrack(device, String(id.value), 'sla', String(probe.value), at.span);
        return device;
      },
    },
    trackLines,
  ),
  modesOf<DeviceDraft>()(
    'track <id:int> list <rule:words>',
    {
      doc: 'Joins other objects.',
      ...definesTrack,
      enter: (device, { id, rule }, at) => {
        setTrack(device, String(id.value), 'list', rule.value.join(' '), at.span);
        return device;
      },
    },
    trackLines,
  ),
  ...(['stub-object', 'interface', 'application', 'ip', 'ipv6'] as const).map((what) =>
    modesOf<DeviceDraft>()(
      `track <id:int> ${what} [<options:words>]`,
      {
        doc: 'Follows another object.',
        ...definesTrack,
        enter: (device, { id }, at) => {
          setTrack(device, String(id.value), 'other', undefined, at.span);
          return device;
        },
      },
      trackLines,
    ),
  ),
  removal,
];
