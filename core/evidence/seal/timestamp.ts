/**
 * Time stamps by an authority inside the perimeter (RFC 3161): the request, and the check of the answer. An answer is
 * CMS signed data (RFC 5652) over a TSTInfo; it is checked against certificates that the reader trusts.
 */
import { createHash, verify, X509Certificate } from 'node:crypto';
import { ASN1Obj } from '@sigstore/core';
import { concat } from './ssh-wire.ts';

/** The answer is not a time stamp of this data by an authority that is trusted; the message says why. */
export class TimestampError extends Error {}

const OID = {
  signedData: '1.2.840.113549.1.7.2',
  timestampInfo: '1.2.840.113549.1.9.16.1.4',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificate: '1.2.840.113549.1.9.16.2.12',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  sha256: '2.16.840.1.101.3.4.2.1',
  timestamping: '1.3.6.1.5.5.7.3.8',
} as const;

const DIGESTS: Readonly<Record<string, string>> = {
  [OID.sha256]: 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

/** RSA (PKCS #1 v1.5) and ECDSA, by itself or with the digest in its name. */
const SIGNATURES: ReadonlySet<string> = new Set([
  ...['1.2.840.113549.1.1.1', '1.2.840.113549.1.1.11', '1.2.840.113549.1.1.12', '1.2.840.113549.1.1.13'],
  ...['1.2.840.10045.4.3.2', '1.2.840.10045.4.3.3', '1.2.840.10045.4.3.4'],
]);

const SHA256_ALGORITHM = Buffer.from('300d06096086480165030402010500', 'hex');

const der = (tag: number, ...content: readonly Uint8Array[]): Uint8Array => {
  const body = concat(...content);
  if (body.length > 127) throw new RangeError('No part of a request is that long.');
  return concat(Uint8Array.of(tag, body.length), body);
};

/** The request for a stamp of this data (section 2.4.1); the nonce, 8 random bytes, ties the answer to it. */
export function timestampRequest(data: Uint8Array, nonce: Uint8Array): Uint8Array {
  const digest = new Uint8Array(createHash('sha256').update(data).digest());
  const version = der(0x02, Uint8Array.of(1));
  const imprint = der(0x30, SHA256_ALGORITHM, der(0x04, digest));
  // A leading zero keeps the integer positive; the first byte is made non-zero so that it is in its shortest form.
  const integer = der(0x02, concat(Uint8Array.of(0), Uint8Array.of((nonce[0] ?? 0) | 0x80), nonce.subarray(1)));
  const wantsCertificate = der(0x01, Uint8Array.of(0xff));
  return der(0x30, version, imprint, integer, wantsCertificate);
}

interface Stamp {
  readonly time: Date;
  readonly imprint: Uint8Array;
  readonly nonce: Uint8Array | null;
  readonly info: Uint8Array;
  readonly certificates: readonly X509Certificate[];
  readonly digest: string;
  readonly attributes: ReadonlyMap<string, ASN1Obj>;
  readonly signedAttributes: Uint8Array;
  readonly signature: Uint8Array;
  /** Issuer and serial number of the signer's certificate, in DER. */
  readonly signer: readonly string[];
}

function need<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new TimestampError(`The time stamp has no ${what}.`);
  return value;
}

function equals(found: string, wanted: string, what: string): void {
  if (found !== wanted) throw new TimestampError(`The time stamp's ${what} is ${found}, not ${wanted}.`);
}

const TAG = { integer: 0x02, octets: 0x04, sequence: 0x30, set: 0x31, context: 0xa0 } as const;

/** A part that must have this tag. */
function tagged(node: ASN1Obj | undefined, tag: keyof typeof TAG, what: string): ASN1Obj {
  const found = need(node, what);
  if (found.tag.toDER() !== TAG[tag]) throw new TimestampError(`The time stamp's ${what} has another type.`);
  return found;
}

const sequence = (node: ASN1Obj | undefined, what: string): readonly ASN1Obj[] => tagged(node, 'sequence', what).subs;
const octetsOf = (node: ASN1Obj | undefined, what: string): Uint8Array =>
  new Uint8Array(tagged(node, 'octets', what).value);

/** Takes an answer apart. Throws a TimestampError where it is not one that can be checked. */
function readStamp(response: Uint8Array): Stamp {
  let root: ASN1Obj;
  try {
    root = ASN1Obj.parseBuffer(Buffer.from(response));
  } catch {
    throw new TimestampError('The time stamp is not DER.');
  }
  if (Buffer.compare(root.toDER(), response) !== 0) throw new TimestampError('The time stamp is not DER.');
  try {
    return take(root);
  } catch (error) {
    if (error instanceof TimestampError) throw error;
    throw new TimestampError('The time stamp does not have the form of RFC 3161.');
  }
}

