import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runProcess } from './run-process.ts';

/** Debian and Ubuntu packages that suites need, each with the file whose presence shows that it is installed. */
export const systemPackages: readonly {
  readonly name: string;
  readonly files: readonly string[];
  readonly why: string;
}[] = [
  { name: 'chromium', files: ['chromium', 'chromium-browser', 'google-chrome'], why: 'shows VS Code' },
  { name: 'frr', files: ['/usr/lib/frr/bgpd'], why: 'the twin that runs real routing daemons' },
  { name: 'frr-pythontools', files: ['/usr/lib/frr/frr-reload.py'], why: 'applies a change to a running daemon' },
  { name: 'iproute2', files: ['ip'], why: "the twin's namespaces and links" },
  { name: 'iputils-ping', files: ['ping'], why: 'probes of the twin' },
  { name: 'traceroute', files: ['traceroute'], why: 'probes of the twin' },
  { name: 'poppler-utils', files: ['pdftotext'], why: 'reads the report as text' },
  { name: 'qpdf', files: ['qpdf'], why: "checks the report's structure" },
  { name: 'openssh-client', files: ['ssh-keygen'], why: 'verifies the signature with a program that is not ours' },
  { name: 'openssh-server', files: ['sshd'], why: 'a real device to push to, in front of FRR' },
  { name: 'openssl', files: ['openssl'], why: 'verifies keys and time stamps with a program that is not ours' },
];

const systemFolders = [...(process.env.PATH ?? '').split(':'), '/usr/local/sbin', '/usr/sbin', '/sbin'];

/** The path of a command; null when there is none. Administrators' folders are searched whoever asks. */
export function findCommand(name: string): string | null {
  if (name.startsWith('/')) return existsSync(name) ? name : null;
  for (const folder of systemFolders) if (folder !== '' && existsSync(join(folder, name))) return join(folder, name);
  return null;
}

/** Names of the packages that are not installed. */
export function missingSystemPackages(): readonly string[] {
  return systemPackages
    .filter(({ files }) => files.every((file) => findCommand(file) === null))
    .map(({ name }) => name);
}

/**
 * Installs the system packages that are missing, where that is possible without asking anybody: as root, or with a
 * sudo that needs no password, on a system with apt. Says in one line what it did or why it could not.
 */
export async function installSystemPackages(logs: string): Promise<string | null> {
  const missing = missingSystemPackages();
  if (missing.length === 0) return null;
  const list = missing.join(', ');
  if (findCommand('apt-get') === null) return `Not installed, because this system has no apt-get: ${list}.`;

  const isRoot = process.getuid?.() === 0;
  if (!isRoot) {
    const sudo =
      findCommand('sudo') !== null &&
      (
        await runProcess({
          command: 'sudo',
          arguments: ['-n', 'true'],
          limit: 10_000,
          log: join(logs, 'sudo.log'),
          show: false,
        })
      ).code === 0;
    if (!sudo)
      return `Not installed, because that needs root or sudo: ${list}. To install: apt-get install ${missing.join(' ')}`;
  }
  const apt = (name: string, aptArguments: readonly string[], limit: number) => {
    const command = [
      'env',
      'DEBIAN_FRONTEND=noninteractive',
      'apt-get',
      '-q',
      '-y',
      '-o',
      'DPkg::Lock::Timeout=180',
      ...aptArguments,
    ];
    const [program, ...rest] = isRoot ? command : ['sudo', '-n', ...command];
    return runProcess({ command: program!, arguments: rest, limit, log: join(logs, `${name}.log`), show: false });
  };

  console.log(`Installing system packages: ${list} ...`);
  const start = performance.now();
  const update = await apt('apt-update', ['update'], 180_000);
  const install = await apt('apt-install', ['install', '--no-install-recommends', ...missing], 600_000);
  if (install.code === 0)
    return `Installed system packages in ${((performance.now() - start) / 1000).toFixed(1)} s: ${list}.`;
  const lastLines = (install.output.trim() || update.output.trim()).split('\n').slice(-3).join('\n  ');
  return `System packages could not be installed: ${list}. ${install.problem ?? ''} apt-get said:\n  ${lastLines}`;
}
