import { parsePrefix } from '../../config/address.ts';
import type { InterfaceConfig } from '../../network/interfaces.ts';
import { BOGONS } from '../bogons.ts';
import type { Judgement } from '../judgement.ts';
import { accessListOf, deniesOptions, deniesSource, explicitDenial, permitsEverything } from '../packet-filters.ts';
import { absent, cite, fail, notApplicable, overAll, overPerimeter, pass, type Subject, untested } from '../subject.ts';
import type { Check, Topic } from './check.ts';

const groups = (port: InterfaceConfig, direction: 'in' | 'out') =>
  port.accessGroups.filter((group) => group.direction === direction && group.family === 'ipv4');

type List = NonNullable<ReturnType<typeof accessListOf>>;

/** The IPv4 packet filter of an interface and direction, put to a question. */
const filtered = (
  subject: Subject,
  port: InterfaceConfig,
  direction: 'in' | 'out',
  judge: (list: List, bound: InterfaceConfig['accessGroups'][number]) => Judgement,
): Judgement => {
  const [bound] = groups(port, direction);
  if (!bound)
    return fail(
      absent(
        subject,
        `${port.name}: no access-list filters packets that ${direction === 'in' ? 'enter' : 'leave'}`,
        port.span,
      ),
    );
  const list = accessListOf(subject.device, 'ipv4', bound.list.value);
  if (!list)
    return fail(cite(subject, bound.list.span, `${port.name}: the access-list ${bound.list.value} is not defined`));
  return judge(list, bound);
};

const boundOn =
  (side: 'external' | 'internal'): Check =>
  (subject) =>
    overPerimeter(subject, side, (port) =>
      filtered(subject, port, 'in', (list, bound) =>
        pass(cite(subject, bound.list.span, `${port.name}: ${list.name} filters packets that enter`)),
      ),
    );

const deniesByDefault: Check = (subject) =>
  overPerimeter(subject, 'external', (port) =>
    filtered(subject, port, 'in', (list, bound) => {
      const open = permitsEverything(list);
      if (open) return fail(cite(subject, open.span, `${port.name}: ${list.name} lets every packet in`));
      const unclear = list.entries.find((entry) => entry.action === 'permit' && entry.notModelled !== undefined);
      if (unclear)
        return untested(
          cite(subject, unclear.span, `${port.name}: what this entry of ${list.name} permits is not modelled`),
        );
      const denial = explicitDenial(list);
      return pass(
        cite(subject, bound.list.span, `${port.name}: ${list.name} filters packets that enter`),
        cite(
          subject,
          denial?.span ?? list.span,
          denial
            ? `${list.name} ends with a denial of everything`
            : `${list.name} denies by its end what no entry permits`,
        ),
      );
    }),
  );

const bogonSources: Check = (subject) =>
  overPerimeter(subject, 'external', (port) =>
    filtered(subject, port, 'in', (list) => {
      for (const text of BOGONS) {
        const prefix = parsePrefix(text);
        const answer = prefix && deniesSource(list, prefix);
        if (!answer || answer.denied) continue;
        const what = `${port.name}: ${list.name} ${answer.why === 'permitted' ? 'may let packets from' : 'has an entry that is not modelled and may let packets in from'} ${text}`;
        return (answer.why === 'permitted' ? fail : untested)(cite(subject, answer.span, what));
      }
      return pass(
        cite(
          subject,
          list.span,
          `${port.name}: ${list.name} lets no packet in from any of ${BOGONS.length} bogon prefixes`,
        ),
      );
    }),
  );

const spoofing: Check = (subject) =>
  overPerimeter(subject, 'internal', (port) => {
    const check = port.unicastReversePath;
    if (check)
      return pass(
        cite(subject, check.span, `${port.name}: the source of packets is checked against the table (${check.value})`),
      );
    return filtered(subject, port, 'in', (list, bound) => {
      const open = permitsEverything(list);
      return open
        ? fail(cite(subject, open.span, `${port.name}: ${list.name} permits packets with any source`))
        : pass(cite(subject, bound.list.span, `${port.name}: ${list.name} limits what may come from inside`));
    });
  });

