import type { Located, Span } from '../span.ts';

/*
 * Settings that change no route and that a security benchmark asks for. Absent means that no line says so; what holds
 * then is the system's default, which whoever asks must know (core/compliance/systems.ts).
 */

/** What an interface does, or not, beside forwarding. */
export type InterfaceService =
  | 'redirects'
  | 'unreachables'
  | 'mask-reply'
  | 'directed-broadcast'
  | 'gratuitous-arp'
  | 'cdp'
  | 'lldp-transmit'
  | 'lldp-receive';

/** Settings of the whole device that have a value, as it is written; lists have blanks between their members. */
export type HardeningSetting =
  | 'ssh-version'
  | 'ssh-ciphers'
  | 'ssh-macs'
  | 'session-limit'
  | 'login-attempts'
  | 'login-idle-minutes'
  | 'password-minimum-length'
  | 'password-uppercase'
  | 'password-lowercase'
  | 'password-digits'
  | 'password-special'
  | 'logging-level'
  | 'logging-file'
  | 'control-plane-policy'
  | 'ip-options'
  | 'ipv6-hop-limit'
  | 'ldp-router-id'
  | 'auxiliary-port';

export interface NtpKey {
  readonly id: string;
  /** As written: md5, sha1, hmac-sha2-256, cmac-aes-128 ... */
  readonly algorithm: string;
  readonly span: Span;
}

export interface KeyOfChain {
  readonly id: string;
  readonly span: Span;
  algorithm?: Located<string>;
  /** As written: `00:00:00 Jan 1 2026 duration 15552000`, `... infinite`. */
  sendLifetime?: Located<string>;
  acceptLifetime?: Located<string>;
}

export interface KeyChain {
  readonly name: string;
  readonly span: Span;
  readonly keys: KeyOfChain[];
}

/** How the packets of a routing protocol prove where they come from: by the keys of a chain, or by one key. */
export interface ProtocolAuthentication {
  /** As written: md5, hmac-sha-256 ...; absent where the keys of the chain say it. */
  algorithm?: Located<string>;
  keyChain?: Located<string>;
}
