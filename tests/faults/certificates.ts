import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

export interface Certificates {
  /** The authority that signed all but `selfSigned`. */
  readonly authority: string;
  readonly good: Certificate;
  readonly expired: Certificate;
  readonly otherHost: Certificate;
  readonly selfSigned: Certificate;
}

const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
const here = 'subjectAltName=IP:127.0.0.1';

/** Real certificates, made by openssl in a folder that is gone afterwards. */
export function makeCertificates(): Certificates {
  const folder = mkdtempSync(join(tmpdir(), 'profile-desk-certificates-'));
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  const pair = (name: string): Certificate => ({ key: read(`${name}.key`), cert: read(`${name}.crt`) });

  function makeOwn(name: string, extension: string): Certificate {
    openssl('req', '-x509', ...newKey, '-keyout', `${name}.key`, '-out', `${name}.crt`, '-days', '2', '-subj', `/CN=${name}`, '-addext', extension);
    return pair(name);
  }

  function makeSigned(name: string, extension: string, days: string): Certificate {
    openssl('req', '-new', ...newKey, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`, '-addext', extension);
    const signer = ['-CA', 'authority.crt', '-CAkey', 'authority.key', '-CAcreateserial', '-copy_extensions', 'copy'];
    openssl('x509', '-req', '-in', `${name}.csr`, ...signer, '-days', days, '-out', `${name}.crt`);
    return pair(name);
  }

  try {
    const authority = makeOwn('authority', 'keyUsage=critical,keyCertSign').cert;
    return {
      authority,
      good: makeSigned('good', here, '2'),
      expired: makeSigned('expired', here, '-1'),
      otherHost: makeSigned('other-host', 'subjectAltName=DNS:other.example', '2'),
      selfSigned: makeOwn('self-signed', here),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
