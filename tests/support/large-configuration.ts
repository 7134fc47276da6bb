const interfaces = (n: number): readonly string[] => [
  `interface GigabitEthernet0/${n}`,
  ` description to peer ${n}`,
  ` ip address 10.${n >> 8}.${n & 255}.1 255.255.255.252`,
  ' no shutdown',
  '!',
];

const policy = (n: number): readonly string[] => [
  `ip prefix-list P${n} seq 5 permit 10.${n >> 8}.${n & 255}.0/24 le 32`,
  `access-list 101 permit tcp any host 10.${n >> 8}.${n & 255}.1 eq 443`,
  `route-map R${n} permit 10`,
  ` match ip address prefix-list P${n}`,
  ' set local-preference 200',
  ` set community 65001:${n} additive`,
];

const bgp = (n: number): readonly string[] => [
  'router bgp 65001',
  ` neighbor 10.${n >> 8}.${n & 255}.2 remote-as ${65002 + (n & 255)}`,
  ' address-family ipv4',
  `  neighbor 10.${n >> 8}.${n & 255}.2 activate`,
  `  neighbor 10.${n >> 8}.${n & 255}.2 route-map R${n} in`,
  `  neighbor 10.${n >> 8}.${n & 255}.2 route-map R${n} out`,
  `  neighbor 10.${n >> 8}.${n & 255}.2 maximum-prefix 1000 80`,
  `  neighbor 10.${n >> 8}.${n & 255}.2 send-community both`,
  ' exit-address-family',
];

/** A configuration of at least that many lines, in the manner of an edge router. */
export function largeConfiguration(lines: number): string {
  const made = ['version 15.9', 'hostname edge1'];
  for (let n = 0; made.length < lines; n += 1) made.push(...interfaces(n), ...policy(n), ...bgp(n));
  return made.join('\n');
}
