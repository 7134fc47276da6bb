import { parseIp, parsePrefix, prefixContains } from '../../config/address.ts';
import type { Device } from '../../config/device/device.ts';
import { isShutdown } from '../../network/interfaces.ts';
import { inVrf } from '../bgp.ts';
import { vrfOfInterface } from '../peers.ts';
import { head } from '../restore.ts';
import { type RawFinding, rule } from '../rule.ts';

type Route = Device['staticRoutes'][number];

/** Subnets of a VRF's interfaces that are up, with a next hop on them a route needs no other route. */
const isConnected = (device: Device, vrf: string, address: string): boolean => {
  const ip = parseIp(address);
  return (
    ip !== undefined &&
    [...device.interfaces.values()].some(
      (port) =>
        vrfOfInterface(port) === vrf &&
        !isShutdown(port) &&
        port.addresses.some((own) => {
          const prefix = parsePrefix(`${own.address}/${own.length}`);
          return prefix !== undefined && prefixContains(prefix, ip);
        }),
    )
  );
};

const holds = (route: Route, address: string): boolean => {
  const [prefix, ip] = [parsePrefix(route.prefix), parseIp(address)];
  return prefix !== undefined && ip !== undefined && prefixContains(prefix, ip);
};

export default rule({
  id: 'static-route-to-itself',
  number: 40,
  priority: 'P1',
  scope: 'device',
  title: 'Static route whose next hop lies in the route itself, or is an address of this device',
  why: 'A next hop that is only reachable through the route itself is never installed, or comes and goes; one that is an address of the device itself sends traffic nowhere.',
  sources: ['RFC 4271 section 9.1.2.1 (mutual recursion)', 'Cisco IOS IP Routing: static routes, recursive lookup'],
  remedy: 'Point the route at the address of a neighbour on a connected subnet, or name the outgoing interface.',
  check: ({ device, config }) => {
    // In a file without interfaces nothing is known to be connected.
    if (device.interfaces.size === 0) return [];
    return device.staticRoutes.flatMap((route): RawFinding[] => {
      const { ip, interface: port, vrf: other } = route.nextHop;
      if (ip === undefined || port !== undefined) return [];
      const vrf = other ?? route.vrf;
      const finding = (message: string): RawFinding[] => [
        { span: head(route.span), message, key: `${route.vrf} ${route.prefix} ${ip}` },
      ];
      const isOwn = [...device.interfaces.values()].some(
        (each) => vrfOfInterface(each) === vrf && each.addresses.some(({ address }) => address === ip),
      );
      if (isOwn)
        return finding(
          `${route.prefix}${inVrf(route.vrf)} points at ${ip}, an address of ${config.device.name} itself`,
        );
      if (vrf !== route.vrf || !holds(route, ip) || isConnected(device, vrf, ip) || route.prefix.endsWith('/0'))
        return [];
      const isResolved = device.staticRoutes.some(
        (each) => each !== route && each.vrf === vrf && each.prefix !== route.prefix && holds(each, ip),
      );
      const isLearned =
        device.bgp.length + device.ospf.length + device.isis.length + device.eigrp.length + device.rip.length > 0;
      return isResolved || isLearned
        ? []
        : finding(`the next hop ${ip} of ${route.prefix}${inVrf(route.vrf)} is reachable only through this route`);
    });
  },
});
