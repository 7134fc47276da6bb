/*
 * Lines that protect a device, or decide how its switches block, and whose effect no route or session shows. The table
 * names them by the words with which they begin, modes first; what merely describes or reports is left out by the
 * second column. Words are those of the systems' command references.
 */
import type { Statement } from '../config/tree.ts';
import type { ParsedConfig } from '../network/snapshot.ts';

interface Row {
  readonly title: string;
  /** Matched against the whole line with the modes in front, without `no`, in lower case: `line vty 0 4 / transport input ssh`. */
  readonly lines: RegExp;
  readonly except?: RegExp;
}

const TABLE: readonly Row[] = [
  {
    title: 'authentication and accounts',
    lines:
      /^(?:configure (?:\/ )?system security|system \/ (?:aaa|login|authentication-order|tacplus-server|radius-server|root-authentication|accounting)|(?:aaa|tacacs|tacacs-server|radius|radius-server|login|username|user|enable|security|key|crypto|ip tacacs|ip radius)\b)/,
    except: /\/ (?:description|timeout|announcement|message)\b/,
  },
  {
    title: 'protection of passwords',
    lines: /^(?:service password-encryption|password |management security|password-policy|feature password)/,
  },
  {
    title: 'services that listen',
    lines:
      /^(?:service (?:dhcp|finger|pad|config|tcp-small-servers|udp-small-servers|call-home|internal)\b|ip (?:http|ssh|scp|tftp|ftp|bootp|finger|identd)\b|ipv6 http\b|management (?:api|ssh|telnet|http)|ssh |telnet |http |feature (?:ssh|telnet|nxapi|scp-server|sftp-server|http-server)|system \/ (?:services|ssh-server|grpc-server|gnmi-server|json-rpc-server|netconf-server|ftp-server)|netconf|restconf|line |xml agent|grpc\b|gnmi\b)/,
    except:
      /\/ (?:logging|stopbits|speed|length|width|history|databits|parity|flowcontrol)\b|^ip (?:ssh|ftp|tftp) (?:source-interface|time-out)/,
  },
  {
    title: 'SNMP',
    lines: /^(?:snmp-server|snmp)\b/,
    except:
      /^(?:snmp-server|snmp)(?: \/)? (?:location|contact|chassis-id|trap-source|source-interface|enable traps|engineid|description|name|notification)\b/,
  },
  {
    title: 'protection of the control plane',
    lines:
      /^(?:control-plane|class-map|policy-map|copp\b|system control-plane|hardware access-list|qos\b|mls rate-limit)|\/ service-policy\b|^service-policy\b/,
    except: /\/ description\b/,
  },
  {
    title: 'source routing, redirects and packets to the device',
    lines:
      /^(?:ip|ipv6) (?:source-route|options|icmp|arp inspection|dhcp snooping|verify)\b|\/ (?:ip|ipv6) (?:redirects|unreachables|proxy-arp|mask-reply|directed-broadcast|verify|dhcp snooping|arp inspection|source guard|nd raguard)\b|\/ (?:no-redirects|rpf-check|urpf)\b|\/ ipv[46] (?:unreachables|redirects|verify)\b/,
  },
  {
    title: 'safety nets of BGP',
    lines: /^router bgp \d+ \/ bgp (?:missing-policy|ebgp-requires-policy|enforce-first-as|maxas-limit)\b/,
  },
  {
    title: 'loops and ports of switches',
    lines:
      /^(?:spanning-tree|rstp|mstp|protocols \/ (?:rstp|mstp|vstp)|errdisable|loop-protection|udld|vtp)\b|\/ (?:spanning-tree|storm-control|switchport port-security|dot1x|authentication|mab|bpduguard|udld)\b/,
    except: /\/ (?:name|description)\b/,
  },
  {
    title: 'the image and the configuration that are loaded',
    lines: /^(?:boot\b|config-register|software|auto-image|event-handler|event manager|event-options|daemon )/,
  },
];

const NEGATION = /^(?:no|undo|default|delete) /;

/** What the lines of a configuration protect: `title: line`, modes in front, each as often as it stands. */
function protectiveLines(config: ParsedConfig): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const walk = (statements: readonly Statement[], modes: string): void => {
    for (const statement of statements) {
      const line = `${modes}${statement.words.map(({ text }) => text).join(' ')}`;
      const bare = line
        .toLowerCase()
        .replace(NEGATION, '')
        .replace(/\/ (?:no|undo|default|delete) /, '/ ');
      const row = TABLE.find(({ lines, except }) => lines.test(bare) && !except?.test(bare));
      if (row) found.set(`${row.title}\n${line}`, (found.get(`${row.title}\n${line}`) ?? 0) + 1);
      walk(statement.children, `${line} / `);
    }
  };
  walk(config.tree.statements, '');
  return found;
}

/** Kinds of protection of which lines come or go, sorted. Secrets never leave the lines: only the kinds are told. */
export function protectionChanges(before: ParsedConfig, after: ParsedConfig): readonly string[] {
  if (before.text === after.text) return [];
  const [old, now] = [protectiveLines(before), protectiveLines(after)];
  const changed = [...new Set([...old.keys(), ...now.keys()])].filter((line) => old.get(line) !== now.get(line));
  return [...new Set(changed.map((line) => line.split('\n')[0] ?? ''))].sort();
}