function take(root: ASN1Obj): Stamp {
  const [statusInfo, token, more] = sequence(root, 'answer');
  if (more) throw new TimestampError('The answer holds more than a time stamp.');
  const status = Number(need(sequence(statusInfo, 'status')[0], 'status').toInteger());
  if (status !== 0) throw new TimestampError(`The authority did not grant the time stamp: status ${status}.`);
  const [contentType, content] = sequence(token, 'token');
  equals(need(contentType, 'content type').toOID(), OID.signedData, 'content type');
  const parts = sequence(tagged(content, 'context', 'signed data').subs[0], 'signed data');
  const [version, algorithms, encapsulated, ...rest] = parts;
  equals(String(need(version, 'version').toInteger()), '3', 'version of signed data');
  const [innerType, inner] = sequence(encapsulated, 'content');
  equals(need(innerType, 'inner type').toOID(), OID.timestampInfo, 'inner type');
  const octets = tagged(tagged(inner, 'context', 'TSTInfo').subs[0], 'octets', 'TSTInfo');
  const info = takeInfo(octets.subs[0]);

  const embedded = rest.length === 2 ? tagged(rest[0], 'context', 'certificates').subs : [];
  const signers = tagged(rest.at(-1), 'set', 'signers').subs;
  if (signers.length !== 1) throw new TimestampError(`The time stamp has ${signers.length} signers, not one.`);
  const signer = sequence(signers[0], 'signer');
  const [signerVersion, issuerAndSerial, digestAlgorithm, attributeSet, signatureAlgorithm, signature, unsigned] =
    signer;
  equals(String(need(signerVersion, 'version').toInteger()), '1', 'version of its signer');
  const signatureId = need(sequence(signatureAlgorithm, 'signature algorithm')[0], 'signature algorithm').toOID();
  if (!SIGNATURES.has(signatureId)) throw new TimestampError(`The signature algorithm ${signatureId} is not accepted.`);
  if (unsigned) throw new TimestampError('The time stamp has unsigned parts.');
  const digestId = need(sequence(digestAlgorithm, 'digest algorithm')[0], 'digest algorithm').toOID();
  const listed = tagged(algorithms, 'set', 'digest algorithms').subs.map((one) =>
    sequence(one, 'algorithm')[0]?.toOID(),
  );
  if (!listed.includes(digestId)) throw new TimestampError('The time stamp does not list the digest that it uses.');
  const attributes = tagged(attributeSet, 'context', 'signed attributes');
  // What is signed is the set of attributes with the tag of a set (RFC 5652 section 5.4).
  const signedAttributes = new Uint8Array(attributes.toDER());
  signedAttributes[0] = TAG.set;
  return {
    ...info,
    certificates: embedded.map((one) => new X509Certificate(one.toDER())),
    digest: need(DIGESTS[digestId], `digest algorithm that is accepted (${digestId})`),
    attributes: new Map(
      attributes.subs.map((one) => {
        const [type, values] = sequence(one, 'attribute');
        return [need(type, 'attribute').toOID(), need(tagged(values, 'set', 'attribute').subs[0], 'attribute')];
      }),
    ),
    signedAttributes,
    signature: octetsOf(signature, 'signature'),
    signer: tagged(issuerAndSerial, 'sequence', 'name of its signer').subs.map((part) => part.toDER().toString('hex')),
  };
}

/** The TSTInfo: what was stamped, when, and for which request. */
function takeInfo(node: ASN1Obj | undefined): Pick<Stamp, 'time' | 'imprint' | 'nonce' | 'info'> {
  const [version, , imprint, , time, ...optional] = sequence(node, 'TSTInfo');
  equals(String(need(version, 'version').toInteger()), '1', 'version');
  const [algorithm, hash] = sequence(imprint, 'message imprint');
  equals(need(sequence(algorithm, 'hash algorithm')[0], 'hash algorithm').toOID(), OID.sha256, 'hash algorithm');
  const nonce = optional.find(({ tag }) => tag.toDER() === TAG.integer);
  return {
    time: need(time, 'time').toDate(),
    imprint: octetsOf(hash, 'message imprint'),
    nonce: nonce ? new Uint8Array(nonce.value) : null,
    info: new Uint8Array(need(node, 'TSTInfo').toDER()),
  };
}

const digestOf = (algorithm: string, bytes: Uint8Array): Buffer => createHash(algorithm).update(bytes).digest();

