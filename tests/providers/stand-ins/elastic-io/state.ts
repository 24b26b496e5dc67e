import { randomBytes } from 'node:crypto';

export interface ElasticIoKey {
  readonly id: string;
  readonly key: string;
  readonly title: string;
  /** MD5, as the documentation shows it. */
  readonly fingerprint: string;
}

export interface ElasticIoPerson {
  readonly id: string;
  readonly password: string;
  firstName: string;
  lastName: string;
  email: string;
  /** The one key of this person. */
  apiKey: string;
  readonly registered: Date;
  keys: ElasticIoKey[];
}

/** Ids as in the documentation: those of MongoDB, which begin with the second of their making. */
export function makeId(): string {
  const seconds = Math.floor(Date.now() / 1_000);
  return seconds.toString(16).padStart(8, '0') + randomBytes(8).toString('hex');
}

export function makeApiKey(): string {
  return randomBytes(16).toString('hex');
}
