import { describe, expect, it } from 'vitest';
import { type MemoryFile, memoryReader } from './fixtures/memory-reader.ts';
import { loadSnapshot } from './load-snapshot.ts';
import { rememberingParser } from './remembering-parser.ts';
import { UnusableInput } from './unusable.ts';

const FRR = 'frr version 8.4\nhostname r1\ninterface eth1\n ip address 10.0.0.0/31\n';
const topology = (nodes: string, links = '', more = ''): string =>
  `name: lab\ntopology:\n${more}  nodes:\n${nodes}${links === '' ? '' : `  links:\n${links}`}`;
const twoNodes = topology(
  '    r1: {kind: linux, image: frr, startup-config: configs/r1.cfg}\n    r2: {kind: linux, image: frr, startup-config: configs/r2.cfg}\n',
  '    - endpoints: ["r1:eth1", "r2:eth1"]\n',
);

const load = (files: Readonly<Record<string, MemoryFile>>, path = '/lab') =>
  loadSnapshot(path, { reader: memoryReader(files) });

async function problems(files: Readonly<Record<string, MemoryFile>>, path = '/lab'): Promise<readonly string[]> {
  try {
    await load(files, path);
  } catch (error) {
    if (error instanceof UnusableInput)
      return error.problems.map(({ file, span, message }) => `${file}${span ? `:${span.line + 1}` : ''}: ${message}`);
    throw error;
  }
  throw new Error('The lab was loaded.');
}

const withNode = (settings: string): Record<string, MemoryFile> => ({
  '/lab/a.clab.yml': topology(`    r1: {kind: linux, image: frr, ${settings}}\n`),
  '/lab/configs/r1.cfg': FRR,
  '/secret.cfg': FRR,
});

