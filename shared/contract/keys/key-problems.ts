import * as z from 'zod';

// What is wrong with an SSH key or its file, as ssh-keys/problem.ts finds it and the services: a code with its figures.
// The words are the screens' own.

const plainProblems = [
  // A passphrase.
  'needs-passphrase',
  'wrong-passphrase',
  'empty-passphrase',
  // Nothing that could be read.
  'missing',
  'forbidden',
  'link-loop',
  'link-leads-out',
  'unreadable',
  'folder',
  'pipe',
  'device',
  'socket-or-device',
  'file-grew',
  // No key.
  'no-key',
  'larger-than-any-key',
  'x509-certificate',
  'x509-request',
  'pgp-key',
  // A key, or something around it, that is of no use here.
  'certificate',
  'explicit-curve',
  'multi-prime-rsa',
  'ssh1-key',
  'ssh-com-key',
  'ppk-version-1',
  'ppk-version',
  'pem-kind',
  'binary-der',
  'binary-public',
  'dropbear-key',
  'signers-line',
  'known-hosts-line',
  'in-security-key',
  'type-of-no-use',
] as const;

/** Something of this name is not supported; null where the file has none that could be repeated. */
const namedProblems = [
  'type',
  'private-type',
  'kind',
  'curve',
  'cipher',
  'key-derivation',
  'pbkdf2-hash',
  'old-encryption',
] as const;

/** What a file asks of the computer before its passphrase is tried. */
const costProblems = [
  'bcrypt-rounds',
  'pbkdf2-iterations',
  'scrypt-memory',
  'scrypt-work',
  'argon2-memory',
  'argon2-passes',
  'argon2-lanes',
  'argon2-work',
] as const;

const plainWeaknesses = [
  'dsa',
  'rsa-exponent-invalid',
  'rsa-close-primes',
  'rsa-roca',
  'point-invalid',
  'point-not-canonical',
  'point-small-order',
] as const;

/** Where the private half of a key is public. */
const knownKeySources = [
  'vagrant',
  'kali-raspberry-pi',
  'piunora',
  'openssh-tests',
  'rfc-examples',
  'first-guesses',
  'debian-2008',
] as const;

const fileParts = [
  'file',
  'header',
  'first-line',
  'a-line',
  'named-line',
  'argon2-lines',
  'begin-line',
  'end-line',
  'end-of-file',
  'key',
  'public-part',
  'private-part',
  'encryption',
  'key-derivation',
  'encrypted-part',
  'encrypted-end',
  'authority-key',
  'authority-signature',
  'agent-answer',
] as const;

const damages = [
  // Of encodings.
  'ends-early',
  'length-beyond-end',
  'length-form',
  'negative-number',
  'empty-or-negative-number',
  'unexpected-value',
  'bits-not-bytes',
  'something-follows',
  'not-base64',
  'base64-breaks-off',
  // Of what stands around a key.
  'first-line-unclear',
  'last-line-missing',
  'line-without-name',
  'line-missing',
  'line-count',
  'no-number',
  'dek-info',
  'magic',
  'version',
  'no-keys',
  'no-type',
  'no-key-after-type',
  'type-mismatch',
  'no-curve',
  // Of an encryption.
  'iv-length',
  'not-whole-blocks',
  'padding',
  'no-iterations',
  'no-salt-or-rounds',
  'scrypt-figures',
  'argon2-figures',
  'key-length',
  'derivation-without-cipher',
  'mac-length',
  'mac',
  'tag',
  'check-numbers',
  // Of the key itself.
  'rsa-number-zero',
  'rsa-number-mismatch',
  'dsa-numbers',
  'ed25519-point-length',
  'ed25519-private-length',
  'curve-mismatch',
  'point-form',
  'point-off-curve',
  'private-number-off-curve',
  'other-private-key',
  'authority-signature',
] as const;

const figure = z.number().nonnegative();
const name = z.string().max(64).nullable();

export const keyProblemSchema = z.discriminatedUnion('code', [
  z.strictObject({ code: z.enum([...plainProblems, ...plainWeaknesses]) }),
  z.strictObject({ code: z.enum(namedProblems), name }),
  z.strictObject({
    code: z.literal('damaged'),
    what: z.enum(damages),
    part: z.enum(fileParts),
    /** Where in its part; null if there is no more to say. */
    unit: z.enum(['byte', 'own-byte', 'digit', 'end']).nullable(),
    at: figure.nullable(),
    /** Of a line. */
    name,
  }),
  z.strictObject({ code: z.enum(costProblems), asked: figure, most: figure }),
  z.strictObject({ code: z.literal('took-too-long'), seconds: figure }),
  z.strictObject({ code: z.literal('file-too-large'), bytes: figure, most: figure }),
  z.strictObject({ code: z.literal('too-many-keys'), most: figure }),
  z.strictObject({ code: z.literal('too-many-in-one'), found: figure, most: figure }),
  z.strictObject({ code: z.literal('rsa-beyond-limit'), bits: figure, most: figure }),
  z.strictObject({ code: z.literal('rsa-too-short'), bits: figure, fewest: figure, advised: figure }),
  z.strictObject({ code: z.literal('rsa-short'), bits: figure, advised: figure }),
  z.strictObject({ code: z.literal('rsa-too-long'), bits: figure, most: figure }),
  z.strictObject({ code: z.literal('rsa-exponent-small'), exponent: figure }),
  z.strictObject({ code: z.literal('rsa-exponent-large'), bits: figure }),
  z.strictObject({ code: z.literal('rsa-small-factor'), factor: figure }),
  z.strictObject({ code: z.literal('known-key'), source: z.enum(knownKeySources) }),
]);
export type KeyProblem = z.infer<typeof keyProblemSchema>;
