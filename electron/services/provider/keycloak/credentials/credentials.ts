import * as z from 'zod';
import type { SignedSender } from '../../signed-sender.ts';

const optionalText = z.string().max(10_000).nullish();

const remoteCredentialSchema = z.object({
  id: z.string().min(1).max(200),
  userLabel: z.string().nullish(),
  /** Milliseconds since the epoch. */
  createdDate: z.number().nullish(),
  /** A text of JSON. */
  credentialData: z.string().max(100_000).nullish(),
});
export type RemoteCredential = z.infer<typeof remoteCredentialSchema>;

/**
 * Kinds of credentials that some step of a flow asks for; another one is not told of, which does not mean that it is
 * off.
 */
const remoteKindsSchema = z
  .array(
    z.object({
      type: z.string().max(200),
      createAction: optionalText,
      updateAction: optionalText,
      removeable: z.boolean().optional(),
      userCredentialMetadatas: z
        .array(z.object({ credential: remoteCredentialSchema }))
        .max(1_000)
        .nullish(),
    }),
  )
  .max(100);
export type RemoteKind = z.infer<typeof remoteKindsSchema>[number];

export type CredentialType = 'password' | 'otp' | 'recovery-authn-codes' | 'webauthn-passwordless';

/** What the person has, of one type or of all. */
export async function readCredentials(send: SignedSender, type?: CredentialType): Promise<RemoteKind[]> {
  return readKinds(send, type === undefined ? '' : `?type=${type}`);
}

/** The kinds alone. */
export function readCredentialKinds(send: SignedSender): Promise<RemoteKind[]> {
  return readKinds(send, '?user-credentials=false');
}

async function readKinds(send: SignedSender, query: string): Promise<RemoteKind[]> {
  return (await send({ method: 'GET', path: `/account/credentials${query}`, schema: remoteKindsSchema })).body;
}

export function findKind(kinds: readonly RemoteKind[], type: CredentialType): RemoteKind | undefined {
  return kinds.find((kind) => kind.type === type);
}

export function credentialsOf(kinds: readonly RemoteKind[], type: CredentialType): RemoteCredential[] {
  return (findKind(kinds, type)?.userCredentialMetadatas ?? []).map(({ credential }) => credential);
}
