/** The one place of the promotion that starts a process: the system's own OpenSSH client. */
import { execa } from 'execa';

export interface SshTarget {
  /** A literal address that the air gap let pass. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** A known_hosts file that holds the device's keys and nothing else. */
  readonly knownHosts: string;
  /** The private key to authenticate with. */
  readonly identity: string;
}

export interface SshOutcome {
  /** The remote command's status; null when the connection failed or died. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** ssh's own status for a connection that failed; a remote command may not use it for itself. */
const CONNECTION_FAILED = 255;

/**
 * Runs one remote command. Nothing is read from the user's ssh configuration, no other key is offered, an unknown host
 * key is refused, and nothing is forwarded.
 */
export async function ssh(
  target: SshTarget,
  command: string,
  options: { readonly input?: string; readonly timeoutMs: number; readonly signal?: AbortSignal },
): Promise<SshOutcome> {
  const settings = {
    BatchMode: 'yes',
    StrictHostKeyChecking: 'yes',
    UserKnownHostsFile: target.knownHosts,
    GlobalKnownHostsFile: '/dev/null',
    UpdateHostKeys: 'no',
    IdentitiesOnly: 'yes',
    IdentityAgent: 'none',
    PreferredAuthentications: 'publickey',
    ClearAllForwardings: 'yes',
    ConnectTimeout: '10',
    ServerAliveInterval: '3',
    ServerAliveCountMax: '3',
  };
  const result = await execa(
    'ssh',
    [
      ...['-F', '/dev/null', '-T', '-p', String(target.port), '-l', target.user, '-i', target.identity],
      ...Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]),
      ...['--', target.host, command],
    ],
    {
      input: options.input ?? '',
      reject: false,
      timeout: options.timeoutMs,
      stripFinalNewline: false,
      maxBuffer: 64 * 1024 * 1024,
      ...(options.signal && { cancelSignal: options.signal }),
    },
  );
  const lost = result.exitCode === undefined || result.exitCode === CONNECTION_FAILED || result.timedOut;
  return { status: lost ? null : (result.exitCode ?? null), stdout: result.stdout, stderr: result.stderr };
}
