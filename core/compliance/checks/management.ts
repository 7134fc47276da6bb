import type { HardeningSetting } from '../../config/device/hardening.ts';
import type { Judgement } from '../judgement.ts';
import { accessListOf, permitsEverything } from '../packet-filters.ts';
import { absent, cite, fail, notApplicable, overAll, pass, type Subject, untested } from '../subject.ts';
import type { Check, Topic } from './check.ts';

type Line = Subject['device']['management']['lines'][number];

const isRemote = ({ name }: Line): boolean => !/^(con|console|aux|tty|class)/.test(name);
const isClosed = ({ transportInput, exec }: Line): boolean =>
  transportInput?.value.join(' ') === 'none' || exec?.value === false;
const remoteLines = (subject: Subject): readonly Line[] =>
  subject.device.management.lines.filter((line) => isRemote(line) && !isClosed(line));

const NO_LINES = 'The configuration shows no terminal line that is open.';

/** Without any line shown the configuration is a part of one, and says nothing about how the device is reached. */
const overLines = (subject: Subject, lines: readonly Line[], judge: (line: Line) => Judgement): Judgement =>
  subject.device.management.lines.length === 0
    ? untested(
        absent(
          subject,
          'the configuration shows no terminal line at all, so that how the device is reached is not known',
        ),
      )
    : overAll(subject, lines, NO_LINES, judge);

const accessFiltered: Check = (subject) =>
  overLines(subject, remoteLines(subject), (line) => {
    const list = line.accessClassIn;
    if (!list)
      return fail(absent(subject, `line ${line.name}: no access-list says from where it may be reached`, line.span));
    const defined = accessListOf(subject.device, 'ipv4', list.value);
    if (!defined)
      return fail(cite(subject, list.span, `line ${line.name}: the access-list ${list.value} is not defined`));
    const open = permitsEverything(defined);
    return open
      ? fail(cite(subject, open.span, `line ${line.name}: ${list.value} permits every address`))
      : pass(cite(subject, list.span, `line ${line.name}: ${list.value} says from where it may be reached`));
  });

const idleTimeout =
  (minutes: number): Check =>
  (subject) =>
    overLines(
      subject,
      subject.device.management.lines.filter((line) => !isClosed(line) && !line.name.startsWith('api ')),
      (line) => {
        const own = line.execTimeoutSeconds;
        const seconds = own?.value ?? subject.system.idleSeconds;
        if (seconds === undefined)
          return untested(absent(subject, `line ${line.name}: no line says when an idle session ends`, line.span));
        const text = `line ${line.name}: an idle session ends ${seconds === 0 ? 'never' : `after ${seconds} seconds`}${own ? '' : ' by default'}`;
        const right = seconds > 0 && seconds <= minutes * 60;
        return (right ? pass : fail)(own ? cite(subject, own.span, text) : absent(subject, text, line.span));
      },
    );

const sessionLimit: Check = (subject) => {
  const whole = subject.device.management.settings.get('session-limit');
  const limited = subject.device.management.lines.filter((line) => isRemote(line) && line.sessionLimit);
  // IOS: lines that are closed by `transport input none` limit the sessions of the others.
  const closed = subject.device.management.lines.filter((line) => isRemote(line) && isClosed(line));
  if (limited.length > 0)
    return pass(
      ...limited.map((line) =>
        cite(
          subject,
          line.sessionLimit?.span ?? line.span,
          `line ${line.name}: at most ${line.sessionLimit?.value} sessions`,
        ),
      ),
    );
  if (closed.length > 0)
    return pass(
      ...closed.map((line) =>
        cite(
          subject,
          line.transportInput?.span ?? line.span,
          `line ${line.name} is closed, so that no more sessions than the other lines are possible`,
        ),
      ),
    );
  if (whole) return pass(cite(subject, whole.span, `at most ${whole.value} sessions`));
  return fail(absent(subject, 'no line limits the number of sessions'));
};

const auxiliary: Check = (subject) => {
  const setting = subject.device.management.settings.get('auxiliary-port');
  if (setting)
    return (setting.value === 'disabled' ? pass : fail)(
      cite(subject, setting.span, `the auxiliary port is ${setting.value}`),
    );
  const lines = subject.device.management.lines.filter(({ name }) => name.startsWith('aux'));
  return overAll(subject, lines, 'The configuration shows no auxiliary port.', (line) =>
    line.exec?.value === false
      ? pass(cite(subject, line.exec.span, `line ${line.name}: no commands can be typed`))
      : fail(absent(subject, `line ${line.name}: commands can be typed`, line.span)),
  );
};

