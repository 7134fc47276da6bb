import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { marked, tokens } from './grammar.ts';

async function check(dialect: string, text: string): Promise<void> {
  for (const { at, wanted, found } of await marked(dialect, text)) expect([at, found]).toEqual([at, wanted]);
}

test('headings of IOS, and the names that they define', async () => {
  await check(
    'ios',
    `
interface GigabitEthernet0/0/1.100
^^^^^^^^^ keyword.control.section
          ^^^^^^^^^^^^^^^^^^^^^^^^ entity.name.type.interface
vrf definition MGMT
^^^^^^^^^^^^^^ keyword.control.section
               ^^^^ entity.name.type.section
router bgp 64500
       ^^^ entity.name.type.protocol
           ^^^^^ constant.numeric
route-map CUST-64501-V4-IN deny 10
          ^^^^^^^^^^^^^^^^ entity.name.function.policy
                           ^^^^ constant.language.action
                                ^^ constant.numeric.sequence
ip access-list extended CUST-IN
^^^^^^^^^^^^^^^^^^^^^^^ keyword.control.section
                        ^^^^^^^ entity.name.function.policy
ip as-path access-list 20 permit _6451[2-9]_|_645[2-9][0-9]_
                       ^^ entity.name.function.policy
                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^ string.regexp.as-path`,
  );
});

test('addresses and prefixes are one token with their length apart, and nothing else is an address', async () => {
  await check(
    'ios',
    `
interface Loopback0
 ip address 192.0.2.1 255.255.255.255
            ^^^^^^^^^ constant.numeric.address.ipv4
                      ^^^^^^^^^^^^^^^ constant.numeric.address.ipv4
 ipv6 address 2001:DB8:1000:FF::10/127
              ^^^^^^^^^^^^^^^^^^^^ constant.numeric.address.ipv6
                                  ^^^^ constant.numeric.prefix-length
ipv6 route ::/0 2001:db8::1
           ^^ constant.numeric.address.ipv6
ip prefix-list OWN seq 10 permit 198.51.100.0/24 le 32
               ^^^ entity.name.function.policy
                                 ^^^^^^^^^^^^ constant.numeric.address.ipv4
                                             ^^^ constant.numeric.prefix-length
 set community 64500:90 64500:1:2
               ^^^^^^^^ constant.numeric.community
                        ^^^^^^^^^ constant.numeric.community
 rd 192.0.2.1:100
    ^^^^^^^^^^^^^ constant.numeric.community
 mac-address aabb.ccdd.0011
             ^^^^^^^^^^^^^^ constant.numeric.address.mac`,
  );
});

test('secrets are marked together with how they are stored', async () => {
  await check(
    'ios',
    `
enable secret 9 $9$Yt8RkA2s
       ^^^^^^ support.variable.secret
              ^ constant.language.encoding
                ^^^^^^^^^^^ string.unquoted.secret
username nms privilege 15 secret 0 Letmein
                                   ^^^^^^^ string.unquoted.secret
snmp-server community public RO
                      ^^^^^^ string.unquoted.secret
 neighbor 192.0.2.17 password 6 QaUbNX^VKJ[a
                                ^^^^^^^^^^^^ string.unquoted.secret
`,
  );
  await check(
    'eos',
    `
tacacs-server host 10.255.0.11 vrf MGMT key 8a $HwXZ38t8+2MVY8==$IgoT8
                                        ^^^ support.variable.secret
                                               ^^^^^^^^^^^^^^^^^^^^^^^ string.unquoted.secret
ntp server vrf MGMT 10.255.0.41 prefer key 10
                                           ^^ constant.numeric
username breakglass role network-admin secret sha512 $6$521a351e
                                              ^^^^^^ constant.language.encoding
                                                     ^^^^^^^^^^^ string.unquoted.secret
management security
   password minimum length 15
   ^^^^^^^^ support.variable.command`,
  );
});

test('references to a policy, a VRF and an interface', async () => {
  await check(
    'ios',
    `
router bgp 64500
 neighbor 192.0.2.17 route-map CUST-64501-V4-IN in
 ^^^^^^^^ support.variable.command
          ^^^^^^^^^^ constant.numeric.address.ipv4
                               ^^^^^^^^^^^^^^^^ entity.name.function.policy
 neighbor IBGP update-source Loopback0
          ^^^^ entity.name.function.policy
                             ^^^^^^^^^ entity.name.type.interface
ip route vrf MGMT 0.0.0.0 0.0.0.0 Null0
             ^^^^ entity.name.type.vrf
                                  ^^^^^ constant.language.discard`,
  );
  await check(
    'frr',
    `
router bgp 65101
 neighbor fd00:255:1::e peer-group SPINES-V6
          ^^^^^^^^^^^^^ constant.numeric.address.ipv6
                                   ^^^^^^^^^ entity.name.function.policy
 neighbor swp1 interface remote-as external
 neighbor 10.0.0.1 update-source lo
                                 ^^ entity.name.type.interface`,
  );
});

