/*
 * Lines that protect a device, or carry frames and tunnels, and whose effect no route or session shows. The table
 * names them by the words with which they begin, modes first; what merely describes or reports is left out by the
 * second column. Words are those of the systems' command references.
 */
import type { Statement } from '../config/tree.ts';
import type { ParsedConfig } from '../network/snapshot.ts';

interface Row {
  readonly title: string;
  /**
   * Matched against the words of a line with those of its modes in front, in lower case, without `no` and `set`:
   * `line vty 0 4 transport input ssh`, `system services ssh root-login deny`.
   */
  readonly lines: RegExp;
  readonly except?: RegExp;
  /** Only what goes or is rewritten counts: what a new line adds, the routes of the twin show. */
  readonly gone?: true;
}

const TABLE: readonly Row[] = [
  {
    title: 'authentication and accounts',
    lines:
      /^(?:configure system security|system (?:aaa|login|authentication-order|tacplus-server|radius-server|root-authentication|accounting)|(?:aaa|tacacs|tacacs-server|radius|radius-server|login|username|user|enable|security|key|crypto|ip tacacs|ip radius)\b)/,
    except: / (?:description|timeout|announcement|message)\b/,
  },
  {
    title: 'protection of passwords',
    lines: /^(?:service password-encryption|password |management security|password-policy|feature password)/,
  },
  {
    title: 'services that listen',
    lines:
      /^(?:service (?:dhcp|finger|pad|config|tcp-small-servers|udp-small-servers|call-home|internal)\b|ip (?:http|ssh|scp|tftp|ftp|bootp|finger|identd)\b|ipv6 http\b|management (?:api|ssh|telnet|http)|ssh |telnet |http |feature (?:ssh|telnet|nxapi|scp-server|sftp-server|http-server)|system (?:services|ssh-server|grpc-server|gnmi-server|json-rpc-server|netconf-server|ftp-server)|netconf|restconf|line |xml agent|grpc\b|gnmi\b)/,
    except:
      /^line .* (?:logging|stopbits|speed|length|width|history|databits|parity|flowcontrol)\b|^ip (?:ssh|ftp|tftp) (?:source-interface|time-out)/,
  },
  {
    title: 'SNMP',
    lines: /^(?:system )?(?:snmp-server|snmp)\b/,
    except:
      /^(?:system )?(?:snmp-server|snmp) (?:location|contact|chassis-id|trap-source|source-interface|enable traps|engineid|description|name|notification)\b/,
  },
  {
    title: 'protection of the control plane',
    lines:
      /^(?:control-plane|class-map|policy-map|copp\b|acl (?:cpm-filter|capture-filter)|system control-plane|hardware access-list|qos\b|mls rate-limit)|\bservice-policy\b/,
    except: / description\b/,
  },
  {
    title: 'source routing, redirects and packets to the device',
    lines:
      /^(?:ip|ipv6) (?:source-route|options|icmp|arp inspection|dhcp snooping|verify)\b|^interface .* (?:ip|ipv[46]) (?:redirects|unreachables|proxy-arp|mask-reply|directed-broadcast|verify|dhcp snooping|arp inspection|source guard|nd raguard)\b|^interfaces? .* (?:no-redirects|rpf-check|urpf)\b/,
  },
  {
    title: 'safety nets of BGP',
    lines: /^router bgp \d+ bgp (?:missing-policy|ebgp-requires-policy|enforce-first-as|maxas-limit)\b/,
  },
  {
    title: 'loops and ports of switches',
    lines:
      /^(?:spanning-tree|rstp|mstp|protocols (?:rstp|mstp|vstp)|errdisable|loop-protection|udld|vtp)\b|^interface .* (?:spanning-tree|storm-control|switchport port-security|dot1x|authentication|mab|bpduguard|udld)\b/,
    except: / (?:name|description)\b/,
  },
  {
    title: 'tags and members of links',
    gone: true,
    lines:
      /^interfaces? .* (?:encapsulation|vlan-tagging|flexible-vlan-tagging|vlan-id|vlan encap|channel-group|lacp|lag|802\.3ad|subinterface \S+ type|bridge-port)\b/,
    except: / description\b/,
  },
  {
    title: 'tunnels of the overlay',
    gone: true,
    lines:
      /(?:^| )(?:evpn|bgp-evpn|bgp-vpn|vxlan|vxlan-interface|tunnel-interface|nve\d*|vni|evi|anycast-gw|anycast-gateway)(?: |$)/,
    except: / description\b/,
  },
  {
    title: 'the image and the configuration that are loaded',
    lines: /^(?:boot\b|config-register|software|auto-image|event-handler|event manager|event-options|daemon )/,
  },
];

/** Words in front of a line that say how it is entered, and those of braces. */
const AROUND: ReadonlySet<string> = new Set(['no', 'undo', 'default', 'delete', 'set', '/', '{']);

/** The lines of the table in a configuration: title, line feed, and the line with its modes, each as often as it stands. */
function protectiveLines(config: ParsedConfig): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const walk = (statements: readonly Statement[], modes: string): void => {
    for (const { words, children } of statements) {
      const own = words.map(({ text }) => text);
      const from = own.findIndex((word) => !AROUND.has(word));
      const bare = `${modes}${own.slice(Math.max(from, 0)).join(' ')}`;
      const lower = bare.toLowerCase();
      const row = TABLE.find(({ lines, except }) => lines.test(lower) && !except?.test(lower));
      const line = `${row?.title}\n${modes}${own.join(' ')}`;
      if (row) found.set(line, (found.get(line) ?? 0) + 1);
      walk(children, `${bare} `);
    }
  };
  walk(config.tree.statements, '');
  return found;
}

/** Kinds of lines of which some come or go, sorted. Secrets never leave the lines: only the kinds are told. */
export function protectionChanges(before: ParsedConfig, after: ParsedConfig): readonly string[] {
  if (before.text === after.text) return [];
  const [old, now] = [protectiveLines(before), protectiveLines(after)];
  const gone = new Set(TABLE.flatMap((row) => (row.gone ? [row.title] : [])));
  const titles = [...new Set([...old.keys(), ...now.keys()])].flatMap((line) => {
    const [had, has] = [old.get(line) ?? 0, now.get(line) ?? 0];
    const title = line.split('\n')[0] ?? '';
    return had > has || (had < has && !gone.has(title)) ? [title] : [];
  });
  return [...new Set(titles)].sort();
}
