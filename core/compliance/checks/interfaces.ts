import type { InterfaceService } from '../../config/device/hardening.ts';
import { type InterfaceConfig, isShutdown, linkEnds, portKey } from '../../network/interfaces.ts';
import type { Judgement } from '../judgement.ts';
import { absent, cite, fail, notApplicable, overAll, overPerimeter, pass, type Subject, untested } from '../subject.ts';
import type { Check, Topic } from './check.ts';

/** Whether a service runs on an interface: the interface's own line, the switch of the whole device, the system's default. */
function service(subject: Subject, port: InterfaceConfig, name: InterfaceService, what: string): Judgement {
  const { system, device } = subject;
  const gate = system.gates[name];
  if (gate !== undefined) {
    const whole = device.management.services.get(gate);
    if (!(whole?.value ?? system.services[gate] ?? true)) {
      return whole
        ? pass(cite(subject, whole.span, `${what} is off on the whole device`))
        : pass(absent(subject, `${what} is off unless a line switches it on, and none does`));
    }
  }
  const own = port.services?.get(name);
  if (own)
    return (own.value ? fail : pass)(cite(subject, own.span, `${port.name}: ${what} is ${own.value ? 'on' : 'off'}`));
  const otherwise = system.interfaces[name];
  if (otherwise === undefined)
    return untested(
      absent(
        subject,
        `${port.name}: no line says whether ${what} is on, and the default of ${system.name} is not known here`,
        port.span,
      ),
    );
  return otherwise
    ? fail(absent(subject, `${port.name}: ${what} is on by default, and no line switches it off`, port.span))
    : pass(absent(subject, `${port.name}: ${what} is off by default, and no line switches it on`, port.span));
}

const off =
  (side: 'external' | 'every', what: string, ...names: readonly InterfaceService[]): Check =>
  (subject) => {
    const judge = (port: InterfaceConfig): Judgement => {
      const parts = names.map((name) => service(subject, port, name, what));
      return parts.find(({ status }) => status !== 'pass') ?? (parts[0] as Judgement);
    };
    return side === 'external'
      ? overPerimeter(subject, 'external', judge)
      : overAll(subject, subject.routed, 'The device has no routed interface.', judge);
  };

const proxyArp: Check = (subject) =>
  overPerimeter(subject, 'external', (port) => {
    const { proxyArp: own } = port;
    if (own)
      return (own.value ? fail : pass)(
        cite(subject, own.span, `${port.name}: proxy ARP is ${own.value ? 'on' : 'off'}`),
      );
    const otherwise = subject.system.proxyArp;
    if (otherwise === undefined)
      return untested(absent(subject, `${port.name}: no line says whether proxy ARP is on`, port.span));
    const text = `${port.name}: proxy ARP is ${otherwise ? 'on' : 'off'} by default, and no line says otherwise`;
    return (otherwise ? fail : pass)(absent(subject, text, port.span));
  });

/** A port that nothing in the configuration uses, and that no link of the lab ends at, has to be shut down. */
const unusedShut: Check = (subject) => {
  const { device, snapshot, node } = subject;
  const linked = linkEnds(snapshot);
  const used = new Set<string>(
    [...device.interfaces.values()].flatMap(({ parent, aggregate, bridge }) =>
      [parent, aggregate?.value, bridge?.value].filter((name) => name !== undefined),
    ),
  );
  const idle = ({
    name,
    kind,
    addresses,
    unnumbered,
    dhcp,
    switchport,
    aggregate,
    bridge,
    ipv6Enabled,
    encapsulationVlan,
    vlan,
  }: InterfaceConfig) =>
    (kind === 'physical' || kind === 'aggregate') &&
    addresses.length === 0 &&
    !unnumbered &&
    !dhcp &&
    !switchport &&
    !aggregate &&
    !bridge &&
    !ipv6Enabled &&
    encapsulationVlan === undefined &&
    vlan === undefined &&
    !used.has(name) &&
    ![...device.interfaces.keys()].some((other) => other.startsWith(`${name}.`)) &&
    !subject.peers.some(({ neighbour }) => neighbour.id === name) &&
    !linked.has(portKey(node, name));
  const ports = [...device.interfaces.values()].filter((port) => idle(port));
  return overAll(subject, ports, 'Every port of the configuration is used.', (port) =>
    isShutdown(port)
      ? pass(
          cite(
            subject,
            typeof port.shutdown === 'object' ? port.shutdown.span : port.span,
            `${port.name} is not used, and is shut down`,
          ),
        )
      : fail(
          absent(
            subject,
            `${port.name} has no use in the configuration and no link in the lab, and is not shut down`,
            port.span,
          ),
        ),
  );
};