describe('a containerlab topology', () => {
  it('becomes nodes and links, in order of name', async () => {
    const files = { '/lab/a.clab.yml': twoNodes, '/lab/configs/r1.cfg': FRR, '/lab/configs/r2.cfg': FRR };
    const lab = await load(files);
    expect(lab).toMatchObject({
      name: 'lab',
      format: 'containerlab',
      folder: '/lab',
      topologyFile: '/lab/a.clab.yml',
      linksComplete: true,
    });
    expect([...lab.nodes.keys()]).toEqual(['r1', 'r2']);
    expect(lab.nodes.get('r1')?.config).toMatchObject({ dialect: 'frr', file: '/lab/configs/r1.cfg', text: FRR });
    expect(lab.links).toEqual([
      { a: { node: 'r1', interface: 'eth1' }, b: { node: 'r2', interface: 'eth1' }, source: 'topology' },
    ]);
    expect(await load(files, '/lab/a.clab.yml')).toEqual(lab);
  });

  it('keeps ports that leave the lab wired, each with an end of its own', async () => {
    const lab = await load({
      '/lab/a.clab.yml': topology(
        '    r1: {kind: linux, image: frr, startup-config: configs/r1.cfg}\n',
        '    - {type: dummy, endpoint: {node: r1, interface: eth1}}\n    - {type: dummy, endpoint: {node: r1, interface: eth2}}\n    - endpoints: ["r1:eth3", "host:veth0"]\n',
      ),
      '/lab/configs/r1.cfg': FRR,
    });
    expect(lab.links.map(({ a, b }) => [a.interface, `${b.node} ${b.interface}`])).toEqual([
      ['eth1', '(dummy) r1:eth1'],
      ['eth2', '(dummy) r1:eth2'],
      ['eth3', '(host) r1:eth3'],
    ]);
  });

  it('inherits kind, image and startup-config from defaults, kinds and groups', async () => {
    const more =
      '  defaults: {kind: linux}\n  kinds: {linux: {image: "frr:8"}}\n  groups: {edge: {startup-config: configs/__clabNodeName__.cfg}}\n';
    const lab = await load({
      '/lab/a.clab.yml': topology('    r1: {group: edge}\n', '', more),
      '/lab/configs/r1.cfg': FRR,
    });
    expect(lab.nodes.get('r1')).toMatchObject({ kind: 'linux', image: 'frr:8' });
  });

  it('takes the file bound to frr.conf as the configuration, and the extended form of a link', async () => {
    const text = topology(
      '    r1:\n      kind: linux\n      binds: ["configs/r1.cfg:/etc/frr/frr.conf:ro"]\n    br1: {kind: bridge}\n',
      '    - type: veth\n      endpoints: [{node: r1, interface: eth1}, {node: br1, interface: p1}]\n',
    );
    const lab = await load({ '/lab/a.clab.yml': text, '/lab/configs/r1.cfg': FRR });
    expect(lab.links).toHaveLength(1);
    expect(lab.unmodelledNodes).toEqual([
      { name: 'br1', kind: 'bridge', reason: 'the kind bridge has no configuration' },
    ]);
  });

  it('maps numbered ports to the names of the system', async () => {
    const text = topology(
      '    r1: {kind: arista_ceos, startup-config: configs/r1.cfg}\n    r2: {kind: cisco_c8000v, startup-config: configs/r2.cfg}\n',
      '    - endpoints: ["r1:eth1", "r2:Gi2"]\n',
    );
    const lab = await load({
      '/lab/a.clab.yml': text,
      '/lab/configs/r1.cfg': 'hostname r1\n',
      '/lab/configs/r2.cfg': 'hostname r2\ninterface GigabitEthernet2\n ip address 10.0.0.1 255.255.255.254\n',
    });
    expect(lab.links[0]?.a.interface).toBe('Ethernet1');
  });

  it('carries nothing out: what would run or reach the host is listed', async () => {
    const text = topology(
      '    r1: {startup-config: configs/r1.cfg}\n',
      '',
      '  defaults:\n    kind: linux\n    privileged: true\n    exec: ["rm -rf /"]\n    binds: ["/:/host", "/var/run/docker.sock:/s"]\n    network-mode: host\n',
    );
    const { problems: notes } = await load({ '/lab/a.clab.yml': text, '/lab/configs/r1.cfg': FRR });
    expect(notes.map(({ message }) => message)).toEqual([
      'Ignored, never carried out: exec of r1 (runs commands in the node).',
      'Ignored, never carried out: privileged of r1 (gives the node the rights of the host).',
      "Ignored, never carried out: network-mode of r1 (may give the node the host's network).",
      'Ignored, never carried out: r1 binds "/", which lies outside of the lab\'s folder.',
      'Ignored, never carried out: r1 binds "/var/run/docker.sock", which lies outside of the lab\'s folder.',
    ]);
    expect(notes.every(({ span }) => span !== undefined)).toBe(true);
  });

  it.each([
    ['an absolute path', 'startup-config: /etc/passwd', 'must be relative to the topology'],
    ['an address', 'startup-config: "https://example.org/r1.cfg"', 'not an address'],
    ['a variable', `startup-config: "configs/\${SECRET}.cfg"`, 'variables are not expanded'],
    ['a path out of the folder', 'startup-config: ../secret.cfg', "lies outside of the lab's folder"],
    ['a missing file', 'startup-config: configs/r9.cfg', 'cannot be read: "configs/r9.cfg" (there is no such file)'],
    ['an inline text', 'startup-config: "hostname r1\\nend\\n"', 'put it into a file of its own'],
    ['a path with backslashes', "startup-config: 'C:\\r1.cfg'", 'not an address'],
  ])('refuses %s as startup-config, with its line', async (_, setting, message) => {
    const found = await problems(withNode(setting));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^\/lab\/a\.clab\.yml:4: /);
    expect(found[0]).toContain(message);
  });

  it('refuses a symbolic link that leaves the folder, and follows one that does not', async () => {
    const files = withNode('startup-config: configs/link.cfg');
    expect((await problems({ ...files, '/lab/configs/link.cfg': { link: '/secret.cfg' } }))[0]).toContain(
      "lies outside of the lab's folder",
    );
    expect((await load({ ...files, '/lab/configs/link.cfg': { link: '/lab/configs/r1.cfg' } })).nodes.size).toBe(1);
  });

  it.each<[string, MemoryFile, string]>([
    ['nothing', '', 'The file is empty'],
    ['binary data', new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0, 1]), 'The file is binary (a NUL byte at offset 4)'],
    ['UTF-16', new Uint8Array([0xff, 0xfe, 0x68, 0]), 'The file is UTF-16'],
    ['invalid UTF-8', new Uint8Array([0x61, 0x0a, 0x62, 0xff, 0x0a]), 'first invalid byte on line 2'],
    ['a pipe', { special: true }, 'This is a device, a pipe or a socket'],
  ])('refuses %s as a configuration', async (_, file, message) => {
    const found = await problems({ ...withNode('startup-config: configs/r1.cfg'), '/lab/configs/r1.cfg': file });
    expect(found).toEqual([expect.stringContaining(message)]);
  });

  it.each([
    ['a node without a kind', topology('    r1: {image: frr}\n'), ':4: The node r1 has no kind.'],
    [
      'a node name with shell characters',
      topology('    "r1;reboot": {kind: linux}\n'),
      ':4: The node name "r1;reboot" is not a safe file name',
    ],
    [
      'names that differ in capitals',
      topology('    r1: {kind: linux}\n    R1: {kind: linux}\n'),
      ':5: The nodes r1 and R1 differ in capitals only.',
    ],
    [
      'a lab name that climbs out',
      topology('    r1: {kind: linux}\n').replace('name: lab', 'name: ../x'),
      ':1: The lab name "../x" is not a safe file name',
    ],
    [
      'a link to nowhere',
      topology('    r1: {kind: linux}\n', '    - endpoints: ["r1:eth1", "r9:eth1"]\n'),
      ':6: A link names the node "r9"',
    ],
    [
      'a port on two links',
      topology(
        '    r1: {kind: linux}\n    r2: {kind: linux}\n',
        '    - endpoints: ["r1:e1", "r2:e1"]\n    - endpoints: ["r1:e1", "r2:e2"]\n',
      ),
      ':8: The port r1:e1 is on two links (the other one is on line 7).',
    ],
    [
      'a key that stands twice',
      `${topology('    r1: {kind: linux}\n')}    r1: {kind: linux}\n`,
      ':5: The key r1 stands twice in one map.',
    ],
    ['no nodes', 'name: lab\ntopology: {}\n', ':2: The topology has no nodes.'],
    ['no topology', 'a: 1\n', 'it has no topology section'],
    [
      'ten thousand nodes',
      topology(Array.from({ length: 10_000 }, (_, index) => `    n${index}: {kind: linux}\n`).join('')),
      'The topology has 10000 nodes; at most 5000 are read.',
    ],
  ])('refuses %s', async (_, text, message) => {
    expect((await problems({ '/lab/a.clab.yml': text }))[0]).toContain(message);
  });

  it('names every problem of a topology, in the order of its lines', async () => {
    const found = await problems({
      '/lab/a.clab.yml': topology(
        '    r1: {image: x}\n    "b d": {kind: linux}\n    r3: {kind: linux, startup-config: /x}\n',
      ),
    });
    expect(found.map((text) => Number(/:(\d+):/.exec(text)?.[1]))).toEqual([4, 5, 6]);
  });
});

