import * as z from 'zod';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { HttpClient } from '../../http/http-client.ts';
import { explainBetween } from '../common/refusals/explain-between.ts';
import { asNameAndKey, splitNameAndKey } from '../common/name-and-key.ts';
import { createSignedSender } from '../signed-sender.ts';
import type { TokenSource } from '../tokens.ts';
import { accountsPath, apiOf } from './manager.ts';

const text = z.string().max(10_000).nullish();

/** Keys that its documentation shows in an answer are left where they are. */
const remoteCardSchema = z.object({
  name: z.string().max(10_000),
  ...{ contactEmail: text, mainPhone: text, address1: text, address2: text },
  ...{ city: text, state: text, zip: text },
});
export type AccountCard = z.infer<typeof remoteCardSchema>;

/** The documentation has it as a boolean and as a word. */
const remoteAnswerSchema = z.discriminatedUnion('success', [
  z.object({
    success: z.union([z.literal(true), z.literal('True')]),
    data: z.object({ items: z.array(remoteCardSchema).max(100) }),
  }),
  z.object({ success: z.union([z.literal(false), z.literal('False')]) }),
]);

export interface Holder {
  /** By which the key was pasted: of a person, or of an account. */
  readonly username: string;
  /** Undefined where the key may see none, or several of which none has its name. */
  readonly card: AccountCard | undefined;
}

export interface AccountCards {
  read(): Promise<Holder>;
}

interface AccountCardsDeps {
  readonly http: HttpClient;
  readonly address: string;
  readonly tokens: TokenSource;
}

export function createAccountCards({ http, address, tokens }: AccountCardsDeps): AccountCards {
  const send = createSignedSender(http, apiOf(address), tokens, explainBetween, asNameAndKey);

  /** Two are enough to know that there are several; a key that may see none is right all the same. */
  async function readCards(query: Readonly<Record<string, string>>): Promise<AccountCard[]> {
    const path = `${accountsPath}?${new URLSearchParams({ page: '1', size: '2', ...query }).toString()}`;
    try {
      const { body } = await send({ method: 'GET', path, schema: remoteAnswerSchema });
      if (!('data' in body)) throw new AppError('server-fault');
      return body.data.items;
    } catch (error) {
      if (error instanceof AppError && error.code === 'forbidden') return [];
      throw error;
    }
  }

  return {
    async read() {
      const username = splitNameAndKey(await tokens.accessToken()).name;
      const visible = await readCards({});
      if (visible.length < 2) return { username, card: visible[0] };
      const named = (await readCards({ name: username })).filter(({ name }) => name === username);
      return { username, card: named.length === 1 ? named[0] : undefined };
    },
  };
}
