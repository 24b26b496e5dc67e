import { oidcProvider } from '../../kratos/kratos-server.ts';
import { personSchema } from '../../kratos/person-schema.ts';
import type { Form, Identity, KratosState } from './state.ts';

// The parts of a form, as Kratos writes them.

export interface Message {
  readonly id: number;
  readonly text: string;
  readonly type: 'info' | 'error' | 'success';
  readonly context?: object;
}

export interface UiNode {
  readonly type: 'input' | 'text' | 'img';
  readonly group: string;
  readonly attributes: { readonly name?: string; readonly [attribute: string]: unknown };
  readonly messages: readonly Message[];
  readonly meta: { readonly label?: Message };
}

export const info = (id: number, text: string, context?: object): Message => ({
  ...{ id, text, type: 'info' },
  ...(context && { context }),
});

export const problem = (id: number, text: string, context?: object): Message => ({
  ...info(id, text, context),
  type: 'error',
});

export function input(group: string, name: string, type: string, more: object = {}, label?: Message): UiNode {
  const attributes = { name, type, disabled: false, node_type: 'input', ...more };
  return { type: 'input', group, attributes, messages: [], meta: { ...(label && { label }) } };
}

const submit = (group: string, name: string, value: string, label: Message) =>
  input(group, name, 'submit', { value }, label);
const csrf = () => input('default', 'csrf_token', 'hidden', { value: '', required: true });

export function loginNodes(state: KratosState, form: Form, identity: Identity | undefined): UiNode[] | null {
  if (form.aal === 'aal2') return secondStepNodes(identity!);
  const password = input(
    'password',
    'password',
    'password',
    { required: true, autocomplete: 'current-password' },
    info(1070001, 'Password'),
  );
  if (form.isRefresh)
    return [
      csrf(),
      input('default', 'identifier', 'hidden', { value: String(identity!.traits['email']) }),
      password,
      submit('password', 'method', 'password', info(1010001, 'Sign in')),
    ];
  const context = { provider: oidcProvider.label, provider_id: oidcProvider.id };
  const all = [
    submit('oidc', 'provider', oidcProvider.id, info(1010002, `Sign in with ${oidcProvider.label}`, context)),
    csrf(),
    input(
      'default',
      'identifier',
      'text',
      { value: form.typed ?? '', required: true, autocomplete: 'username webauthn' },
      info(1070004, 'ID'),
    ),
    input('passkey', 'passkey_login_trigger', 'button', { value: '' }, info(1010021, 'Sign in with passkey')),
    input('passkey', 'passkey_login', 'hidden'),
    input('passkey', 'passkey_challenge', 'hidden', { value: '{}' }),
    password,
    submit('password', 'method', 'password', info(1010022, 'Sign in with password')),
  ];
  return all.filter(({ group }) => !state.options.lacks.includes(group));
}

function secondStepNodes({ totp, codes }: Identity): UiNode[] | null {
  if (totp === undefined && codes === undefined) return null;
  const ofApp = [
    input('totp', 'totp_code', 'text', { value: '', required: true }, info(1010006, 'Authentication code')),
    submit('totp', 'method', 'totp', info(1010009, 'Use Authenticator')),
  ];
  const ofCodes = [
    input(
      'lookup_secret',
      'lookup_secret',
      'text',
      { value: '', required: true },
      info(1010007, 'Backup recovery code'),
    ),
    submit('lookup_secret', 'method', 'lookup_secret', info(1010010, 'Use backup recovery code')),
  ];
  return [csrf(), ...(totp === undefined ? [] : ofApp), ...(codes === undefined ? [] : ofCodes)];
}

export function settingsNodes(state: KratosState, form: Form, identity: Identity): UiNode[] {
  const all = [
    csrf(),
    ...traitNodes(identity.traits),
    submit('profile', 'method', 'profile', info(1070003, 'Save')),
    input(
      'password',
      'password',
      'password',
      { required: true, autocomplete: 'new-password' },
      info(1070001, 'Password'),
    ),
    submit('password', 'method', 'password', info(1070003, 'Save')),
    ...linkNodes(identity),
    ...codeNodes(form, identity),
    ...passkeyNodes(),
    ...appNodes(form, identity),
  ];
  return all.filter(({ group }) => !state.options.lacks.includes(group));
}

const inputTypes: Readonly<Record<string, string>> = { email: 'email', tel: 'tel', uri: 'url', date: 'date' };

