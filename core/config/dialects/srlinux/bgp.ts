import { parseIp } from '../../address.ts';
import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { BgpNeighbour, BgpNeighbourFamily } from '../../device/bgp.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { Located, Span } from '../../span.ts';
import { bgpProcessOf } from '../shared/bgp-model.ts';
import { GLOBAL, getOrMake } from '../shared/drafts.ts';
import { dynamicNeighbours, peerGroup } from './bgp-dynamic.ts';
import { afiSafi } from './bgp-family.ts';
import { chain, empty, every, INSTANCE_LEVEL, type Level } from './bgp-level.ts';
import { adminState, complain, flag } from './common.ts';
import { SYSTEM } from './interfaces.ts';
import { type InstanceNote, notesOf } from './notes.ts';

interface Instance {
  readonly device: DeviceDraft;
  readonly vrf: string;
  readonly note: InstanceNote;
}

function instanceLevel({ device, vrf }: Instance, span: Span): Level {
  const process = bgpProcessOf(device, { value: 0, span }, vrf, span);
  const settings = getOrMake(process.groups, INSTANCE_LEVEL, () => empty(INSTANCE_LEVEL, 'group', span));
  return { device, process, settings };
}

const row = rowsOf<Level>();
const mode = modesOf<Level>();

type LocalAs = NonNullable<BgpNeighbour['localAs']>['value'];
const changeLocalAs = ({ settings }: Level, change: Partial<LocalAs>, span: Span): void => {
  const known = settings.localAs?.value ?? { asn: 0, noPrepend: false, replaceAs: false, dualAs: false };
  settings.localAs = { value: { ...known, ...change }, span };
};

const localAsRows: readonly Entry[] = [
  row('as-number <asn:asn>', {
    doc: 'AS number that the router shows to the neighbour.',
    apply: (level, { asn }, at) => changeLocalAs(level, { asn: asn.value }, at.span),
  }),
  flag<Level>('prepend-local-as', 'The local AS is put into paths that come in.', (level, { value, span }) =>
    changeLocalAs(level, { noPrepend: !value }, span),
  ),
  flag<Level>('prepend-global-as', 'The own AS stands in the path behind the local one.', (level, { value, span }) =>
    changeLocalAs(level, { replaceAs: !value }, span),
  ),
];

const policy = (direction: 'import' | 'export'): Entry =>
  row(`${direction}-policy <names:words>`, {
    doc: direction === 'import' ? 'Policies on routes that are received.' : 'Policies on routes that are sent.',
    refers: { names: 'route-map' },
    apply: (level, { names }) => {
      every(level)[direction === 'import' ? 'policyIn' : 'policyOut'] = chain(names);
    },
  });

const ebgpDefaultPolicy: Entry = mode(
  'ebgp-default-policy',
  { doc: 'Routes of external neighbours about which no policy decides (RFC 8212).', enter: (level) => level },
  (['import', 'export'] as const).map((direction) =>
    flag<Level>(
      `${direction}-reject-all`,
      direction === 'import' ? 'They are refused when received.' : 'They are not sent.',
      ({ device, process, settings }, { value, span }) => {
        if (settings.id !== INSTANCE_LEVEL) {
          complain(device, `${settings.id} / ebgp-default-policy / ${direction}-reject-all ${value}`, span);
          return;
        }
        const setting = { value: value ? ('deny' as const) : ('permit' as const), span };
        process.options[direction === 'import' ? 'missingPolicyIn' : 'missingPolicyOut'] = setting;
      },
    ),
  ),
);

const authentication: Entry = mode('authentication', { doc: 'Who may open the session.', enter: (level) => level }, [
  row('keychain <name:word>', {
    doc: 'Keychain of the session.',
    refers: { name: 'key-chain' },
    apply: ({ device, settings }, { name }) => {
      notesOf(device).keychains.push({
        name,
        give: (key) => {
          settings.password = { value: { text: key.value, storage: storageOf(key.value) }, span: name.span };
        },
      });
    },
  }),
]);

