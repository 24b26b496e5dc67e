import * as z from 'zod';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { HttpClient } from '../../http/http-client.ts';

// In the place of words a realm may give the key of a text (`${department}`). Its account console looks them up in a
// list that is told to anybody: its own texts, and those that the administrator made for the realm.

const messagesSchema = z.array(z.object({ key: z.string().max(1_000), value: z.string().max(10_000) })).max(50_000);

/** Key → text. */
type Messages = ReadonlyMap<string, string>;

/** Bytes: Keycloak's own are 60,000. */
const largestList = 5_000_000;
/** The app's language: a realm without it answers in its own. */
const language = 'en';

const ofKey = /^\$\{(.*)\}$/s;

export function isKey(text: unknown): text is string {
  return typeof text === 'string' && ofKey.test(text);
}

export interface RealmMessages {
  /**
   * The same with words in the place of keys, in lists and in the values of objects, as far as the realm has them; it
   * is asked only where there is a key.
   */
  spell<T>(value: T): Promise<T>;
  /** All whose key begins so, by the rest of it. Empty where the realm tells none. */
  under(prefix: string): Promise<Readonly<Record<string, string>>>;
}

/** Read once for each account that is opened. Without them everything stays readable: nobody is told that they lack. */
export function createRealmMessages(http: HttpClient, issuer: string): RealmMessages {
  let reading: Promise<Messages> | undefined;

  function read(): Promise<Messages> {
    reading ??= readMessages(http, issuer).catch((error: unknown) => {
      if (!(error instanceof AppError)) throw error;
      // What is not there now will not come; anything else may.
      if (error.code !== 'not-offered') reading = undefined;

      return new Map();
    });
    return reading;
  }

  return {
    spell: async (value) => (hasKey(value) ? replaceIn(value, await read()) : value),
    async under(prefix) {
      const found = [...(await read())].filter(([key]) => key.startsWith(prefix));
      return Object.fromEntries(found.map(([key, text]) => [key.slice(prefix.length), text]));
    },
  };
}

async function readMessages(http: HttpClient, issuer: string): Promise<Messages> {
  const [, base, realm] = /^(.*)\/realms\/([^/]+)$/.exec(issuer) ?? [];
  if (base === undefined || realm === undefined) return new Map();
  const url = `${base}/resources/${realm}/account/${language}`;
  const { body } = await http.send({ method: 'GET', url, schema: messagesSchema, maxBody: largestList });
  return new Map(body.map(({ key, value }) => [key, value]));
}

function hasKey(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return isKey(value);
  return Object.values(value).some(hasKey);
}

function replaceIn<T>(value: T, messages: Messages): T {
  if (isKey(value)) return (messages.get(ofKey.exec(value)?.[1] ?? '') ?? value) as T;
  if (Array.isArray(value)) return value.map((each: unknown) => replaceIn(each, messages)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, replaceIn(each, messages)])) as T;
}
