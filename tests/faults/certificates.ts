import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

export interface Certificate {
  /** Both PEM. */
  readonly key: string;
  readonly cert: string;
}

export interface Certificates {
  /** The authority that signed all but `selfSigned`; PEM. */
  readonly authority: string;
  readonly good: Certificate;
  readonly expired: Certificate;
  readonly otherHost: Certificate;
  readonly selfSigned: Certificate;
}

const day = 86_400_000;

/** Real certificates, judged by the real TLS underneath; made here so that the tests need no other program. */
export function makeCertificates(): Certificates {
  const authority = makeParty('Test authority');
  const loopback = subjectAltName(der(0x87, Buffer.from([127, 0, 0, 1])));
  const elsewhere = subjectAltName(der(0x82, Buffer.from('other.example')));
  const issue = (extension: Buffer, days = 2, issuer = authority): Certificate => {
    const subject = issuer === authority ? makeParty('Test server') : issuer;
    return { key: exportKey(subject.privateKey), cert: certify(subject, issuer, extension, days) };
  };
  return {
    authority: certify(authority, authority, basicConstraintsOfAuthority, 2),
    good: issue(loopback),
    expired: issue(loopback, -1),
    otherHost: issue(elsewhere),
    selfSigned: issue(loopback, 2, makeParty('Test server')),
  };
}

interface Party {
  readonly name: Buffer;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

function makeParty(name: string): Party {
  const commonName = der(0x30, oid('550403'), der(0x0c, Buffer.from(name)));
  return { name: der(0x30, der(0x31, commonName)), ...generateKeyPairSync('ec', { namedCurve: 'P-256' }) };
}

/** An X.509 v3 certificate (RFC 5280, section 4.1) that ends `days` from now. */
function certify(subject: Party, issuer: Party, extension: Buffer, days: number): string {
  const ecdsaWithSha256 = der(0x30, oid('2a8648ce3d040302'));
  const version3 = der(0xa0, der(0x02, Buffer.from([2])));
  const serial = der(0x02, Buffer.from([1]), randomBytes(8));
  const validity = der(0x30, time(Date.now() - 3 * day), time(Date.now() + days * day));
  const publicKey = subject.publicKey.export({ type: 'spki', format: 'der' });
  const body = der(
    0x30,
    version3,
    serial,
    ecdsaWithSha256,
    issuer.name,
    validity,
    subject.name,
    publicKey,
    der(0xa3, der(0x30, extension)),
  );
  const signature = der(0x03, Buffer.from([0]), sign('sha256', body, issuer.privateKey));
  return toPem(der(0x30, body, ecdsaWithSha256, signature));
}

const basicConstraintsOfAuthority = der(
  0x30,
  oid('551d13'),
  der(0x01, Buffer.from([0xff])),
  der(0x04, der(0x30, der(0x01, Buffer.from([0xff])))),
);

function subjectAltName(name: Buffer): Buffer {
  return der(0x30, oid('551d11'), der(0x04, der(0x30, name)));
}

/** GeneralizedTime in UTC. */
function time(at: number): Buffer {
  return der(
    0x18,
    Buffer.from(
      `${new Date(at)
        .toISOString()
        .replace(/[-:T]|\.\d+/g, '')
        .slice(0, 14)}Z`,
    ),
  );
}

function oid(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, 'hex'));
}

/** Tag, length, content (X.690, section 8.1). */
function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function exportKey(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function toPem(bytes: Buffer): string {
  return `-----BEGIN CERTIFICATE-----\n${bytes.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`;
}
