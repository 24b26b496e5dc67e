import type { FastifyInstance } from 'fastify';
import { labelTaken } from '../actions/action.ts';
import { Refusal, sendJson } from '../answers.ts';
import type { StoredCredential, StoredPerson, Switches } from '../realm-state.ts';
import { readBody, type AccountDesk } from './access.ts';
import { describeCredential } from './credential-data.ts';

type Type = StoredCredential['type'];

interface Kind {
  readonly type: Type;
  readonly category: string;
  readonly icon: string;
  readonly createAction: string;
  readonly isOffered: (switches: Switches) => boolean;
}

/** In this order. A kind that no step of a flow asks for is not told of. */
const kinds: readonly Kind[] = [
  {
    type: 'password',
    category: 'basic-authentication',
    icon: 'kcAuthenticatorPasswordClass',
    createAction: 'UPDATE_PASSWORD',
    isOffered: () => true,
  },
  {
    type: 'otp',
    category: 'two-factor',
    icon: 'kcAuthenticatorOTPClass',
    createAction: 'CONFIGURE_TOTP',
    isOffered: () => true,
  },
  {
    type: 'recovery-authn-codes',
    category: 'two-factor',
    icon: 'kcAuthenticatorRecoveryAuthnCodesClass',
    createAction: 'CONFIGURE_RECOVERY_AUTHN_CODES',
    isOffered: ({ hasRecoveryCodes }) => hasRecoveryCodes,
  },
  {
    type: 'webauthn-passwordless',
    category: 'passwordless',
    icon: 'kcAuthenticatorWebAuthnPasswordlessClass',
    createAction: 'webauthn-register-passwordless',
    isOffered: ({ hasPasskeys }) => hasPasskeys,
  },
];
/** What the column of labels holds; a longer one breaks the server. */
const longestLabel = 255;

export function addCredentials(server: FastifyInstance, { realm, admit }: AccountDesk): void {
  server.get('/credentials', (request, reply) => {
    const { person, requireRole } = admit(request);
    requireRole('view-profile', 'manage-account');
    const { type, 'user-credentials': owned } = request.query as Readonly<Record<string, string>>;
    const shown = kinds.filter((kind) => kind.isOffered(realm.switches) && (type === undefined || kind.type === type));
    return sendJson(
      reply,
      shown.map((kind) => describe(kind, person, owned !== 'false')),
    );
  });

  server.put('/credentials/:id/label', (request, reply) => {
    const { person, requireRole } = admit(request);
    requireRole('manage-account');
    const credential = find(person, request.params);
    credential.userLabel = readLabel(
      readLabelBody(() => readBody(request)),
      person,
      credential,
    );
    return reply.code(204).send();
  });

  server.delete('/credentials/:id', (request, reply) => {
    const { person, requireRole } = admit(request);
    requireRole('manage-account');
    const credential = find(person, request.params);
    if (credential.type === 'password') throw new Refusal(400, { error: 'Credential type cannot be removed' });
    person.credentials = person.credentials.filter((each) => each !== credential);
    return reply.code(204).send();
  });
}

function describe({ type, category, icon, createAction }: Kind, { credentials }: StoredPerson, withOwned: boolean) {
  const owned = credentials.filter((credential) => credential.type === type);
  const isPassword = type === 'password';
  return {
    ...{ type, category, displayName: `${type}-display-name`, helptext: `${type}-help-text`, iconCssClass: icon },
    ...(isPassword && owned.length > 0 ? { updateAction: createAction } : { createAction }),
    removeable: !isPassword,
    ...(withOwned && { userCredentialMetadatas: owned.map(describeCredential) }),
  };
}

function find({ credentials }: StoredPerson, parameters: unknown): StoredCredential {
  const { id } = parameters as { readonly id: string };
  const credential = credentials.find((each) => each.id === id);
  if (!credential) throw new Refusal(404, { error: 'Credential not found' });
  return credential;
}

function readLabelBody(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    // What is no JSON at all is refused here as what is no text.
    if (error instanceof Refusal && error.status === 400) return undefined;
    throw error;
  }
}

function readLabel(label: unknown, { credentials }: StoredPerson, credential: StoredCredential): string {
  if (typeof label !== 'string') throw new Refusal(400, { errorMessage: 'invalidRequestMessage' });
  const others = credentials.filter(({ type }) => type === credential.type).filter((each) => each !== credential);
  if (label !== '' && others.some(({ userLabel }) => userLabel === label))
    throw new Refusal(409, { error: 'conflict', error_description: labelTaken });
  if (label.length > longestLabel)
    throw new Refusal(500, {
      error: 'unknown_error',
      error_description: 'For more on this error consult the server log.',
    });
  return label;
}
