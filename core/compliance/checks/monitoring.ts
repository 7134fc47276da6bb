import { absent, cite, fail, notApplicable, overAll, pass, untested } from '../subject.ts';
import type { Check, Topic } from './check.ts';

const distinct = <T extends { readonly address: string }>(servers: readonly T[]): readonly T[] =>
  servers.filter(({ address }, at) => servers.findIndex((other) => other.address === address) === at);

const timeServers =
  (least: number): Check =>
  (subject) => {
    const servers = distinct(subject.device.management.ntpServers);
    const citations = servers.map(({ address, span }) => cite(subject, span, `time server ${address}`));
    return servers.length >= least
      ? pass(...citations)
      : fail(...citations, absent(subject, `${servers.length} time server(s) instead of at least ${least}`));
  };

/** The system asks for a proof, and every server has a key that is known and trusted. */
const timeAuthenticated =
  (strength: 'any' | 'approved'): Check =>
  (subject) => {
    const { ntpServers, ntpAuthenticate, ntpKeys, ntpTrustedKeys } = subject.device.management;
    if (ntpServers.length === 0) return fail(absent(subject, 'no time server is configured'));
    if (subject.config.dialect !== 'junos' && !ntpAuthenticate?.value)
      return fail(
        ntpAuthenticate
          ? cite(subject, ntpAuthenticate.span, 'time servers need not prove themselves')
          : absent(subject, 'no line makes time servers prove themselves'),
      );
    return overAll(subject, distinct(ntpServers), '', ({ address, key, span }) => {
      if (key === undefined) return fail(cite(subject, span, `the time server ${address} has no key`));
      const known = ntpKeys.find(({ id }) => id === key);
      if (!known) return fail(cite(subject, span, `key ${key} of the time server ${address} is not defined`));
      if (!ntpTrustedKeys.some(({ value }) => value === key))
        return fail(cite(subject, known.span, `key ${key} of the time server ${address} is not trusted`));
      if (strength === 'approved' && /md5/i.test(known.algorithm))
        return fail(cite(subject, known.span, `key ${key} of the time server ${address} is of ${known.algorithm}`));
      return pass(
        cite(subject, span, `the time server ${address} proves key ${key}`),
        cite(subject, known.span, `key ${key} is of ${known.algorithm}`),
      );
    });
  };

const logServers =
  (least: number): Check =>
  (subject) => {
    const servers = distinct(subject.device.management.loggingHosts);
    const citations = servers.map(({ address, span }) => cite(subject, span, `log server ${address}`));
    return servers.length >= least
      ? pass(...citations)
      : fail(...citations, absent(subject, `${servers.length} log server(s) instead of at least ${least}`));
  };

const logStorage: Check = (subject) => {
  const { loggingBufferBytes, settings } = subject.device.management;
  const file = settings.get('logging-file');
  if (loggingBufferBytes)
    return pass(
      cite(subject, loggingBufferBytes.span, `the device keeps messages in a buffer of ${loggingBufferBytes.value}`),
    );
  return file
    ? pass(cite(subject, file.span, `the device keeps messages in a file (${file.value})`))
    : fail(absent(subject, 'no line says how many messages the device keeps'));
};

const SEVERITIES = [
  'emergencies',
  'alerts',
  'critical',
  'errors',
  'warnings',
  'notifications',
  'informational',
  'debugging',
];
const rank = (level: string): number =>
  /^\d$/.test(level)
    ? Number(level)
    : SEVERITIES.findIndex((name) => name.startsWith(level.replace(/y$/, 'i').slice(0, 4).toLowerCase()));

