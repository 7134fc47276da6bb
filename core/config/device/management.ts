import type { Located, Span } from '../span.ts';
import type { HardeningSetting, NtpKey } from './hardening.ts';
import type { Secret } from './interface.ts';

/** A terminal line (`line vty 0 4`, `line console`), or the management service of a system without lines. */
export interface TerminalLine {
  readonly name: string;
  span: Span;
  accessClassIn?: Located<string>;
  accessClassOut?: Located<string>;
  transportInput?: Located<readonly string[]>;
  execTimeoutSeconds?: Located<number>;
  /** False: no commands can be typed there (`no exec`). */
  exec?: Located<boolean>;
  sessionLimit?: Located<number>;
  loginAuthentication?: Located<string>;
  password?: Located<Secret>;
}

export interface SnmpCommunity {
  readonly name: string;
  readonly access: 'ro' | 'rw';
  readonly accessList?: Located<string>;
  readonly span: Span;
}

export interface User {
  readonly name: string;
  readonly privilege?: number;
  readonly secret?: Secret;
  readonly span: Span;
}

/** Every place where a secret is stored, so that a rule about secrets has one list to read. */
export interface SecretUse {
  readonly what: string;
  readonly secret: Secret;
  readonly span: Span;
}

export interface Management {
  lines: TerminalLine[];
  snmpCommunities: SnmpCommunity[];
  snmpUsers: { readonly name: string; readonly auth?: string; readonly priv?: string; readonly span: Span }[];
  users: User[];
  enableSecret?: Located<Secret>;
  secrets: SecretUse[];
  aaaNewModel?: Located<boolean>;
  aaaServers: { readonly kind: 'radius' | 'tacacs'; readonly address: string; readonly span: Span }[];
  /** Lines that say who a user is and what a user may do, as written. */
  aaaLines: Located<string>[];
  ntpServers: { readonly address: string; readonly key?: string; readonly span: Span }[];
  ntpAuthenticate?: Located<boolean>;
  ntpKeys: NtpKey[];
  /** Keys that are accepted from a server. */
  ntpTrustedKeys: Located<string>[];
  loggingHosts: { readonly address: string; readonly span: Span }[];
  loggingBufferBytes?: Located<number>;
  banners: { readonly kind: string; readonly text: string; readonly span: Span }[];
  /** Services switched on or off by name: http, https, telnet, ssh, finger, pad, small-servers, password-encryption, lldp, cdp, proxy-arp ... */
  services: Map<string, Located<boolean>>;
  /** Settings with a value, by name. */
  settings: Map<HardeningSetting, Located<string>>;
  nameServers: Located<string>[];
  domainName?: Located<string>;
}