const banner: Check = (subject) => {
  const shown = subject.device.management.banners.find(({ kind }) => /^(login|motd|incoming)/.test(kind));
  if (!shown) return fail(absent(subject, 'no text is shown before the login'));
  // The wording is prescribed; its two hinges are enough to tell that it is that text and not a greeting.
  const wording = /U\.?S\.? Government[\s\S]*consent/i.test(shown.text);
  return (wording ? pass : fail)(
    cite(subject, shown.span, `the ${shown.kind} banner ${wording ? 'has' : 'does not have'} the prescribed wording`),
  );
};

const anyBanner: Check = (subject) => {
  const shown = subject.device.management.banners.find(({ kind }) => /^(login|motd|incoming)/.test(kind));
  return shown
    ? pass(cite(subject, shown.span, `a ${shown.kind} banner is shown`))
    : fail(absent(subject, 'no text is shown before the login'));
};

const setting =
  (name: HardeningSetting, what: string, right: (value: number) => boolean): Check =>
  (subject) => {
    const own = subject.device.management.settings.get(name);
    if (!own) return fail(absent(subject, `no line says ${what}`));
    const value = Number(own.value.split(' ')[0]);
    return (Number.isFinite(value) && right(value) ? pass : fail)(cite(subject, own.span, `${what}: ${own.value}`));
  };

const switchedOn =
  (name: string, what: string): Check =>
  (subject) => {
    const own = subject.device.management.services.get(name);
    if (own) return (own.value ? pass : fail)(cite(subject, own.span, `${what} is ${own.value ? 'on' : 'off'}`));
    return subject.system.services[name]
      ? pass(absent(subject, `${what} is on by default, and no line switches it off`))
      : fail(absent(subject, `no line switches ${what} on`));
  };

const unsafeServices: Check = (subject) => {
  const { services } = subject.device.management;
  const { unsafeServices: unsafe, services: defaults, name } = subject.system;
  if (unsafe.length === 0) return untested(absent(subject, `which services ${name} runs by default is not known here`));
  const found = unsafe.flatMap((service) => {
    const own = services.get(service);
    if (own) return own.value ? [cite(subject, own.span, `the service ${service} is on`)] : [];
    return defaults[service]
      ? [absent(subject, `the service ${service} is on by default, and no line switches it off`)]
      : [];
  });
  const telnet = remoteLines(subject).filter(({ transportInput }) =>
    transportInput?.value.some((each) => each === 'telnet' || each === 'all'),
  );
  found.push(
    ...telnet.map((line) =>
      cite(subject, line.transportInput?.span ?? line.span, `line ${line.name} may be reached by telnet`),
    ),
  );
  if (found.length > 0) return fail(...found);
  const offLines = unsafe.flatMap((service) => {
    const own = services.get(service);
    return own && !own.value ? [cite(subject, own.span, `the service ${service} is off`)] : [];
  });
  return pass(
    ...(offLines.length > 0 ? offLines : [absent(subject, `none of ${unsafe.length} unsafe services is switched on`)]),
  );
};

const noAutoLoading: Check = (subject) => {
  const found = ['config', 'boot-network', 'cns'].flatMap((name) => {
    const own = subject.device.management.services.get(name);
    return own?.value ? [cite(subject, own.span, `the service ${name} loads configuration from the network`)] : [];
  });
  return found.length > 0
    ? fail(...found)
    : pass(absent(subject, 'no line lets the device load its configuration from the network'));
};

const callHome: Check = (subject) => {
  const own = subject.device.management.services.get('call-home');
  return own?.value
    ? fail(cite(subject, own.span, 'reports to the vendor are on'))
    : pass(
        own
          ? cite(subject, own.span, 'reports to the vendor are off')
          : absent(subject, 'no line switches on reports to the vendor'),
      );
};

const secretsHashed: Check = (subject) => {
  const { users, enableSecret, services } = subject.device.management;
  const own = [
    ...users.flatMap(({ name, secret, span }) => (secret ? [{ what: `user ${name}`, secret, span }] : [])),
    ...(enableSecret ? [{ what: 'the enable secret', secret: enableSecret.value, span: enableSecret.span }] : []),
  ];
  const encryption = services.get('password-encryption');
  const plain = subject.device.management.secrets.find(({ secret }) => secret.storage === 'plain');
  if (plain) return fail(cite(subject, plain.span, `${plain.what} is stored as it is typed`));
  const readable = own.find(({ secret }) => secret.storage !== 'hashed');
  if (readable)
    return fail(cite(subject, readable.span, `the password of ${readable.what} is stored so that it can be read back`));
  if (own.length === 0 && !encryption) return notApplicable(subject, 'The configuration stores no password.');
  return pass(
    ...own.map(({ what, span }) => cite(subject, span, `the password of ${what} is stored as a hash`)),
    ...(encryption?.value ? [cite(subject, encryption.span, 'passwords are not stored in clear')] : []),
  );
};