test('what is taken away, switched off, permitted or denied', async () => {
  await check(
    'eos',
    `
interface Ethernet5
   no shutdown
   ^^ keyword.control.negation
      ^^^^^^^^ keyword.control.shutdown
   no lldp transmit
   ^^ keyword.control.negation
      ^^^^ support.variable.command
ip access-list SSH-MGMT
   20 deny any log
   ^^ constant.numeric.sequence
      ^^^^ constant.language.action
ip prefix-list OWN-V4
   seq 10 permit 192.0.2.0/24
          ^^^^^^ constant.language.action`,
  );
});

test('texts for people are not read as commands', async () => {
  await check(
    'ios',
    `
interface GigabitEthernet3
 description CUST: ce1 Ethernet0/1 [AS64501, shutdown 10.0.0.1]
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ string.unquoted.description
banner motd ^C
            ^^ punctuation.definition.string.begin
interface GigabitEthernet9 is not one here
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ string.unquoted.banner
^C
interface GigabitEthernet4
^^^^^^^^^ keyword.control.section
! interface GigabitEthernet5
^^^^^^^^^^^^^^^^^^^^^^^^^^^^ comment.line.exclamation`,
  );
  await check(
    'eos',
    `
banner login
router bgp 1
^^^^^^^^^^^^ string.unquoted.banner
EOF
router bgp 1
^^^^^^ keyword.control.section`,
  );
  await check(
    'frr',
    `
# made by a tool
^^^^^^^^^^^^^^^^ comment.line.number-sign
banner motd line no shutdown
                 ^^^^^^^^^^^ string.unquoted.banner
frr version 10.2
            ^^^^ constant.other.version`,
  );
});

test('a certificate is one block', async () => {
  await check(
    'ios',
    `
crypto pki certificate chain TP-1
                             ^^^^ entity.name.type.section
 certificate self-signed 01
  30820330 30820218 A0030201
^^^^^^^^^^^^^^^^^^^^^^^^^^^^ string.other.certificate
  quit
  ^^^^ keyword.control.exit
router bgp 1
^^^^^^ keyword.control.section`,
  );
});

test('blocks in braces', async () => {
  await check(
    'junos',
    `
## Last commit: 2026-01-05 by noc
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ comment.line.number-sign
interfaces {
^^^^^^^^^^ keyword.control.section
    ge-0/0/0 {
    ^^^^^^^^ entity.name.type.interface
        description "CORE: shutdown 10.0.0.1";
                    ^^^^^^^^^^^^^^^^^^^^^^^^^ string.unquoted.description
        unit 0 {
             ^ entity.name.type.interface
            family inet {
                address 192.0.2.1/31;
                ^^^^^^^ support.variable.command
                        ^^^^^^^^^ constant.numeric.address.ipv4
                                 ^^^ constant.numeric.prefix-length
    /* not
       yet */
       ^^^ comment.block
        authentication-key "$9$abc"; ## SECRET-DATA
                           ^^^^^^^^ string.unquoted.secret
                                    ^^^^^^^^^^^^^^ comment.line.number-sign`,
  );
  await check(
    'sros',
    `
# TiMOS-B-26.3.R1 both/x86_64
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ comment.line.number-sign
configure {
^^^^^^^^^ keyword.control.section
    port 1/1/c1/1 {
    ^^^^ keyword.control.section
         ^^^^^^^^ entity.name.type.interface
        admin-state enable
        ^^^^^^^^^^^ support.variable.command
                    ^^^^^^ constant.language.state
    router "Base" {
        interface "to-r2" {
                  ^^^^^^^ entity.name.type.interface
            group "ebgp"
                  ^^^^^^ entity.name.function.policy`,
  );
});

