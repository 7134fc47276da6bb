import { describe, expect, it } from 'vitest';
import { detectDialect } from './detect.ts';

describe('the language of a configuration', () => {
  it.each([
    ['frr', 'frr version 8.4\nfrr defaults traditional\nrouter bgp 65001\n'],
    ['frr', 'router bgp 65001\n neighbor swp1 interface remote-as external\n'],
    ['eos', '! device: r1 (cEOSLab, EOS-4.28.1F)\nhostname r1\n'],
    ['eos', 'interface Ethernet1\n   no switchport\n   ip address 10.0.0.1/31\n'],
    ['ios', 'version 15.9\nservice timestamps debug datetime msec\nhostname r1\n'],
    ['ios', 'interface GigabitEthernet0/1\n ip address 10.0.0.1 255.255.255.252\n'],
    ['iosxr', '!! IOS XR Configuration 7.0.2\nhostname r1\nroute-policy PASS\n  pass\nend-policy\n'],
    ['nxos', '!Command: show running-config\nversion 9.3(3) Bios:version\nfeature bgp\n'],
    ['junos', 'set system host-name r1\nset interfaces ge-0/0/0 unit 0\n'],
    ['junos', 'system {\n    host-name r1;\n}\n'],
    ['sros', '# TiMOS-B-22.10.R1\n/configure router "Base"\n'],
    ['srlinux', 'set / interface ethernet-1/1 admin-state enable\n'],
    ['panos', 'set deviceconfig system hostname fw1\nset network virtual-router default interface ethernet1/1\n'],
    ['gaia', '# Language version: 14.1v1\nset hostname gw1\nset interface eth0 state on\n'],
    ['fortios', 'config system global\n    set hostname "fw1"\nend\n'],
    ['acos', 'slb server S1 10.0.0.1\nip route 0.0.0.0 /0 10.0.0.2 1\n'],
    ['unknown', 'once upon a time\n'],
    ['unknown', ''],
  ] as const)('is %s by its content', (dialect, text) => expect(detectDialect({ text })).toBe(dialect));

  it('follows the containerlab kind, and before it the setting', () => {
    const text = 'version 15.9\nservice timestamps debug datetime msec\n';
    expect(detectDialect({ text, kind: 'arista_ceos' })).toBe('eos');
    expect(detectDialect({ text, kind: 'arista_ceos', setting: 'frr' })).toBe('frr');
  });

  it('of a Linux node follows its image, else its content', () => {
    expect(detectDialect({ text: '', kind: 'linux', image: 'quay.io/frrouting/frr:9.1.0' })).toBe('frr');
    expect(detectDialect({ text: 'frr version 9.1\n', kind: 'linux', image: 'local/router' })).toBe('frr');
    expect(detectDialect({ text: '', kind: 'linux', image: 'alpine:3' })).toBe('unknown');
  });
});
