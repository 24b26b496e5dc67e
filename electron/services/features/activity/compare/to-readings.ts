import type { ActivityArea } from '../../../../../shared/rules/activity-words.ts';
import type { FieldAccess } from '../../../../../shared/contract/account/field-access.ts';
import type { ApplicationFacts } from '../../../provider/account-applications.ts';
import type { EmailsState } from '../../../provider/account-emails.ts';
import type { AccessKeysState, ApiKeyState } from '../../../provider/account-keys.ts';
import type { LinkedAccountsState } from '../../../provider/account-linked-accounts.ts';
import type { MfaState } from '../../../provider/account-protection.ts';
import type { Agent, SessionFacts } from '../../../provider/account-sessions.ts';
import type { SshKeysState } from '../../../provider/account-ssh-keys.ts';
import type { AreaReading, Item } from '../activity-head.ts';
import { factText, fitText } from './fit-text.ts';

// What a provider tells of an area, as what is compared of it. Undefined where it tells nothing: that nothing is there
// then is no news.

type Told = Pick<AreaReading, 'scope' | 'items'> | undefined;
type Facts = Readonly<Record<string, string | boolean | null | undefined>>;

/** What a User-Agent tells. */
export type ReadAgent = (userAgent: string) => Pick<Agent, 'browser' | 'os' | 'device'>;

/** How each area is read, by the method that asks for it. */
export const readings = {
  readSessions: { area: 'sessions', toItems: toSessions },
  sshKeysState: { area: 'sshKeys', toItems: toSshKeys },
  apiKeyState: { area: 'apiKey', toItems: toApiKey },
  accessKeysState: { area: 'accessKeys', toItems: toAccessKeys },
  mfaStatus: { area: 'mfa', toItems: toMfa },
  readEmails: { area: 'emails', toItems: toEmails },
  linkedAccounts: { area: 'linkedAccounts', toItems: toLinkedAccounts },
  readApplications: { area: 'applications', toItems: toApplications },
} as const satisfies Readonly<Record<string, { area: ActivityArea; toItems: ToItems<never> }>>;

/** `known`: as last read, by id. What cannot have changed is taken from there: there may be very many. */
export type ToItems<S> = (state: S, readAgent: ReadAgent, known: ReadonlyMap<string, Item>) => Told;

function item(id: string, subject: string, detail: string, facts: Facts, more: Partial<Item> = {}): Item {
  const texts = Object.entries(facts).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value === null ? null : factText(String(value))] as const],
  );
  return { id, subject: fitText(subject), detail: fitText(detail), facts: new Map(texts), ...more };
}

function own(isOwn: boolean | undefined): Partial<Item> {
  return isOwn ? { isOwn: true } : {};
}

function ends(endsAt: string | null | undefined): Partial<Item> {
  return endsAt ? { endsAt } : {};
}

/** A right that is missing may hide what there is. */
function isHidden(access: FieldAccess, count: number): boolean {
  return access.kind === 'not-offered' || (access.kind === 'needs-permission' && count === 0);
}

function toSessions(sessions: readonly SessionFacts[], readAgent: ReadAgent, known: ReadonlyMap<string, Item>): Told {
  const agents = new Map<string, ReturnType<ReadAgent>>();
  const agentOf = (userAgent: string) => {
    const agent = agents.get(userAgent) ?? readAgent(userAgent);
    agents.set(userAgent, agent);
    return agent;
  };
  const items = sessions.map((session) => {
    const former = known.get(session.id);
    if (former && !former.isOwn === !session.isCurrent && former.endsAt === (session.expiresAt ?? undefined))
      return former;
    const { id, reported, userAgent, ipAddress, programs, isCurrent, expiresAt } = session;
    const agent = reported ?? (userAgent === null ? undefined : agentOf(userAgent));
    const device = agent?.device.model ?? agent?.device.vendor;
    const subject = agent?.browser.name ?? programs[0] ?? device ?? '';
    const detail = [agent?.os.name, ipAddress].filter((part) => part).join(' · ');
    return item(id, subject, detail, {}, { ...own(isCurrent), ...ends(expiresAt) });
  });
  return { scope: '', items };
}

function toSshKeys({ access, usages, keys }: SshKeysState): Told {
  if (isHidden(access, keys.length)) return undefined;
  const items = keys.map(({ id, title, sha256, expiresAt }) =>
    item(id, title || sha256, sha256, { title, expiresAt: expiresAt ?? null }, ends(expiresAt)),
  );
  return { scope: (usages ?? []).join(' '), items };
}

function toApiKey({ access, key }: ApiKeyState): Told {
  if (isHidden(access, key ? 1 : 0)) return undefined;
  const items = key
    ? [
        item(
          `${key.createdAt} ${key.lastFour}`,
          key.name,
          `••••${key.lastFour}`,
          { expiresAt: key.expiresAt },
          ends(key.expiresAt),
        ),
      ]
    : [];
  return { scope: '', items };
}

function toAccessKeys({ access, keys }: AccessKeysState): Told {
  if (isHidden(access, keys.length)) return undefined;
  const items = keys.map(({ id, name, isActive, isOwn, scopes, expiresAt }) => {
    const facts = { name, isActive, scopes: scopes?.join(', '), expiresAt };
    return item(id, name, id, facts, { ...own(isOwn), ...ends(expiresAt) });
  });
  return { scope: '', items };
}

function toMfa({ isOn, isUntold, devices, passkeys, recoveryCodes }: MfaState): Told {
  if (isUntold) return undefined;
  const codes = recoveryCodes
    ? { madeAt: recoveryCodes.createdAt, remaining: textOf(recoveryCodes.remaining) }
    : { madeAt: undefined, remaining: undefined };
  return {
    scope: '',
    items: [
      item('mfa', '', '', { isOn, ...codes }),
      ...devices.map(({ id, name, type }) => item(`device ${id}`, name || type.toUpperCase(), '', { name })),
      ...passkeys.map(({ id, name }) => item(`passkey ${id}`, name || 'Passkey', '', { name })),
    ],
  };
}

function textOf(count: number | null): string | null {
  return count === null ? null : String(count);
}

function toEmails({ emails }: EmailsState): Told {
  const items = emails.map(({ id, email, isPrimary, isVerified }) =>
    item(id, email, '', { isPrimary, isVerified: isVerified ?? undefined }),
  );
  return { scope: '', items };
}

function toLinkedAccounts({ access, linkedAccounts }: LinkedAccountsState): Told {
  if (isHidden(access, linkedAccounts.length)) return undefined;
  return { scope: '', items: linkedAccounts.map(({ id, provider, label }) => item(id, label, provider, {})) };
}

function toApplications(applications: readonly ApplicationFacts[]): Told {
  const items = applications.map(({ id, name, site, grants, isThisApp }) =>
    item(id, name, site ?? '', { grants: grants.join(', ') }, own(isThisApp)),
  );
  return { scope: '', items };
}
