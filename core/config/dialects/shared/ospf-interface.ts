import { type Entry, rowsOf } from '../../command-table.ts';
import type { Interface, OspfInterface } from '../../device/interface.ts';
import { areaId } from './drafts.ts';
import { routingKey } from './secrets.ts';

const row = rowsOf<Interface>();

/** How a system begins its OSPF lines on interfaces. */
type Start = 'ip ospf' | 'ipv6 ospf' | 'ipv6 ospf6' | 'ospfv3' | 'ospfv3 <family:ipv4|ipv6>';

/** The OSPF lines of an interface: version 2 under `ip ospf`, version 3 under the others. */
export function ospfInterfaceRows(start: Start): readonly Entry[] {
  const slot = start === 'ip ospf' ? 'ospf' : 'ospfv3';
  const of = (iface: Interface): OspfInterface => {
    iface[slot] ??= {};
    return iface[slot];
  };
  const p = <const P extends string>(pattern: P): P => `${start} ${pattern}` as P;
  return [
    row(p('area <area:word> [<address:ip4>]'), {
      doc: 'Runs OSPF on the interface, in this area.',
      apply: (iface, { area }) => {
        of(iface).area = { value: areaId(area.value), span: area.span };
      },
      undo: (iface) => {
        delete of(iface).area;
        delete of(iface).process;
      },
    }),
    row(p('<process:int> area <area:word> [<options:words>]'), {
      doc: 'Runs an OSPF process on the interface, in this area.',
      refers: { process: 'ospf-process' },
      apply: (iface, { process, area }) => {
        of(iface).process = String(process.value);
        of(iface).area = { value: areaId(area.value), span: area.span };
      },
      undo: (iface) => {
        delete of(iface).area;
        delete of(iface).process;
      },
    }),
    row(p('cost <cost:int>'), {
      doc: 'Cost of the interface, in place of the one made from its bandwidth.',
      apply: (iface, { cost }) => {
        of(iface).cost = cost;
      },
      undo: (iface) => {
        delete of(iface).cost;
      },
    }),
    row(p('network <type:broadcast|point-to-point|point-to-multipoint|non-broadcast> [<option:words>]'), {
      doc: 'Network type: whether a designated router is elected, and how neighbours are found.',
      apply: (iface, { type }) => {
        of(iface).networkType = type;
      },
      undo: (iface) => {
        delete of(iface).networkType;
      },
    }),
    row(p('priority <priority:int>'), {
      doc: 'Priority in the election of the designated router; 0 never wins.',
      apply: (iface, { priority }) => {
        of(iface).priority = priority;
      },
      undo: (iface) => {
        delete of(iface).priority;
      },
    }),
    row(p('hello-interval <seconds:int>'), {
      doc: 'Seconds between hellos; neighbours must agree.',
      apply: (iface, { seconds }) => {
        of(iface).helloSeconds = seconds;
      },
      undo: (iface) => {
        delete of(iface).helloSeconds;
      },
    }),
    row(p('dead-interval <seconds:int>'), {
      doc: 'Seconds of silence after which a neighbour is lost; neighbours must agree.',
      apply: (iface, { seconds }) => {
        of(iface).deadSeconds = seconds;
      },
      undo: (iface) => {
        delete of(iface).deadSeconds;
      },
    }),
    row(p('dead-interval minimal hello-multiplier <count:int>'), {
      doc: 'Dead interval of one second, with so many hellos in it.',
      apply: (iface, _, at) => {
        of(iface).deadSeconds = { value: 1, span: at.span };
      },
    }),
    row(p('passive'), {
      doc: 'No adjacency on the interface; its subnet is still announced.',
      apply: (iface, _, at) => {
        of(iface).passive = { value: true, span: at.span };
      },
      undo: (iface, _, at) => {
        of(iface).passive = { value: false, span: at.span };
      },
    }),
    row(p('mtu-ignore'), {
      doc: 'Accepts a neighbour whose MTU differs.',
      apply: (iface, _, at) => {
        of(iface).mtuIgnore = { value: true, span: at.span };
      },
      undo: (iface) => {
        delete of(iface).mtuIgnore;
      },
    }),
    row(p('authentication [<kind:message-digest|null|ipsec>] [<options:words>]'), {
      doc: 'Authentication of OSPF packets; neighbours must agree.',
      apply: (iface, { kind }, at) => {
        const value = kind === undefined ? 'simple' : kind.value === 'null' ? 'none' : 'message-digest';
        of(iface).authentication = { value, span: at.span };
      },
      undo: (iface) => {
        delete of(iface).authentication;
      },
    }),
    row(p('authentication key-chain <chain:word>'), {
      doc: 'Authentication of OSPF packets with the keys of a key chain.',
      refers: { chain: 'key-chain' },
      apply: (iface, { chain }, at) => {
        of(iface).authentication = { value: 'key-chain', span: at.span };
        of(iface).authenticatedBy = { keyChain: chain };
      },
      undo: (iface) => {
        delete of(iface).authentication;
      },
    }),
    row(p('authentication-key [<type:0|7|8a>] <key:word>'), {
      doc: 'Password of OSPF packets; neighbours must have the same.',
      apply: (iface, { type, key }, at) => {
        of(iface).authenticationKey = { value: routingKey(key.value, type?.value), span: at.span };
      },
      undo: (iface) => {
        delete of(iface).authenticationKey;
      },
    }),
    row(p('message-digest-key <id:int> <hash:md5|sha1|sha256|sha384|sha512> [<type:0|7|8a>] <key:word>'), {
      doc: 'Key of OSPF packets; neighbours must have the same.',
      apply: (iface, { hash, type, key }, at) => {
        of(iface).authenticatedBy = { algorithm: hash };
        of(iface).authenticationKey = { value: routingKey(key.value, type?.value), span: at.span };
      },
      undo: (iface) => {
        delete of(iface).authenticationKey;
      },
    }),
    row(p('bfd [<options:words>]'), { doc: 'Bidirectional forwarding detection of OSPF neighbours.' }),
    row(p('neighbor bfd'), { doc: 'Bidirectional forwarding detection of OSPF neighbours.' }),
    row(p('<what:shutdown|disable|disabled>'), {
      doc: 'Switches OSPF off on the interface.',
      apply: (iface, _, at) => {
        of(iface).disabled = { value: true, span: at.span };
      },
      undo: (iface) => {
        delete of(iface).disabled;
      },
    }),
    row(p('prefix-suppression [<disable:disable>]'), {
      doc: 'Does not announce the network of the link (RFC 6860).',
      apply: (iface, { disable }, at) => {
        of(iface).prefixSuppression = { value: disable === undefined, span: at.span };
      },
      undo: (iface) => {
        delete of(iface).prefixSuppression;
      },
    }),
    row(p('<what:retransmit-interval|transmit-delay|resync-timeout> <seconds:int>'), {
      doc: 'Timers of OSPF on the interface.',
      effect: 'none',
    }),
    row(p('<what:database-filter|demand-circuit|flood-reduction|ttl-security|lls|multi-area> [<options:words>]'), {
      doc: 'Further settings of OSPF on the interface.',
    }),
  ] as readonly Entry[];
}
