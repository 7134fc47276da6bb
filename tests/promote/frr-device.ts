/**
 * A device to push to: real FRR daemons in namespaces of their own, with a BGP neighbour, behind a real OpenSSH server on
 * loopback. Everything dies with the process that started it. Needs root, FRR, iproute2 and OpenSSH's server.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Why no such device can run here; null when one can. */
export function deviceObstacle(): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'this needs root on Linux';
  for (const [file, name] of [
    ['/usr/lib/frr/bgpd', 'FRR'],
    ['/usr/lib/frr/frr-reload.py', 'frr-pythontools'],
    ['/usr/sbin/sshd', 'the OpenSSH server'],
  ] as const)
    if (!existsSync(file)) return `${name} is not installed`;
  return null;
}

/** Runs as the first process of the device's namespaces; $1 is the folder with the files below. */
const INIT = `
set -e
mount --make-rprivate /
mount -t tmpfs t /run
mkdir -p /run/netns /run/frr/peer /run/sshd
mount -t tmpfs t /etc/frr
mkdir -p /etc/frr/peer
mount -t tmpfs t /var/tmp
mount -t tmpfs t /var/log
sed 's/^frr:.*/frr:x:0:0::\\/:\\/bin\\/sh/' /etc/passwd > /run/passwd
sed -e 's/^frr:.*/frr:x:0:/' -e 's/^frrvty:.*/frrvty:x:0:frr/' /etc/group > /run/group
mount --bind /run/passwd /etc/passwd
mount --bind /run/group /etc/group
ip netns add device
ip netns add peer
ip link add eth1 netns device type veth peer name eth1 netns peer
for n in device peer; do ip -n $n link set lo up; ip -n $n link set eth1 up; done
cp "$1/device.conf" /etc/frr/frr.conf
cp "$1/peer.conf" /etc/frr/peer/frr.conf
echo 'service integrated-vtysh-config' > /etc/frr/vtysh.conf
cp /etc/frr/vtysh.conf /etc/frr/peer/vtysh.conf
start() {
  name=$1; shift
  for d in zebra bgpd staticd; do
    nsenter --net=/run/netns/$name unshare -u sh -c "hostname $name; exec /usr/lib/frr/$d -d -P 0 --log file:/var/log/$name-$d.log $*"
  done
}
start device
start peer -N peer
vtysh -b
vtysh -N peer -b
/usr/sbin/sshd -D -e -f "$1/sshd_config" 2> "$1/sshd.log" &
touch "$1/ready"
wait
`;

export interface FrrDevice {
  readonly folder: string;
  readonly port: number;
  /** Private key that logs in as root. */
  readonly identity: string;
  /** Host key as known_hosts has it. */
  readonly hostKey: string;
  /** Runs a command on the device, past the SSH server. */
  readonly inside: (command: string) => string;
  readonly runningConfig: () => string;
  readonly stop: () => Promise<void>;
}

const until = async (holds: () => boolean, what: string, limit = 60_000): Promise<void> => {
  const end = performance.now() + limit;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`Not so after ${limit} ms: ${what}.`);
    await new Promise((settle) => setTimeout(settle, 50));
  }
};

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Starts the device and its neighbour with these configurations, and waits until their session is up. */
export async function startFrrDevice(device: string, peer: string): Promise<FrrDevice> {
  const folder = await mkdtemp(join(tmpdir(), 'aegis-device-'));
  const port = await freePort();
  for (const name of ['host_key', 'user_key'])
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', join(folder, name)]);
  await writeFile(join(folder, 'authorized_keys'), await readFile(join(folder, 'user_key.pub')));
  await writeFile(join(folder, 'device.conf'), device);
  await writeFile(join(folder, 'peer.conf'), peer);
  await writeFile(
    join(folder, 'sshd_config'),
    [
      ...[`Port ${port}`, 'ListenAddress 127.0.0.1', `HostKey ${folder}/host_key`, 'PidFile none', 'UsePAM no'],
      ...[`AuthorizedKeysFile ${folder}/authorized_keys`, 'StrictModes no', 'PermitRootLogin prohibit-password'],
      ...['PasswordAuthentication no', 'KbdInteractiveAuthentication no', 'LogLevel VERBOSE', ''],
    ].join('\n'),
  );
  await writeFile(join(folder, 'init.sh'), INIT);
  await chmod(folder, 0o755);
  const init = spawn(
    'setpriv',
    ['--pdeathsig', 'KILL', 'unshare', '-mpf', '--kill-child', '--mount-proc', 'sh', join(folder, 'init.sh'), folder],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` } },
  );
  const said: string[] = [];
  for (const stream of [init.stdout, init.stderr]) stream?.on('data', (part: Buffer) => said.push(part.toString()));
  let ended = false;
  init.on('exit', () => {
    ended = true;
  });
  await until(() => ended || existsSync(join(folder, 'ready')), 'the device is ready');
  if (ended) throw new Error(`The device did not start: ${said.join('').slice(-2000)}`);
  const child = childOf(init);
  const inside = (command: string): string =>
    execFileSync('nsenter', ['-t', String(child), '-m', '-p', 'sh', '-c', command], { encoding: 'utf8' });
  const [type = '', key = ''] = (await readFile(join(folder, 'host_key.pub'), 'utf8')).split(' ');
  const result: FrrDevice = {
    folder,
    port,
    identity: join(folder, 'user_key'),
    hostKey: `${type} ${key}`,
    inside,
    runningConfig: () => inside("vtysh -c 'show running-config'"),
    stop: async () => {
      if (!ended) {
        init.kill('SIGKILL');
        await once(init, 'exit');
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
  await until(() => inside("vtysh -c 'show bgp summary json'").includes('"Established"'), 'the session is up');
  return result;
}

/** The first process inside the namespaces, as this namespace counts it. */
function childOf({ pid }: ChildProcess): number {
  // setpriv and unshare replace themselves; the one child is the shell.
  return Number(execFileSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' }).trim());
}

/** A link that can die: a relay on loopback in front of a port. */
export interface Link {
  readonly port: number;
  /** Cuts every connection, and lets none through any more. */
  readonly cut: () => void;
  readonly restore: () => void;
  readonly close: () => Promise<void>;
}

export async function linkTo(port: number): Promise<Link> {
  const open = new Set<Socket>();
  let dead = false;
  const server: Server = createServer((client) => {
    if (dead) {
      client.destroy();
      return;
    }
    const device = connect(port, '127.0.0.1');
    for (const [from, to] of [
      [client, device],
      [device, client],
    ] as const) {
      open.add(from);
      from.pipe(to);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        open.delete(from);
        to.destroy();
      });
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = (): void => {
    dead = true;
    for (const socket of open) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    restore: () => {
      dead = false;
    },
    close: async () => {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}

export { until };
