import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { DeviceDraft, Probe, TrackObject } from '../../device/device.ts';
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
  row('<what:threshold|default-state> <options:words>', { doc: 'Further settings of the object.' }),
];

interface TrackList {
  readonly device: DeviceDraft;
  readonly track: TrackObject | undefined;
}

const member = rowsOf<TrackList>()('object <id:word> [<not:not>]', {
  doc: 'A member of the list.',
  refers: { id: 'track' },
  apply: ({ track }, { id, not }) => {
    if (!track) return;
    track.members ??= [];
    track.members.push({ id: id.value, negated: not !== undefined });
  },
});

/** Probes of IOS: of an echo the address is known. */
export const iosProbes: readonly Entry[] = [
  modesOf<DeviceDraft>()(
    'ip sla <id:int>',
    {
      doc: 'A probe; static routes and redundancy groups may depend on it.',
      enter: (device, { id }, at): Probe => {
        const probe: Probe = device.probes.get(String(id.value)) ?? { id: String(id.value), span: at.span };
        device.probes.set(probe.id, probe);
        return probe;
      },
      undo: (device, { id }) => {
        if (id) device.probes.delete(String(id.value));
      },
    },
    [
      rowsOf<Probe>()('icmp-echo <target:ip4> [<options:words>]', {
        doc: 'Asks whether an address answers.',
        apply: (probe, { target }) => {
          probe.echo = target;
        },
      }),
      rowsOf<Probe>()('<what:frequency|timeout|threshold|tag|owner|history|tos|request-data-size> <options:words>', {
        doc: 'How often the probe asks, and how long it waits.',
        effect: 'none',
      }),
      rowsOf<Probe>()('vrf <vrf:word>', { doc: 'The VRF in which it asks.', refers: { vrf: 'vrf' } }),
    ],
  ),
  row('ip sla schedule <id:int> <options:words>', { doc: 'When a probe runs.', effect: 'none' }),
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
      enter: (device, { id, rule }, at): TrackList => {
        setTrack(device, String(id.value), 'list', rule.value.join(' '), at.span);
        return { device, track: device.tracks.get(String(id.value)) };
      },
    },
    [member, ...trackLines],
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