describe('a Batfish snapshot folder', () => {
  it('reads config_db.json of a SONiC switch beside its frr.conf, and notices when it alone changes', async () => {
    const parse = rememberingParser();
    const address = async (length: number) => {
      const lab = await loadSnapshot('/lab', {
        parse,
        reader: memoryReader({
          '/lab/configs/sw.cfg': 'frr version 7.2-sonic\nrouter bgp 65001\n',
          '/lab/configs/sw.config_db.json': `{"INTERFACE": {"Ethernet0|10.0.0.1/${length}": {}}}`,
        }),
      });
      expect([...lab.nodes.keys()]).toEqual(['sw']);
      return lab.nodes.get('sw')?.config.device.interfaces.get('Ethernet0')?.addresses[0];
    };
    expect(await address(30)).toMatchObject({ length: 30, span: { file: '/lab/configs/sw.config_db.json' } });
    expect(await address(31)).toMatchObject({ length: 31 });
  });

  const r = (host: string, address: string) =>
    `hostname ${host}\ninterface GigabitEthernet0/1\n ip address ${address} 255.255.255.0\n no shutdown\nend\n`;

  it('links by shared subnets where no layer 1 is declared', async () => {
    const lab = await load({
      '/lab/configs/R1.cfg': r('R1', '10.0.0.1'),
      '/lab/configs/R2.cfg': r('R2', '10.0.0.2'),
      '/lab/configs/R3.cfg': r('R3', '10.1.0.3'),
    });
    expect(lab).toMatchObject({ name: 'lab', format: 'batfish', linksComplete: false });
    expect([...lab.nodes.keys()]).toEqual(['R1', 'R2', 'R3']);
    expect(lab.links.map(({ a, b, source }) => `${a.node} ${b.node} ${source}`)).toEqual(['R1 R2 inferred']);
  });

  it('reads links and runtime data, with names in any capitals and shortened ports', async () => {
    const edge = (host: string, port: string) => ({ hostname: host, interfaceName: port });
    const lab = await load({
      '/lab/configs/R1.cfg': r('R1', '10.0.0.1'),
      '/lab/configs/R2.cfg': r('R2', '10.0.0.2'),
      '/lab/configs/R1.config_db.json': '{}',
      '/lab/batfish/layer1_topology.json': JSON.stringify({
        edges: [
          { node1: edge('r1', 'Gi0/1'), node2: edge('r2', 'GigabitEthernet0/1') },
          { node1: edge('r2', 'GigabitEthernet0/1'), node2: edge('r1', 'Gi0/1') },
          { node1: edge('r2', 'GigabitEthernet0/2'), node2: edge('elsewhere', 'e1') },
        ],
      }),
      '/lab/batfish/runtime_data.json': JSON.stringify({
        runtimeData: { r1: { interfaces: { 'gigabitethernet0/1': { lineUp: false, bandwidth: 1e9, speed: null } } } },
      }),
    });
    expect(lab.links).toEqual([
      {
        a: { node: 'R1', interface: 'GigabitEthernet0/1' },
        b: { node: 'R2', interface: 'GigabitEthernet0/1' },
        source: 'layer1',
      },
      // The far end is not in the snapshot, but the port is wired.
      {
        a: { node: 'R2', interface: 'GigabitEthernet0/2' },
        b: { node: 'elsewhere', interface: 'e1' },
        source: 'layer1',
      },
    ]);
    expect(lab.runtime.get('R1')?.get('GigabitEthernet0/1')).toEqual({ lineUp: false, bandwidthBps: 1e9 });
  });

  it('knows the adapters of a hypervisor by the order of the ports, the management port first', async () => {
    const port = (name: string, address: string) => `interface ${name}\n ipv4 address ${address} 255.255.255.0\n!\n`;
    const router = `${port('GigabitEthernet0/0/0/1', '10.2.0.1')}${port('GigabitEthernet0/0/0/0', '10.1.0.1')}${port('MgmtEth0/RP0/CPU0/0', '10.9.0.1')}`;
    const lab = await load({
      '/lab/configs/x.cfg': `!! IOS XR Configuration 7.0.2\nhostname x\n${router}end\n`,
      '/lab/configs/R1.cfg': r('R1', '10.2.0.2'),
      '/lab/batfish/layer1_topology.json': JSON.stringify({
        edges: [
          {
            node1: { hostname: 'x', interfaceName: 'NIC3' },
            node2: { hostname: 'r1', interfaceName: 'GigabitEthernet0/1' },
          },
        ],
      }),
    });
    expect(lab.links.map(({ a }) => a.interface)).toEqual(['GigabitEthernet0/0/0/1']);
  });

  it.each<[string, Record<string, MemoryFile>, string]>([
    ['no configurations', { '/lab/configs/x/y': 'a' }, 'The folder holds no configurations.'],
    [
      'a link out of the lab',
      { '/lab/configs/r1.cfg': { link: '/secret.cfg' }, '/secret.cfg': 'a' },
      'symbolic link to a place outside',
    ],
    ['a link to nowhere', { '/lab/configs/r1.cfg': { link: '/nowhere.cfg' } }, 'The file cannot be read (ENOENT)'],
    [
      'two files for one device',
      { '/lab/configs/r1.cfg': 'a', '/lab/configs/r1.conf': 'a' },
      'has a second configuration',
    ],
    ['a name that is no file name', { '/lab/configs/r 1.cfg': 'a' }, 'is not a safe file name'],
    [
      'layer 1 that is no JSON',
      { '/lab/configs/r1.cfg': 'a', '/lab/batfish/layer1_topology.json': '{' },
      'Not valid JSON',
    ],
    [
      'layer 1 in another form',
      { '/lab/configs/r1.cfg': 'a', '/lab/batfish/layer1_topology.json': '{"edges":[{}]}' },
      "Not in Batfish's form at edges.0.node1",
    ],
  ])('refuses %s', async (_, files, message) => {
    expect((await problems(files))[0]).toContain(message);
  });
});

describe('a path that is no lab', () => {
  it.each<[string, Record<string, MemoryFile>, string, string]>([
    ['nothing there', {}, '/lab', 'There is no such lab.'],
    ['a folder of something else', { '/lab/readme.md': 'x' }, '/lab', 'The folder is not a lab'],
    [
      'two topologies',
      { '/lab/a.clab.yml': 'x', '/lab/b.clab.yml': 'x' },
      '/lab',
      'several topologies (a.clab.yml, b.clab.yml)',
    ],
    ['another file', { '/lab/readme.md': 'x' }, '/lab/readme.md', 'A lab is a folder or a containerlab topology file'],
    ['a pipe', { '/lab': { special: true } }, '/lab', 'This is a device, a pipe or a socket'],
  ])('says so for %s', async (_, files, path, message) => {
    expect((await problems(files, path))[0]).toContain(message);
  });
});