/** `$aes1$...` is encrypted with a key that the same device holds. */
export const storageOf = (text: string): 'plain' | 'reversible' | 'hashed' =>
  text.startsWith('$aes') ? 'reversible' : /^\$(?:y|2[aby]|5|6|ar)\$/.test(text) ? 'hashed' : 'plain';

const removePrivate: Entry = mode(
  'remove-private-as',
  { doc: 'Removes private AS numbers from the path.', enter: (level) => level },
  [
    row('mode <mode:disabled|delete|replace>', {
      doc: 'Whether private AS numbers are removed or replaced by the own one.',
      apply: (level, { mode: wanted }, at) => {
        if (wanted.value === 'disabled') delete every(level).removePrivateAs;
        else every(level).removePrivateAs = { value: wanted.value === 'replace' ? 'replace' : 'all', span: at.span };
      },
    }),
    row('<what:leading-only|ignore-peer-as> <state:true|false>', { doc: 'Known, and not simulated.' }),
  ],
);

const levelRows: readonly Entry[] = [
  row('description <text:rest>', {
    doc: 'A text for people.',
    effect: 'none',
    apply: ({ settings }, { text }) => {
      settings.description = text;
    },
  }),
  row('peer-as <asn:asn>', {
    doc: 'AS number of the neighbour.',
    apply: ({ settings }, { asn }) => {
      settings.remoteAs = asn;
    },
  }),
  mode('local-as', { doc: 'AS number that the router shows to the neighbour.', enter: (level) => level }, localAsRows),
  mode(
    'local-as <asn:asn>',
    {
      doc: 'AS number that the router shows to the neighbour (before release 22).',
      enter: (level, { asn }, at) => {
        changeLocalAs(level, { asn: asn.value }, at.span);
        return level;
      },
    },
    localAsRows,
  ),
  policy('import'),
  policy('export'),
  ...afiSafi,
  authentication,
  flag<Level>(
    'next-hop-self',
    'The router names itself as next hop to internal neighbours.',
    (level, { value, span }) => {
      every(level).nextHopSelf = { value: value ? 'force' : 'off', span };
    },
  ),
  mode('as-path-options', { doc: 'AS numbers in the path.', enter: (level) => level }, [
    row('allow-own-as <count:int>', {
      doc: 'How often the own AS may stand in a path that comes in.',
      apply: (level, { count }) => {
        every(level).allowAsIn = count;
      },
    }),
    flag<Level>('replace-peer-as', 'Replaces the neighbour’s AS number in the path by the own.', (level, value) => {
      every(level).asOverride = value;
    }),
    removePrivate,
  ]),
  mode('route-reflector', { doc: 'The router reflects the routes of these neighbours.', enter: (level) => level }, [
    flag<Level>('client', 'The neighbours are clients.', (level, value) => {
      every(level).routeReflectorClient = value;
    }),
    row('cluster-id <id:ip4>', {
      doc: 'Identifier of the cluster.',
      apply: ({ process, settings }, { id }) => {
        if (settings.id === INSTANCE_LEVEL) process.clusterId = id;
        else settings.clusterId = id;
      },
    }),
    row('cluster-id <number:int>', { doc: 'Identifier of the cluster as a number.' }),
  ]),
  mode('send-community', { doc: 'Communities that are sent; all are unless it says false.', enter: (level) => level }, [
    row('<kind:standard|large> <state:true|false>', {
      doc: 'Whether communities of this kind are sent.',
      apply: (level, { kind, state }, at) => {
        const known = every(level).sendCommunity?.value ?? ['standard', 'extended', 'large'];
        const others = known.filter((one) => one !== kind.value);
        every(level).sendCommunity = {
          value: state.value === 'true' ? [...others, kind.value] : others,
          span: at.span,
        };
      },
    }),
  ]),
  mode('send-default-route', { doc: 'A default route is sent to the neighbours.', enter: (level) => level }, [
    row('<name:ipv4-unicast|ipv6-unicast> <state:true|false>', {
      doc: 'Whether a default route of the family is sent.',
      apply: ({ settings }, { name, state }, at) => {
        const family = getOrMake(settings.families, name.value, (): BgpNeighbourFamily => ({ span: at.span }));
        if (state.value === 'true') family.defaultOriginate = { value: { always: true }, span: at.span };
        else delete family.defaultOriginate;
      },
    }),
    row('export-policy <name:word>', { doc: 'Policy on the default route.', refers: { name: 'route-map' } }),
  ]),
  mode('timers', { doc: 'Timers of the session.', enter: (level) => level }, [
    row('<timer:hold-time|keepalive-interval> <seconds:int>', {
      doc: 'Timer of the session, in seconds.',
      apply: ({ settings }, { timer, seconds }, at) => {
        const known = settings.timers?.value ?? { keepaliveSeconds: 30, holdSeconds: 90 };
        settings.timers = {
          value:
            timer.value === 'hold-time'
              ? {
                  holdSeconds: seconds.value,
                  keepaliveSeconds: settings.timers ? known.keepaliveSeconds : Math.floor(seconds.value / 3),
                }
              : { ...known, keepaliveSeconds: seconds.value },
          span: at.span,
        };
      },
    }),
    row('<timer:connect-retry|minimum-advertisement-interval> <seconds:int>', {
      doc: 'How soon the session is tried again, and routes are sent.',
      effect: 'none',
    }),
  ]),
  mode('transport', { doc: 'The connection of the session.', enter: (level) => level }, [
    row('local-address <address:word>', {
      doc: 'Address or subinterface that the session is opened from.',
      apply: ({ settings }, { address }) => {
        if (parseIp(address.value)) settings.localAddress = address;
        else settings.updateSource = address;
      },
    }),
    flag<Level>('passive-mode', 'Waits for the neighbour to open the session.', ({ settings }, value) => {
      settings.passive = value;
    }),
    row('<what:mtu-discovery|tcp-mss> <value:word>', { doc: 'Size of the connection’s packets.', effect: 'none' }),
    row('<what:ttl-security|tcp-ao> [<rest:rest>]', { doc: 'Known, and not simulated.' }),
  ]),
  mode('multihop', { doc: 'The neighbour may be several hops away.', enter: (level) => level }, [
    adminState<Level>('Whether the neighbour may be several hops away.', ({ settings }, { value, span }) => {
      if (value) settings.ebgpMultihop = { value: 1, span };
      // srl_nokia-bgp, maximum-hops: 255.
      else settings.ebgpMultihop ??= { value: 255, span };
    }),
    row('maximum-hops <hops:int>', {
      doc: 'Hops that the packets may take.',
      apply: ({ settings }, { hops }) => {
        settings.ebgpMultihop = hops;
      },
    }),
  ]),
  mode('ttl-security', { doc: 'Accepts packets of near neighbours alone (RFC 5082).', enter: (level) => level }, [
    row('<what:admin-state|hops> <value:word>', { doc: 'Known, and not simulated.' }),
  ]),
  mode('failure-detection', { doc: 'How a dead neighbour is noticed.', enter: (level) => level }, [
    flag<Level>('enable-bfd', 'The session goes down with its BFD session.', ({ settings }, value) => {
      settings.bfd = value;
    }),
    row('fast-failover <state:true|false>', { doc: 'The session goes down with its interface.', effect: 'none' }),
  ]),
  row('local-preference <value:int>', {
    doc: 'Local preference of routes that come in without one.',
    apply: ({ device, process, settings }, { value }, at) => {
      if (settings.id === INSTANCE_LEVEL) process.options.defaultLocalPreference = value;
      else complain(device, `${settings.id} / local-preference ${value.value}`, at.span);
    },
  }),
  mode('graceful-restart', { doc: 'Keeps routes while the neighbour restarts.', enter: (level) => level }, [
    row(
      '<what:admin-state|stale-routes-time|requested-restart-time|warm-restart|helper-mode|long-lived> [<rest:rest>]',
      {
        doc: 'Does not change routes of a converged network.',
        effect: 'none',
      },
    ),
  ]),
  mode('trace-options', { doc: 'What is logged.', enter: (level) => level }, [
    row('<what:word> [<rest:rest>]', { doc: 'Events that are logged.', effect: 'none' }),
  ]),
  ebgpDefaultPolicy,
  row(
    '<what:preference|route-advertisement|bgp-label|under-maintenance|maintenance-group|error-handling|link-bandwidth> [<rest:rest>]',
    {
      doc: 'Known, and not simulated.',
    },
  ),
];