/** Critical messages, or more, are sent to the log servers. */
const alerts: Check = (subject) => {
  const { loggingHosts, settings } = subject.device.management;
  const [server] = loggingHosts;
  if (!server) return fail(absent(subject, 'no log server is configured, so that nobody is alerted'));
  const own = settings.get('logging-level');
  if (own?.value === 'off') return fail(cite(subject, own.span, 'no messages are sent to log servers'));
  if (own)
    return (rank(own.value) >= 2 ? pass : fail)(
      cite(subject, own.span, `messages from severity ${own.value} on are sent`),
    );
  const level = subject.system.loggingLevel;
  return level === undefined
    ? untested(cite(subject, server.span, 'from which severity on messages are sent is not known here'))
    : pass(cite(subject, server.span, `messages from severity ${level} on are sent by default`));
};

const snmpUsers =
  (what: 'auth' | 'priv', right: (value: string) => boolean, text: string): Check =>
  (subject) => {
    const { snmpUsers: users, snmpCommunities: communities } = subject.device.management;
    if (communities.length > 0)
      return fail(
        ...communities.map(({ span }) =>
          cite(
            subject,
            span,
            'a community is a password in clear: its messages are neither authenticated nor encrypted',
          ),
        ),
      );
    return overAll(subject, users, 'SNMP is not configured.', ({ name, span, ...user }) => {
      const value = user[what];
      if (value === undefined) return fail(cite(subject, span, `the SNMP user ${name} has no ${text}`));
      return (right(value) ? pass : fail)(cite(subject, span, `the SNMP user ${name} has ${value} for ${text}`));
    });
  };

const APPROVED_CIPHERS = /^aes(128|192|256)-(ctr|gcm|cbc)|@openssh\.com$/;
const APPROVED_MACS = /^hmac-sha2-(256|512)(-etm@openssh\.com)?$/;

const offered =
  (setting: 'ssh-ciphers' | 'ssh-macs', what: string, right: RegExp): Check =>
  (subject) => {
    const { settings } = subject.device.management;
    const version = settings.get('ssh-version');
    if (version && !version.value.startsWith('2'))
      return fail(cite(subject, version.span, `secure shell has version ${version.value}`));
    const own = settings.get(setting);
    if (!own) {
      const closed = subject.device.management.services.get('ssh');
      if (closed && !closed.value) return notApplicable(subject, 'Secure shell is off.');
      return fail(absent(subject, `no line says which ${what} secure shell offers`));
    }
    const bad = own.value.split(' ').filter((name) => !right.test(name));
    return bad.length > 0
      ? fail(cite(subject, own.span, `secure shell offers ${bad.join(', ')}`))
      : pass(cite(subject, own.span, `secure shell offers only ${own.value}`));
  };

export const monitoringTopics = {
  'time-servers': { title: 'At least two time servers', check: timeServers(2) },
  'time-authenticated': { title: 'Time servers prove themselves', check: timeAuthenticated('any') },
  'time-authenticated-approved': {
    title: 'Time servers prove themselves by an approved algorithm',
    check: timeAuthenticated('approved'),
  },
  'log-servers': { title: 'At least two log servers', check: logServers(2) },
  'log-server': { title: 'Messages are sent to a log server', check: logServers(1) },
  'log-storage': { title: 'The device keeps messages', check: logStorage },
  'log-alerts': { title: 'Failures are reported to log servers', check: alerts },
  'snmp-authenticated': {
    title: 'SNMP messages are authenticated by an approved keyed hash',
    check: snmpUsers('auth', (value) => /^sha/.test(value), 'authentication'),
  },
  'snmp-encrypted': {
    title: 'SNMP messages are encrypted by an approved algorithm',
    check: snmpUsers('priv', (value) => /^aes/.test(value), 'encryption'),
  },
  'ssh-macs': {
    title: 'Secure shell offers approved checksums alone',
    check: offered('ssh-macs', 'checksums', APPROVED_MACS),
  },
  'ssh-ciphers': {
    title: 'Secure shell offers approved ciphers alone',
    check: offered('ssh-ciphers', 'ciphers', APPROVED_CIPHERS),
  },
} satisfies Record<string, Topic>;