const looseReversePath: Check = (subject) => {
  const inVrf = subject.routed.filter(
    (port) => port.vrf !== undefined && subject.device.vrfs.get(port.vrf.value)?.routeDistinguisher,
  );
  return overAll(subject, inVrf, 'No interface is in a VPN routing instance.', (port) =>
    port.unicastReversePath
      ? pass(
          cite(
            subject,
            port.unicastReversePath.span,
            `${port.name}: the source of packets is checked (${port.unicastReversePath.value})`,
          ),
        )
      : fail(absent(subject, `${port.name}: the source of packets from the customer is not checked`, port.span)),
  );
};

const OPTIONS = /\boption\b|ip-length gt 5|ip-options/;

const optionsDropped: Check = (subject) => {
  const whole = subject.device.management.settings.get('ip-options');
  if (whole)
    return (/^(drop|ignore)$/.test(whole.value) ? pass : fail)(
      cite(subject, whole.span, `packets with IP options: ${whole.value}`),
    );
  return overPerimeter(subject, 'external', (port) =>
    filtered(subject, port, 'in', (list) => {
      const found = deniesOptions(list, OPTIONS);
      if (!found)
        return fail(
          absent(subject, `${port.name}: ${list.name} has no entry that denies packets with IP options`, list.span),
        );
      return found.denied
        ? pass(cite(subject, found.span, `${port.name}: ${list.name} denies packets with IP options`))
        : fail(
            cite(
              subject,
              found.span,
              `${port.name}: this entry of ${list.name} permits packets before those with IP options are denied`,
            ),
          );
    }),
  );
};

const sourceRoute: Check = (subject) => {
  const own = subject.device.management.services.get('source-route');
  if (own) return (own.value ? fail : pass)(cite(subject, own.span, `source routing is ${own.value ? 'on' : 'off'}`));
  const otherwise = subject.system.services['source-route'];
  if (otherwise === undefined) return untested(absent(subject, 'no line says whether source routing is on'));
  return (otherwise ? fail : pass)(
    absent(subject, `source routing is ${otherwise ? 'on' : 'off'} by default, and no line says otherwise`),
  );
};

const fragments: Check = (subject) =>
  overPerimeter(subject, 'external', (port) =>
    filtered(subject, port, 'in', (list) => {
      const found = list.entries.find(
        ({ action, protocol, notModelled }) =>
          action === 'deny' && /^(ip|icmp)/.test(protocol) && /\bfragments?\b/.test(notModelled ?? ''),
      );
      return found
        ? pass(cite(subject, found.span, `${port.name}: ${list.name} denies fragments`))
        : fail(absent(subject, `${port.name}: ${list.name} has no entry that denies fragments`, list.span));
    }),
  );

/** Every list that filters packets of an interface logs what it denies, by an explicit last entry too. */
const denialsLogged: Check = (subject) => {
  const bound = [...subject.device.interfaces.values()].flatMap((port) =>
    port.accessGroups.map((group) => ({ port, group })),
  );
  const names = new Map(bound.map((each) => [`${each.group.family} ${each.group.list.value}`, each.group]));
  return overAll(subject, [...names.values()], 'No access-list is bound to an interface.', (group) => {
    const list = accessListOf(subject.device, group.family, group.list.value);
    if (!list) return fail(cite(subject, group.list.span, `the access-list ${group.list.value} is not defined`));
    const silent = list.entries.find(({ action, log }) => action === 'deny' && !log);
    if (silent) return fail(cite(subject, silent.span, `${list.name} drops packets here without a log message`));
    const open = permitsEverything(list);
    const denial = explicitDenial(list);
    if (!denial && !open)
      return fail(
        absent(subject, `${list.name} denies by its end what no entry permits, and that is not logged`, list.span),
      );
    return pass(cite(subject, (denial ?? open)?.span ?? list.span, `${list.name} logs what it denies`));
  });
};