const siteLocal: Check = (subject) => {
  const addresses = [...subject.device.interfaces.values()].flatMap((port) =>
    port.addresses.filter(({ family }) => family === 'ipv6').map((address) => ({ port, address })),
  );
  return overAll(subject, addresses, 'The device has no IPv6 address.', ({ port, address }) => {
    // fec0::/10, deprecated by RFC 3879.
    const used = /^fe[c-f][0-9a-f]:/i.test(address.address);
    return (used ? fail : pass)(
      cite(subject, address.span, `${port.name}: ${address.address} is ${used ? '' : 'not '}a site-local address`),
    );
  });
};

const routerAdvertisements: Check = (subject) => {
  const hasIpv6 = (port: InterfaceConfig): boolean =>
    port.ipv6Enabled?.value === true || port.addresses.some(({ family }) => family === 'ipv6');
  if (!subject.routed.some(hasIpv6)) return notApplicable(subject, 'No routed interface has IPv6.');
  return overPerimeter(subject, 'external', (port) => {
    if (!hasIpv6(port)) return { status: 'not_applicable', citations: [] };
    const own = port.routerAdvertisements;
    if (own)
      return (own.value ? fail : pass)(
        cite(subject, own.span, `${port.name}: router advertisements are ${own.value ? 'sent' : 'suppressed'}`),
      );
    return fail(absent(subject, `${port.name}: no line suppresses router advertisements`, port.span));
  });
};

const hopLimit: Check = (subject) => {
  const set = subject.device.management.settings.get('ipv6-hop-limit');
  // The benchmarks ask for a value only where one is set: without a line the system's own is above 32 everywhere.
  if (!set)
    return pass(absent(subject, 'No line lowers the hop limit of router advertisements from its default of 64'));
  return (Number(set.value) >= 32 ? pass : fail)(cite(subject, set.span, `the hop limit is ${set.value}`));
};

const globalGratuitousArp: Check = (subject) => {
  const own = subject.device.management.services.get('gratuitous-arps');
  if (own) return (own.value ? fail : pass)(cite(subject, own.span, `gratuitous ARP is ${own.value ? 'on' : 'off'}`));
  return fail(absent(subject, 'no line switches gratuitous ARP off'));
};

export const interfaceTopics = {
  'unused-interfaces-shut': { title: 'Ports that are not used are shut down', check: unusedShut },
  'gratuitous-arp-global': { title: 'Gratuitous ARP is off', check: globalGratuitousArp },
  'gratuitous-arp': {
    title: 'Gratuitous ARP is off on external interfaces',
    check: off('external', 'gratuitous ARP', 'gratuitous-arp'),
  },
  'directed-broadcast': {
    title: 'Directed broadcasts are not forwarded',
    check: off('every', 'the forwarding of directed broadcasts', 'directed-broadcast'),
  },
  unreachables: {
    title: 'No ICMP unreachable messages leave external interfaces',
    check: off('external', 'the sending of ICMP unreachables', 'unreachables'),
  },
  'mask-reply': {
    title: 'ICMP mask requests are not answered on external interfaces',
    check: off('external', 'the answering of ICMP mask requests', 'mask-reply'),
  },
  redirects: {
    title: 'No ICMP redirects leave external interfaces',
    check: off('external', 'the sending of ICMP redirects', 'redirects'),
  },
  'lldp-external': {
    title: 'LLDP is off on external interfaces',
    check: off('external', 'LLDP', 'lldp-transmit', 'lldp-receive'),
  },
  'lldp-transmit-external': {
    title: 'LLDP sends nothing on external interfaces',
    check: off('external', 'LLDP', 'lldp-transmit'),
  },
  'cdp-external': { title: 'CDP is off on external interfaces', check: off('external', 'CDP', 'cdp') },
  'proxy-arp-external': { title: 'Proxy ARP is off on external interfaces', check: proxyArp },
  'ipv6-site-local': { title: 'No IPv6 site-local addresses', check: siteLocal },
  'router-advertisements-external': {
    title: 'No router advertisements on external interfaces',
    check: routerAdvertisements,
  },
  'ipv6-hop-limit': { title: 'Router advertisements give a hop limit of at least 32', check: hopLimit },
} satisfies Record<string, Topic>;
