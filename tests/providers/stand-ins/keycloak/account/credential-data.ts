import type { StoredCredential } from '../realm-state.ts';

const allCodes = 12;
/** Fewer are worth a warning. */
const fewCodes = 4;

/** As a list tells of one; `credentialData` is a text of JSON. */
export function describeCredential(credential: StoredCredential) {
  const { id, type, userLabel, createdDate, secret } = credential;
  return {
    ...describeBeside(credential),
    credential: {
      ...{ id, type },
      ...(userLabel !== undefined && { userLabel }),
      createdDate,
      credentialData: JSON.stringify(makeData(type, secret)),
    },
  };
}

function describeBeside({ type, secret }: StoredCredential) {
  if (type === 'webauthn-passwordless')
    return { infoProperties: [{ key: 'webauthn-transports', parameters: ['internal'] }] };
  if (type !== 'recovery-authn-codes') return {};
  const left = countCodes(secret);
  const used = `${String(allCodes - left)}/${String(allCodes)}`;
  return {
    infoMessage: { key: 'recovery-codes-number-used', parameters: [used] },
    ...(left < fewCodes && {
      warningMessageTitle: { key: 'recovery-codes-number-remaining', parameters: [String(left)] },
      warningMessageDescription: { key: 'recovery-codes-generate-new-codes' },
    }),
  };
}

function makeData(type: StoredCredential['type'], secret: string): Readonly<Record<string, unknown>> {
  switch (type) {
    case 'password': {
      const parameters = { hashLength: ['32'], memory: ['7168'], type: ['id'], version: ['1.3'], parallelism: ['1'] };
      return { hashIterations: 5, algorithm: 'argon2', additionalParameters: parameters };
    }
    case 'otp':
      return { subType: 'totp', digits: 6, counter: 0, period: 30, algorithm: 'HmacSHA1' };
    case 'recovery-authn-codes':
      return { algorithm: 'SHA-512', totalCodes: allCodes, remainingCodes: countCodes(secret) };
    case 'webauthn-passwordless':
      return {
        aaguid: '00000000-0000-0000-0000-000000000000',
        ...{ credentialId: 'AA==', counter: 1, credentialPublicKey: 'AA' },
        ...{ attestationStatementFormat: 'none', transports: ['internal'] },
      };
  }
}

function countCodes(secret: string): number {
  return secret === '' ? 0 : secret.split(',').length;
}