/** The certificate that the signed attributes name by its digest (RFC 5035, RFC 2634). */
function signerOf(stamp: Stamp): X509Certificate {
  const { attributes, certificates } = stamp;
  const second = attributes.get(OID.signingCertificateV2);
  const first = attributes.get(OID.signingCertificate);
  const id = sequence(sequence((second ?? first)?.subs[0], 'signing certificate')[0], 'signing certificate');
  const explicit = second && id[0]?.subs.length ? need(id[0].subs[0], 'digest').toOID() : OID.sha256;
  const algorithm = second ? need(DIGESTS[explicit], 'digest that is accepted') : 'sha1';
  const wanted = need(
    id.find(({ tag }) => tag.number === 0x04),
    'digest of the signing certificate',
  ).value;
  const found = certificates.find(({ raw }) => Buffer.compare(digestOf(algorithm, raw), wanted) === 0);
  const certificate = need(found, 'certificate of its signer');
  // RFC 5280 section 4.1: the certificate's version, where it is given, stands before the serial number.
  const fields = sequence(ASN1Obj.parseBuffer(certificate.raw).subs[0], 'certificate');
  const [serial, , issuer] = fields[0]?.tag.isContextSpecific(0x00) ? fields.slice(1) : fields;
  const own = [issuer, serial].map((part) => part?.toDER().toString('hex') ?? '');
  if (stamp.signer.length !== 2 || own.some((part, index) => part !== stamp.signer[index]))
    throw new TimestampError('The time stamp names another certificate than the one that signed it.');
  return certificate;
}

/** Throws when the answer is not a stamp of this data; says nothing about who signed it. */
function checkImprint(stamp: Stamp, data: Uint8Array): void {
  if (Buffer.compare(digestOf('sha256', data), stamp.imprint) !== 0)
    throw new TimestampError('The time stamp is of something else.');
}

function checkSignature(stamp: Stamp, signer: X509Certificate): void {
  const { attributes, digest, info, signedAttributes, signature } = stamp;
  equals(need(attributes.get(OID.contentType), 'content type').toOID(), OID.timestampInfo, 'signed content type');
  const stated = need(attributes.get(OID.messageDigest), 'message digest').value;
  if (Buffer.compare(digestOf(digest, info), stated) !== 0)
    throw new TimestampError('The time stamp was altered: its digest does not fit.');
  if (!verify(digest, signedAttributes, signer.publicKey, signature))
    throw new TimestampError('The time stamp was altered: its signature does not fit.');
}

const MOST_LINKS = 5;

/** A chain from the signer to a certificate that the reader trusts, every link valid at the time of the stamp. */
function checkChain(signer: X509Certificate, stamp: Stamp, trusted: readonly X509Certificate[]): void {
  if (!signer.keyUsage?.includes(OID.timestamping))
    throw new TimestampError('The certificate that signed the time stamp is not for time stamping.');
  let at = signer;
  for (let links = 0; links < MOST_LINKS; links += 1) {
    if (stamp.time < at.validFromDate || stamp.time > at.validToDate)
      throw new TimestampError(`The certificate of ${nameOf(at)} was not valid at the time of the stamp.`);
    const own = at;
    if (trusted.some(({ raw }) => Buffer.compare(raw, own.raw) === 0)) return;
    const issues = (issuer: X509Certificate): boolean =>
      issuer.ca && own.checkIssued(issuer) && own.verify(issuer.publicKey);
    const root = trusted.find(issues);
    const next = root ?? stamp.certificates.find((other) => other !== own && issues(other));
    if (!next) break;
    at = next;
  }
  throw new TimestampError(`The time stamp was made by ${nameOf(signer)}, which no trusted certificate vouches for.`);
}

const nameOf = ({ subject }: X509Certificate): string => subject.replace(/\s*\n\s*/g, ', ');

/** The certificates in a PEM file. Throws a TimestampError. */
function readCertificates(pem: string): readonly X509Certificate[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
  try {
    return blocks.map((block) => new X509Certificate(block));
  } catch {
    throw new TimestampError('The certificates of the time-stamping authorities cannot be read.');
  }
}

export interface VerifiedTimestamp {
  readonly time: Date;
  /** Subject of the certificate that signed. */
  readonly authority: string;
}

/** Checks a stamp against the data and against trusted certificates (PEM). Throws a TimestampError. */
export function verifyTimestamp(response: Uint8Array, data: Uint8Array, trustedPem: string): VerifiedTimestamp {
  const stamp = readStamp(response);
  checkImprint(stamp, data);
  const signer = signerOf(stamp);
  checkSignature(stamp, signer);
  checkChain(signer, stamp, readCertificates(trustedPem));
  return { time: stamp.time, authority: nameOf(signer) };
}

/**
 * Checks an answer as far as is possible without trusting anybody: it is of this data, signed by the certificate that it
 * carries, and, where the nonce of the request is given, an answer to that. Throws a TimestampError.
 */
export function checkTimestamp(response: Uint8Array, data: Uint8Array, request?: Uint8Array): VerifiedTimestamp {
  const stamp = readStamp(response);
  checkImprint(stamp, data);
  const signer = signerOf(stamp);
  checkSignature(stamp, signer);
  if (request) {
    const asked = ASN1Obj.parseBuffer(Buffer.from(request)).subs[2]?.value;
    if (!asked || !stamp.nonce || Buffer.compare(asked, stamp.nonce) !== 0)
      throw new TimestampError('The time stamp does not answer this request.');
  }
  return { time: stamp.time, authority: nameOf(signer) };
}
