import * as z from 'zod';
import { AppError } from '../../../../shared/contract/errors.ts';
import { toSegment, type SignedSender } from '../signed-sender.ts';
import type { TokenSource } from '../tokens.ts';
import { keyIdOf } from './own-token.ts';
import { keysPath } from './tenant.ts';

const text = z.string().max(10_000).nullish();

/** Its secret is left where it is: the documentation has one here too. */
const remoteOwnKeySchema = z.object({
  resultSet: z.object({ userId: z.string().min(1).max(200), tenantId: z.string().max(200).nullish() }),
});

const remotePersonSchema = z.object({
  user: z.object({
    id: z.string().min(1).max(200),
    ...{ userName: text, firstName: text, lastName: text, fullName: text, emailAddress: text },
    ...{ mobileNumber: text, country: text, role: text },
  }),
});
export type RemotePerson = z.infer<typeof remotePersonSchema>['user'];

interface Owner {
  readonly userId: string;
  readonly tenantId: string | undefined;
}

export interface People {
  /** Whose the access key is that this account was opened with: it does not change. */
  owner(): Promise<Owner>;
  /** Anew. */
  readOwner(): Promise<Owner>;
  /** Their record, or where that is not theirs to see, what anybody in the tenant may know. */
  read(): Promise<RemotePerson>;
}

export function createPeople(send: SignedSender, tokens: Pick<TokenSource, 'accessToken'>): People {
  let known: Owner | undefined;

  async function readOwner(): Promise<Owner> {
    const path = `${keysPath}/${toSegment(keyIdOf(await tokens.accessToken()))}`;
    const { userId, tenantId } = (await send({ method: 'GET', path, schema: remoteOwnKeySchema })).body.resultSet;
    known = { userId, tenantId: tenantId ?? undefined };
    return known;
  }
  const owner = async () => known ?? (await readOwner());

  async function readRecord(path: string): Promise<RemotePerson> {
    return (await send({ method: 'GET', path, schema: remotePersonSchema })).body.user;
  }

  return {
    owner,
    readOwner,
    async read() {
      const id = toSegment((await owner()).userId);
      return readRecord(`/user-management/v3/users/${id}`).catch((error: unknown) => {
        if (!(error instanceof AppError) || error.code !== 'forbidden') throw error;
        return readRecord(`/user-management/v1/users/${id}/identities`);
      });
    },
  };
}