test('commands that name the whole path', async () => {
  await check(
    'junos',
    `
set interfaces xe-0/0/0 unit 0 family inet address 10.12.0.2/24
^^^ keyword.control.set
    ^^^^^^^^^^ keyword.control.section
               ^^^^^^^^ entity.name.type.interface
                                                   ^^^^^^^^^ constant.numeric.address.ipv4
set policy-options policy-statement OUT term 1 then reject
                                    ^^^ entity.name.function.policy
                                                    ^^^^^^ constant.language.action
set protocols bgp group core neighbor 2001:db8::1 peer-as 65001
                        ^^^^ entity.name.function.policy
                                      ^^^^^^^^^^^ constant.numeric.address.ipv6
                                                          ^^^^^ constant.numeric`,
  );
});

test('the three forms of SR Linux', async () => {
  await check(
    'srlinux',
    `
    network-instance default {
    ^^^^^^^^^^^^^^^^ keyword.control.section
        interface ethernet-1/1.0 {
                  ^^^^^^^^^^^^^^ entity.name.type.interface
        protocols {
            bgp {
                neighbor 10.0.0.1 {
                         ^^^^^^^^ constant.numeric.address.ipv4
                    admin-state disable
                    ^^^^^^^^^^^ support.variable.command
set / interface ethernet-1/1 admin-state enable
^^^ keyword.control.set
    ^ punctuation.separator.path
      ^^^^^^^^^ keyword.control.section
                ^^^^^^^^^^^^ entity.name.type.interface
set /interface ethernet-1/1 mtu 9000
     ^^^^^^^^^ keyword.control.section`,
  );
});

test('policies and sets of IOS-XR, features and contexts of NX-OS', async () => {
  await check(
    'iosxr',
    `
route-policy AZURE_OUT
             ^^^^^^^^^ entity.name.function.policy
  if destination in AZURE_OUT then
  ^^ keyword.control.condition
    pass
    ^^^^ constant.language.action
end-policy
^^^^^^^^^^ keyword.control.exit
prefix-set OUT
           ^^^ entity.name.function.policy
  10.77.0.0/17,
  ^^^^^^^^^ constant.numeric.address.ipv4
end-set
^^^^^^^ keyword.control.exit
router bgp 65300
^^^^^^ keyword.control.section
  neighbor 10.0.0.1
   route-policy AZURE_OUT in
                ^^^^^^^^^ entity.name.function.policy`,
  );
  await check(
    'nxos',
    `
feature bgp
        ^^^ entity.name.type.section
vrf context management
^^^^^^^^^^^ keyword.control.section
            ^^^^^^^^^^ entity.name.type.section
interface Ethernet1/1
  no shutdown
     ^^^^^^^^ keyword.control.shutdown`,
  );
});

const project = resolve(import.meta.dirname, '../..');
test.each([
  ['ios', 'labs/edge-slice/configs/pe1.cfg'] as const,
  ['ios', 'labs/edge-slice/configs/ce1.cfg'] as const,
  ['eos', 'labs/edge-slice/configs/pe2.cfg'] as const,
  ['eos', 'labs/edge-slice/configs/tr1.cfg'] as const,
  ['ios', 'labs/edge-slice/configs/pe5.cfg'] as const,
  ...globSync('labs/dcn-10node/configs/*.cfg', { cwd: project }).map((file) => ['frr', file] as const),
  ['eos', 'labs/clos-evpn/configs/leaf3.cfg'] as const,
  ['frr', 'labs/clos-evpn/configs/leaf5.cfg'] as const,
])('%s: every line of %s ends outside strings that run over lines', async (dialect, file) => {
  const text = readFileSync(join(project, file), 'utf8').trimEnd();
  const lines = await tokens(dialect, `${text}\nrouter bgp 1`);
  expect(lines.at(-1)?.[0]).toEqual({ text: 'router', scope: 'keyword.control.section' });
  // Every line that says something begins with a word that the grammar knows how to show.
  const unread = lines
    .map((line) => line.filter(({ text: part }) => part.trim() !== ''))
    .filter((line) => line.length > 0 && line.every(({ scope }) => scope === ''))
    .map((line) => line.map(({ text: part }) => part).join(''));
  expect(unread).toEqual([]);
});

test('blocks of FortiOS', async () => {
  await check(
    'fortios',
    `
config router static
^^^^^^ keyword.control.section
       ^^^^^^^^^^^^^ entity.name.type.section
    edit 1
         ^ entity.name.type.section
        set gateway 10.0.0.1
            ^^^^^^^ support.variable.command
                    ^^^^^^^^ constant.numeric.address.ipv4
        set comment "a \\"b\\" c"
                    ^^^^^^^^^^^ string.quoted.double
        set blackhole enable
                      ^^^^^^ constant.language.state
    next
    ^^^^ keyword.control.exit`,
  );
});