interface Property {
  readonly type?: string;
  readonly title?: string;
  readonly format?: string;
  readonly properties?: Readonly<Record<string, Property>>;
}

function traitNodes(traits: Identity['traits']): UiNode[] {
  return inside('traits', personSchema.properties.traits as Property, traits);
}

/** Whatever its schema says in another way has no node. */
function inside(path: string, { properties = {} }: Property, values: unknown): UiNode[] {
  return Object.entries(properties).flatMap(([key, property]) => {
    const value = (values as Readonly<Record<string, unknown>> | undefined)?.[key];
    const { type, format = '', title = key } = property;
    if (type === 'object') return inside(`${path}.${key}`, property, value);
    if (type === undefined) return [];
    const kind = { integer: 'number', boolean: 'checkbox' }[type] ?? inputTypes[format] ?? 'text';
    const isWanted = path === 'traits' && key === 'email';
    const more = {
      ...(value !== undefined && typeof value !== 'object' && { value }),
      ...(isWanted && { required: true, autocomplete: 'email' }),
    };
    return [input('profile', `${path}.${key}`, kind, more, info(1070002, title, { name: `${path}.${key}`, title }))];
  });
}

/** The only way in cannot be taken away; here there is a password beside it. */
function linkNodes({ links }: Identity): UiNode[] {
  const { id, label } = oidcProvider;
  const [act, number, words] = links.has(id)
    ? (['unlink', 1050003, `Unlink ${label}`] as const)
    : (['link', 1050002, `Link ${label}`] as const);
  return [submit('oidc', act, id, info(number, words, { provider: label }))];
}

function codeNodes(form: Form, { codes }: Identity): UiNode[] {
  const regenerate = submit('lookup_secret', 'lookup_secret_regenerate', 'true', info(1050008, 'Generate new'));
  const disable = submit('lookup_secret', 'lookup_secret_disable', 'true', info(1050016, 'Disable this method'));
  if (form.codes)
    return [
      codeList(form.codes.map((code) => ({ code }))),
      submit('lookup_secret', 'lookup_secret_confirm', 'true', info(1050011, 'Confirm')),
    ];
  if (!codes) return [regenerate];
  if (form.isRevealed) return [codeList(codes), disable, regenerate];
  return [submit('lookup_secret', 'lookup_secret_reveal', 'true', info(1050007, 'Reveal')), disable];
}

function codeList(codes: NonNullable<Identity['codes']>): UiNode {
  const secrets = codes.map(({ code, usedAt }) =>
    usedAt === undefined
      ? info(1050009, code, { secret: code })
      : info(1050014, 'Secret was used', {
          used_at: new Date(usedAt).toISOString(),
          used_at_unix: Math.floor(usedAt / 1_000),
        }),
  );
  const words = codes.map(({ code, usedAt }) => (usedAt === undefined ? code : 'used')).join(', ');
  const attributes = { id: 'lookup_secret_codes', node_type: 'text', text: info(1050015, words, { secrets }) };
  const label = info(1050010, 'These are your back up recovery codes. Please keep them in a safe place!');
  return { type: 'text', group: 'lookup_secret', attributes, messages: [], meta: { label } };
}

function passkeyNodes(): UiNode[] {
  const trigger = { value: '', onclickTrigger: 'oryPasskeySettingsRegistration' };
  return [
    input('passkey', 'passkey_register_trigger', 'button', trigger, info(1050019, 'Add passkey')),
    input('passkey', 'passkey_settings_register', 'hidden'),
    input('passkey', 'passkey_create_data', 'hidden', { value: '{}' }),
  ];
}

function appNodes({ totp: secret }: Form, { totp }: Identity): UiNode[] {
  if (totp !== undefined)
    return [submit('totp', 'totp_unlink', 'true', info(1050004, 'Unlink TOTP Authenticator App'))];
  const picture = { src: 'data:image/png;base64,', id: 'totp_qr', width: 256, height: 256, node_type: 'img' };
  const text = { id: 'totp_secret_key', node_type: 'text', text: info(1050006, secret, { secret }) };
  const none = { group: 'totp', messages: [] } as const;
  return [
    { ...none, type: 'img', attributes: picture, meta: { label: info(1050005, 'Authenticator app QR code') } },
    {
      ...none,
      type: 'text',
      attributes: text,
      meta: { label: info(1050017, 'This is your authenticator app secret') },
    },
    input('totp', 'totp_code', 'text', { required: true }, info(1070006, 'Verify code')),
    submit('totp', 'method', 'totp', info(1070003, 'Save')),
  ];
}