const shutdown = adminState<Level>('Whether the neighbours are in use.', ({ settings }, disabled) => {
  settings.shutdown = disabled;
});

/** `bgp { ... }` of a network instance. */
export const bgp: Entry = modesOf<Instance>()(
  'bgp',
  { doc: 'Border Gateway Protocol.', enter: (instance, _, at) => instanceLevel(instance, at.span) },
  [
    adminState<Level>('Whether BGP is in use.', ({ process }, disabled) => {
      process.options.shutdown = disabled;
    }),
    row('autonomous-system <asn:asn>', {
      doc: 'AS number of the router.',
      apply: ({ process }, { asn }) => {
        process.asn = asn;
      },
    }),
    row('router-id <id:ip4>', {
      doc: 'Identifier of the speaker.',
      apply: ({ process }, { id }) => {
        process.routerId = id;
      },
    }),
    ...levelRows,
    dynamicNeighbours,
    mode(
      'group <name:word>',
      {
        doc: 'Neighbours with the same settings.',
        defines: { name: 'bgp-group' },
        enter: ({ device, process }, { name }, at): Level => ({
          device,
          process,
          settings: getOrMake(process.groups, name.value, () => ({
            ...empty(name.value, 'group', at.span),
            group: { value: INSTANCE_LEVEL, span: at.span },
          })),
        }),
      },
      [shutdown, ...levelRows],
    ),
    mode(
      'neighbor <address:word>',
      {
        doc: 'A neighbour.',
        defines: { address: 'bgp-neighbour' },
        enter: ({ device, process }, { address }, at): Level => {
          const ip = parseIp(address.value);
          const id = ip?.text ?? address.value;
          const settings = getOrMake(process.neighbours, id, () => empty(id, ip ? 'address' : 'interface', at.span));
          return { device, process, settings };
        },
      },
      [shutdown, peerGroup, ...levelRows],
    ),
    mode('best-path-selection', { doc: 'How the best path is found.', enter: (level) => level }, [
      row('as-path-ignore [<rest:rest>]', { doc: 'Known, and not simulated.' }),
      row('always-compare-med <state:true|false>', {
        doc: 'Compares the MED of neighbours in different ASes.',
        apply: ({ process }, { state }, at) => {
          process.options.alwaysCompareMed = { value: state.value === 'true', span: at.span };
        },
      }),
      row('<what:ebgp-ibgp-equal|compare-origin-validation-state|med|ignore-nh-metric> [<rest:rest>]', {
        doc: 'Known, and not simulated.',
      }),
    ]),
    mode('convergence', { doc: 'When routes are first advertised.', enter: (level) => level }, [
      row('<what:min-wait-to-advertise|max-wait-to-advertise> [<rest:rest>]', {
        doc: 'Does not change routes of a converged network.',
        effect: 'none',
      }),
    ]),
  ],
);

/** What follows from the whole configuration: groups, router ids, keys. */
export function finishBgp(device: DeviceDraft): void {
  const notes = notesOf(device);
  for (const { name, give } of notes.keychains) {
    const key = notes.keys.get(name.value);
    if (key) give(key);
    else complain(device, `authentication / keychain ${name.value}: no key of it is in the configuration`, name.span);
  }
  const system = device.interfaces.get(SYSTEM)?.addresses.find(({ family }) => family === 'ipv4');
  const global = device.bgp.find((process) => process.vrf === GLOBAL);
  for (const process of device.bgp) {
    if (process.asn.value === 0 && global) process.asn = global.asn;
    const own = process.vrf === GLOBAL ? device.routerId : notes.instances.get(process.vrf)?.routerId;
    const routerId = own ?? (system && { value: system.address, span: system.span });
    if (!process.routerId && routerId) process.routerId = routerId;
    if (notes.instances.get(process.vrf)?.disabled?.value) {
      process.options.shutdown = notes.instances.get(process.vrf)?.disabled as Located<boolean>;
    }
    for (const neighbour of process.neighbours.values())
      neighbour.group ??= { value: INSTANCE_LEVEL, span: neighbour.span };
  }
}