const oneLocalAccount: Check = (subject) => {
  const { users } = subject.device.management;
  if (users.length === 0) return fail(absent(subject, 'no local account of last resort is configured'));
  if (users.length > 1)
    return fail(
      ...users.map(({ name, span }) => cite(subject, span, `the local account ${name} is one of ${users.length}`)),
    );
  return pass(...users.map(({ name, span }) => cite(subject, span, `${name} is the only local account`)));
};

const twoServers =
  (least: number): Check =>
  (subject) => {
    const { aaaServers } = subject.device.management;
    const distinct = [...new Map(aaaServers.map((server) => [server.address, server])).values()];
    const citations = distinct.map(({ kind, address, span }) => cite(subject, span, `${kind} server ${address}`));
    return distinct.length >= least
      ? pass(...citations)
      : fail(...citations, absent(subject, `${distinct.length} authentication server(s) instead of at least ${least}`));
  };

export const managementTopics = {
  'management-access-list': { title: 'Management access is limited to known addresses', check: accessFiltered },
  'idle-timeout-5': { title: 'Idle management sessions end within five minutes', check: idleTimeout(5) },
  'idle-timeout-10': { title: 'Idle management sessions end within ten minutes', check: idleTimeout(10) },
  'session-limit': { title: 'The number of management sessions is limited', check: sessionLimit },
  'auxiliary-port': { title: 'The auxiliary port is off', check: auxiliary },
  'consent-banner': { title: 'The prescribed notice is shown before the login', check: banner },
  'login-banner': { title: 'A notice is shown before the login', check: anyBanner },
  'login-attempts': {
    title: 'Logins are refused after three failures',
    check: setting(
      'login-attempts',
      'after how many failed logins others are refused',
      (value) => value >= 1 && value <= 3,
    ),
  },
  'password-length': {
    title: 'Passwords have at least 15 characters',
    check: setting('password-minimum-length', 'how many characters a password has at least', (value) => value >= 15),
  },
  'password-uppercase': {
    title: 'Passwords need a capital letter',
    check: setting('password-uppercase', 'how many capital letters a password has at least', (value) => value >= 1),
  },
  'password-lowercase': {
    title: 'Passwords need a small letter',
    check: setting('password-lowercase', 'how many small letters a password has at least', (value) => value >= 1),
  },
  'password-digits': {
    title: 'Passwords need a digit',
    check: setting('password-digits', 'how many digits a password has at least', (value) => value >= 1),
  },
  'password-special': {
    title: 'Passwords need a special character',
    check: setting('password-special', 'how many special characters a password has at least', (value) => value >= 1),
  },
  'password-strength-check': {
    title: 'Weak passwords are refused',
    check: switchedOn('password-strength-check', 'the check of the strength of passwords'),
  },
  'secrets-hashed': { title: 'Passwords are stored as hashes', check: secretsHashed },
  'unsafe-services': { title: 'No unsafe services run', check: unsafeServices },
  'no-auto-loading': { title: 'The device loads no configuration from the network by itself', check: noAutoLoading },
  'no-call-home': { title: 'The device does not report to its vendor', check: callHome },
  'one-local-account': { title: 'One local account of last resort, and no other', check: oneLocalAccount },
  'two-authentication-servers': { title: 'At least two authentication servers', check: twoServers(2) },
  'authentication-server': { title: 'Users are authenticated by a server', check: twoServers(1) },
  'commands-logged': {
    title: 'Commands that change the configuration are logged',
    check: switchedOn('log-commands', 'the log of commands'),
  },
  'logins-logged': {
    title: 'Failed logins are logged',
    check: switchedOn('log-failed-logins', 'the log of failed logins'),
  },
  'privileges-logged': {
    title: 'It is logged when privileges are taken',
    check: switchedOn('log-privileges', 'the log of privileges'),
  },
  'timestamps-logged': {
    title: 'Log messages have their date and time',
    check: switchedOn('log-timestamps', 'date and time in messages'),
  },
} satisfies Record<string, Topic>;
