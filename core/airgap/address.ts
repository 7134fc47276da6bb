/**
 * The one place that decides which address this software may call. The air gap is on unless the site's signed policy
 * names more: loopback literals, `localhost` (which is never looked up) and unix sockets pass, and nothing else does.
 * A caller connects to the destination that it is given here, not to the text that it asked with, so that what was
 * decided and what is called cannot differ. Redirects are addresses too: who follows one asks again.
 */
import { literalBytes, parsePrefix, prefixHolds } from './literal.ts';

export interface AirGap {
  /**
   * Further literal addresses and prefixes inside the perimeter, from a policy whose signature was verified. Never from
   * the environment or from a workspace's settings. A name is not accepted: resolving it would already be a call.
   */
  readonly perimeter: readonly string[];
}

/** The default: nothing but this machine. */
export const CLOSED: AirGap = { perimeter: [] };

export type Destination =
  | {
      readonly kind: 'tcp';
      /** A literal address, never a name. */
      readonly host: string;
      readonly port: number;
      readonly tls: boolean;
      /** The name to send in a Host header or to check a certificate against. */
      readonly name: string;
      /** User named by an address of `ssh:`; null where there is none. */
      readonly user: string | null;
      /** Path and query of the request; `/` when there is none. */
      readonly path: string;
    }
  | { readonly kind: 'unix'; readonly socket: string; readonly path: string };

export type AddressDecision =
  | { readonly allowed: true; readonly destination: Destination }
  /** `reason` is a sentence for people. */
  | { readonly allowed: false; readonly reason: string };

interface Scheme {
  readonly port: number;
  readonly tls: boolean;
  readonly user: boolean;
}

const SCHEMES: Readonly<Record<string, Scheme>> = {
  http: { port: 80, tls: false, user: false },
  https: { port: 443, tls: true, user: false },
  ssh: { port: 22, tls: false, user: true },
};

const LOOPBACK = ['127.0.0.0/8', '::1/128'].map((text) => parsePrefix(text)).filter((prefix) => prefix !== null);

const refuse = (reason: string): AddressDecision => ({ allowed: false, reason });

/** `unix:/run/tsa.sock`, or with a request's path after a second colon: `unix:/run/model.sock:/v1/chat`. */
function decideUnix(text: string): AddressDecision {
  const match = /^unix:(?:\/\/)?(\/[^:?#]+)(?::(\/[^#]*))?$/.exec(text);
  const [, socket = '', path = '/'] = match ?? [];
  if (!match || /[\p{Cc}\s]/u.test(text))
    return refuse(`${shown(text)} is not the address of a unix socket (unix:/absolute/path).`);
  return { allowed: true, destination: { kind: 'unix', socket, path } };
}

/**
 * Decides about an address: `http://127.0.0.1:8080/tsa`, `https://localhost:8443`, `ssh://admin@127.0.0.1:2222`,
 * `unix:/run/tsa.sock`. Resolves no name and opens nothing.
 */
export function decideAddress(address: string, { perimeter }: AirGap = CLOSED): AddressDecision {
  if (address.startsWith('unix:')) return decideUnix(address);
  const match =
    /^([a-z]+):\/\/(?:([^@/?#]*)@)?(\[[0-9A-Fa-f:]+\]|[A-Za-z0-9._-]+)(?::(\d{1,5}))?((?:\/[^\s#\\]*)?(?:\?[^\s#\\]*)?)$/.exec(
      address,
    );
  if (!match || /\p{Cc}/u.test(address)) return refuse(`${shown(address)} is not an address that can be called.`);
  const [, schemeName = '', user, hostText = '', portText, path = ''] = match;
  const scheme = SCHEMES[schemeName];
  if (!scheme) return refuse(`Addresses of the kind ${shown(schemeName)} are not called.`);
  if (user !== undefined && (!scheme.user || !/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}$/.test(user))) {
    return refuse('An address may not hold a user or a password, but for a plain user name with ssh.');
  }
  const port = portText === undefined ? scheme.port : Number(portText);
  if (port < 1 || port > 65_535) return refuse(`${portText} is not a port.`);
  const name = hostText.replace(/^\[|\]$/g, '');
  // RFC 6761 section 6.3 lets a resolver answer for localhost; we do not even ask it.
  const host = name.toLowerCase() === 'localhost' ? '127.0.0.1' : name;
  const bytes = literalBytes(host);
  if (!bytes) {
    return refuse(`${shown(name)} is a name, and no name is looked up inside the air gap. Give a literal address.`);
  }
  if (!LOOPBACK.some((prefix) => prefixHolds(prefix, bytes)) && !insidePerimeter(perimeter, bytes)) {
    return refuse(
      `${host} is not on this machine, and the air gap is on. A signed policy can name addresses inside the perimeter.`,
    );
  }
  const target = path === '' ? '/' : path.startsWith('?') ? `/${path}` : path;
  return {
    allowed: true,
    destination: { kind: 'tcp', host, port, tls: scheme.tls, name, user: user ?? null, path: target },
  };
}

/** A perimeter that cannot be read allows nothing. */
const insidePerimeter = (perimeter: readonly string[], address: Uint8Array): boolean =>
  perimeter.some((text) => {
    const prefix = parsePrefix(text);
    return prefix !== null && prefixHolds(prefix, address);
  });

/** Text from outside, harmless in a sentence. */
const shown = (text: string): string => JSON.stringify(text.slice(0, 200));
