/** Asks a time-stamping authority inside the perimeter for a stamp (RFC 3161 section 3.4, over HTTP). */
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { type AirGap, CLOSED, decideAddress } from '../airgap/address.ts';
import { checkTimestamp, TimestampError, timestampRequest } from './seal/timestamp.ts';

export interface TimestampOptions {
  /** `http://127.0.0.1:3180/tsa` or `unix:/run/tsa.sock`; what the air gap does not let pass is not called. */
  readonly address: string;
  readonly airGap?: AirGap;
  /** 8 random bytes. */
  readonly nonce: Uint8Array;
  readonly signal?: AbortSignal;
  /** Milliseconds until the authority is given up; 10 s when absent. */
  readonly timeoutMs?: number;
}

/** An answer is a few kilobytes. */
const MOST_BYTES = 64 * 1024;

/** The authority's answer over the data, checked as far as its own certificate goes. Throws a TimestampError. */
export async function requestTimestamp(data: Uint8Array, options: TimestampOptions): Promise<Uint8Array> {
  const decision = decideAddress(options.address, options.airGap ?? CLOSED);
  if (!decision.allowed) throw new TimestampError(`The time-stamping authority is not called. ${decision.reason}`);
  const { destination } = decision;
  const query = timestampRequest(data, options.nonce);
  const timeout = AbortSignal.timeout(options.timeoutMs ?? 10_000);
  const signal = options.signal ? AbortSignal.any([options.signal, timeout]) : timeout;
  const answer = await new Promise<Uint8Array>((settle, fail) => {
    const send = destination.kind === 'tcp' && destination.tls ? httpsRequest : httpRequest;
    const call = send(
      {
        method: 'POST',
        path: destination.path,
        ...(destination.kind === 'tcp'
          ? { host: destination.host, port: destination.port }
          : { socketPath: destination.socket }),
        headers: { 'content-type': 'application/timestamp-query', 'content-length': query.length },
        agent: false,
        signal,
      },
      (response) => {
        const parts: Buffer[] = [];
        let length = 0;
        response.on('data', (part: Buffer) => {
          length += part.length;
          parts.push(part);
          if (length > MOST_BYTES) response.destroy(new TimestampError('The answer of the authority is too long.'));
        });
        response.on('error', fail);
        response.on('end', () => {
          // A redirect would be another address, and nobody decided about that one.
          if (response.statusCode !== 200)
            fail(new TimestampError(`The time-stamping authority answered with HTTP status ${response.statusCode}.`));
          else settle(new Uint8Array(Buffer.concat(parts)));
        });
      },
    );
    call.on('error', (error) =>
      fail(
        options.signal?.aborted
          ? options.signal.reason
          : error instanceof TimestampError
            ? error
            : new TimestampError(
                timeout.aborted
                  ? 'The time-stamping authority did not answer in time.'
                  : `The time-stamping authority cannot be reached: ${error.message}`,
              ),
      ),
    );
    call.end(query);
  });
  checkTimestamp(answer, data, query);
  return answer;
}
