/* The control sockets of FRR's daemons, in the protocol that vtysh speaks to them. */
import { createConnection, type Socket } from 'node:net';

/** What a daemon answered: its text, and the code of FRR's lib/command.h (0 = CMD_SUCCESS). */
export interface VtyAnswer {
  readonly code: number;
  readonly text: string;
}

/** A connection to one daemon. Queries are carried out one after the other. */
export interface Vty {
  readonly query: (command: string) => Promise<VtyAnswer>;
  readonly close: () => void;
}

/** An answer that takes longer is that of a daemon which hangs. */
const LONGEST_ANSWER_MS = 60_000;

/**
 * Connects to a daemon's socket (lib/vty.c vtysh_accept): a command is a text that ends in a zero byte; its answer ends
 * in three zero bytes and the return code. Rejects when nobody listens; a query rejects when the daemon goes away.
 */
export async function connectVty(path: string): Promise<Vty> {
  const socket = await connected(path);
  let chunks: Buffer[] = [];
  let waiting: { readonly resolve: (answer: VtyAnswer) => void; readonly reject: (error: Error) => void } | undefined;
  let gone: Error | undefined;
  let turn: Promise<unknown> = Promise.resolve();

  socket.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    const last = chunk.length >= 4 ? chunk : Buffer.concat(chunks);
    if (last.length < 4 || last.readUIntBE(last.length - 4, 3) !== 0) return;
    const whole = Buffer.concat(chunks);
    chunks = [];
    const answer = { code: whole[whole.length - 1] as number, text: whole.toString('utf8', 0, whole.length - 4) };
    const listener = waiting;
    waiting = undefined;
    listener?.resolve(answer);
  });
  const lost = (error: Error): void => {
    gone ??= error;
    waiting?.reject(gone);
    waiting = undefined;
  };
  socket.on('error', lost);
  socket.on('close', () => lost(new Error('The daemon closed its control socket.')));

  const ask = (command: string): Promise<VtyAnswer> =>
    new Promise((resolve, reject) => {
      if (gone) {
        reject(gone);
        return;
      }
      const late = setTimeout(() => lost(new Error(`There is no answer to "${command}".`)), LONGEST_ANSWER_MS);
      waiting = {
        resolve: (answer) => {
          clearTimeout(late);
          resolve(answer);
        },
        reject: (error) => {
          clearTimeout(late);
          reject(error);
        },
      };
      socket.write(`${command}\0`);
    });
  const query = (command: string): Promise<VtyAnswer> => {
    const answer = turn.then(() => ask(command));
    turn = answer.catch(() => undefined);
    return answer;
  };
  await query('enable');
  return { query, close: () => void socket.destroy() };
}

function connected(path: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = createConnection({ path });
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.removeListener('error', reject);
      resolve(socket);
    });
  });
}