/** Policies and profiles that the system brings. */
const BUILT_IN = /^(system-cpp-policy|copp-system-\S+|strict|moderate|lenient|dense)$/;

const controlPlane: Check = (subject) => {
  const { settings } = subject.device.management;
  const policy = settings.get('control-plane-policy');
  if (policy) {
    const { accessLists, definitions, notModelled } = subject.device;
    const defined =
      BUILT_IN.test(policy.value) ||
      [...accessLists.values()].some(({ name }) => name === policy.value) ||
      definitions.some(({ kind, name }) => kind === 'policy-map' && name === policy.value) ||
      notModelled.some(({ text }) => /^policy-map (type \S+ )?(\S+)/.exec(text)?.[2] === policy.value);
    return defined
      ? pass(cite(subject, policy.span, `packets to the device itself pass ${policy.value}`))
      : fail(
          cite(subject, policy.span, `packets to the device itself would pass ${policy.value}, which is not defined`),
        );
  }
  return fail(absent(subject, 'no policy limits the packets to the device itself'));
};

/** Junos: the filter on the loopback's input guards the routing engine. */
const loopbackFilter: Check = (subject) => {
  const loopbacks = [...subject.device.interfaces.values()].filter(
    ({ kind, addresses }) => kind === 'loopback' && addresses.length > 0,
  );
  if (loopbacks.length === 0)
    return fail(absent(subject, 'the device has no loopback, so no filter guards the routing engine'));
  return overAll(subject, loopbacks, '', (port) =>
    filtered(subject, port, 'in', (list, bound) => {
      const open = permitsEverything(list);
      return open
        ? fail(cite(subject, open.span, `${port.name}: ${list.name} accepts every packet to the device itself`))
        : pass(cite(subject, bound.list.span, `${port.name}: ${list.name} limits the packets to the device itself`));
    }),
  );
};

const forwarding: Check = (subject) => {
  const own = subject.device.management.services.get('cef');
  if (own)
    return (own.value ? pass : fail)(
      cite(subject, own.span, `forwarding by a prepared table is ${own.value ? 'on' : 'off'}`),
    );
  if (subject.system.services.cef === undefined)
    return notApplicable(subject, `${subject.system.name} has no such switch.`);
  return pass(absent(subject, 'forwarding by a prepared table is on by default, and no line switches it off'));
};

export const perimeterTopics = {
  'ingress-filter': { title: 'An access-list filters what enters external interfaces', check: boundOn('external') },
  'egress-filter': { title: 'An access-list filters what enters internal interfaces', check: boundOn('internal') },
  'deny-by-default': { title: 'External interfaces deny what is not permitted', check: deniesByDefault },
  'bogon-sources': { title: 'Packets from bogon sources are dropped at external interfaces', check: bogonSources },
  'anti-spoofing': { title: 'Packets from inside have a legitimate source', check: spoofing },
  'customer-reverse-path': { title: 'The source of packets from VPN customers is checked', check: looseReversePath },
  'ip-options': { title: 'Packets with IP options are dropped', check: optionsDropped },
  'source-route': { title: 'Source routing is off', check: sourceRoute },
  fragments: { title: 'Fragmented ICMP packets to the device are dropped', check: fragments },
  'denials-logged': { title: 'What access-lists deny is logged', check: denialsLogged },
  'control-plane-policy': { title: 'Packets to the device itself are limited', check: controlPlane },
  'routing-engine-filter': { title: 'A filter on the loopback guards the routing engine', check: loopbackFilter },
  'express-forwarding': { title: 'Packets are forwarded by a prepared table', check: forwarding },
} satisfies Record<string, Topic>;
