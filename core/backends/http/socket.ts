import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Destination } from '../../airgap/address.ts';

/** Why a call gave no answer that can be used; `message` is a sentence for people. */
export class CallFailed extends Error {
  override readonly name = 'CallFailed';
}

export interface CallOptions {
  /** Milliseconds for the whole call. */
  readonly limit: number;
  /** Bytes of an answer that are read at most. */
  readonly mostBytes: number;
  readonly signal?: AbortSignal;
}

/**
 * Posts JSON to a destination that the air gap let pass, and gives the parsed answer. Redirects are not followed: they
 * are addresses of their own. Rejects with `CallFailed`, or with the signal's reason.
 */
export function postJson(
  destination: Destination,
  path: string,
  body: unknown,
  options: CallOptions,
): Promise<unknown> {
  const { limit, mostBytes, signal } = options;
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    const text = JSON.stringify(body);
    const fail = (what: string): void => reject(new CallFailed(`${path}: ${what}`));
    const target =
      destination.kind === 'unix'
        ? { socketPath: destination.socket, host: 'localhost' }
        : { host: destination.host, port: destination.port, servername: destination.name };
    const send = destination.kind === 'tcp' && destination.tls ? httpsRequest : httpRequest;
    const call = send({
      ...target,
      method: 'POST',
      path,
      agent: false,
      headers: {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(text),
        accept: 'application/json',
        ...(destination.kind === 'tcp' && { host: `${destination.name}:${destination.port}` }),
      },
    });
    const timer = setTimeout(() => {
      fail(`there was no complete answer within ${Math.round(limit / 1000)} s.`);
      call.destroy();
    }, limit);
    const cancel = (): void => {
      reject(signal?.reason);
      call.destroy();
    };
    signal?.addEventListener('abort', cancel, { once: true });
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', cancel);
    };
    call.on('close', end);
    call.on('error', (error) => fail(`the call failed: ${error.message}.`));
    call.on('response', (response) => {
      read(response, mostBytes).then(
        (answer) => {
          if (response.statusCode !== 200) {
            fail(`the answer is ${response.statusCode} ${response.statusMessage ?? ''}`.trim().concat('.'));
            return;
          }
          try {
            resolve(JSON.parse(answer));
          } catch {
            fail('the answer is not JSON.');
          }
        },
        (error: Error) => {
          fail(error.message);
          call.destroy();
        },
      );
    });
    call.end(text);
  });
}

async function read(response: IncomingMessage, mostBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > mostBytes) break;
      chunks.push(chunk);
    }
  } catch {
    throw new Error('the connection ended in the middle of the answer.');
  }
  if (size > mostBytes) throw new Error(`the answer is larger than ${mostBytes} bytes.`);
  if (!response.complete) throw new Error('the connection ended in the middle of the answer.');
  return Buffer.concat(chunks).toString('utf8');
}
