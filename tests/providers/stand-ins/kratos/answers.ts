import type { Answer, Call } from '../serve-stand-in.ts';
import type { Message, UiNode } from './nodes.ts';
import { levelOf, type Form, type Identity, type KratosState, type Session } from './state.ts';
import { schemaId } from '../../kratos/person-schema.ts';

/** What a request knows of whoever sent it. */
export interface KratosCall {
  readonly state: KratosState;
  readonly call: Call;
  /** Of a token that counts. */
  readonly session: Session | undefined;
}

export const ok = (json: unknown): Answer => ({ status: 200, json });
export const done: Answer = { status: 204 };

const statuses: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  410: 'Gone',
};

export function refuse(code: number, id?: string, more: object = {}): Answer {
  const error = { ...(id && { id }), code, status: statuses[code], reason: 'because', message: 'refused' };
  return { status: code, json: { error, ...more } };
}

/** Without a reason in it. */
export function notFound(): Answer {
  return {
    status: 404,
    json: { error: { code: 404, status: statuses[404], message: 'Unable to locate the resource' } },
  };
}

export function lacksLevel({ state, session }: KratosCall): boolean {
  return session !== undefined && levelOf(session) === 'aal1' && state.hasSecondStep(state.identityOf(session));
}

export function refuseLevel({ state }: Pick<KratosCall, 'state'>): Answer {
  const redirect_browser_to = `${state.address}/self-service/login/browser?aal=aal2`;
  const { json } = refuse(403, 'session_aal2_required');
  const { error } = json as { readonly error: object };
  return { status: 403, json: { error: { ...error, details: { redirect_browser_to } }, redirect_browser_to } };
}

const iso = (moment: number) => new Date(moment).toISOString();

export function identityJson(state: KratosState, identity: Identity): object {
  const { id, traits, createdAt } = identity;
  const times = { created_at: iso(createdAt), updated_at: iso(createdAt) };
  const address = { id, value: traits['email'], via: 'email', ...times };
  return {
    ...{ id, schema_id: schemaId, schema_url: `${state.address}/schemas/${encoded(schemaId)}`, state: identity.state },
    ...{ state_changed_at: iso(createdAt), traits, metadata_public: null, organization_id: null, ...times },
    verifiable_addresses: [{ ...address, verified: false, status: 'pending' }],
    recovery_addresses: [address],
  };
}

/** As it stands in the address of a schema. */
export function encoded(id: string): string {
  return Buffer.from(id).toString('base64url');
}

export function sessionJson(session: Session): object {
  const { id, device, methods, issuedAt, authenticatedAt, expiresAt } = session;
  return {
    ...{
      id,
      active: true,
      expires_at: iso(expiresAt),
      authenticated_at: iso(authenticatedAt),
      issued_at: iso(issuedAt),
    },
    authenticator_assurance_level: levelOf(session),
    authentication_methods: methods.map(({ method, aal, at }) => ({ method, aal, completed_at: iso(at) })),
    devices: [{ id: device.id, ip_address: '127.0.0.1:50000', user_agent: device.userAgent, location: '' }],
  };
}

interface FormLook {
  readonly nodes: readonly UiNode[] | null;
  readonly messages?: readonly Message[];
  readonly state: string;
  readonly identity?: object;
}

export function formJson(state: KratosState, form: Form, { nodes, messages, ...look }: FormLook): object {
  const { id, kind, issuedAt, expiresAt, requestUrl, isRefresh, aal } = form;
  const action = `${state.address}/self-service/${kind}?flow=${id}`;
  const ofLogin = {
    ...{ organization_id: null, refresh: isRefresh, requested_aal: aal },
    ...{ created_at: iso(issuedAt), updated_at: iso(issuedAt) },
  };
  return {
    ...{ id, type: 'api', expires_at: iso(expiresAt), issued_at: iso(issuedAt), request_url: requestUrl },
    ui: { action, method: 'POST', nodes, ...(messages && messages.length > 0 && { messages }) },
    ...look,
    ...(kind === 'login' && ofLogin),
    ...(kind === 'recovery' && { active: state.options.recovery }),
  };
}

/** With a problem at some of them; one that is not there yet comes at the end, as Kratos adds it. */
export function withProblems(
  nodes: readonly UiNode[],
  problems: readonly (readonly [name: string, message: Message])[],
  group: string,
): UiNode[] {
  const of = (name: unknown) => problems.filter(([each]) => each === name).map(([, message]) => message);
  const known = nodes.map((node) => ({ ...node, messages: of(node.attributes.name) }));
  const missing = new Set(
    problems.map(([name]) => name).filter((name) => !nodes.some((n) => n.attributes.name === name)),
  );
  const added = [...missing].map((name) => ({
    ...{ type: 'input', group: name === 'traits' ? 'default' : group, messages: of(name), meta: {} },
    attributes: { name, type: 'text', disabled: false, node_type: 'input' },
  })) satisfies object[];
  return [...known, ...(added as UiNode[])];
}
