import { AppError } from '../../../../shared/contract/errors.ts';
import { cleanShort } from '../../core/clean-text.ts';
import type { ProviderLinkedAccounts } from '../account-linked-accounts.ts';
import { hasGroup, nodesNamed, type RemoteFlow, type RemoteNode } from './flows/flow.ts';
import type { Settings } from './settings.ts';

interface RemoteProvider {
  readonly id: string;
  readonly name: string;
}

/** What can be linked and what can be unlinked: a last way in is in neither, so it is told to nobody. */
export function providersIn(form: RemoteFlow, act: 'link' | 'unlink'): RemoteProvider[] {
  return nodesNamed(form, act).flatMap(toProvider);
}

function toProvider({ group, attributes: { value }, meta }: RemoteNode): RemoteProvider[] {
  if (group !== 'oidc' || typeof value !== 'string' || value === '' || value.length > 200) return [];
  const name = meta?.label?.context?.['provider'];
  return [{ id: value, name: cleanShort(typeof name === 'string' ? name : value, 300) || value }];
}

const maxLinked = 200;
const maxProviders = 50;

type LinkedAccountsCalls = Pick<ProviderLinkedAccounts, 'linkedAccounts' | 'unlinkIdentity'>;

/** Linking is done on a page (`hand-off.ts`). */
export function createKratosLinkedAccounts(settings: Settings): LinkedAccountsCalls {
  return {
    async linkedAccounts() {
      const form = await settings.read();
      const linked = providersIn(form, 'unlink').slice(0, maxLinked);
      return {
        access: hasGroup(form, 'oidc') ? { kind: 'editable', needsReauth: true } : { kind: 'not-offered' },
        providers: providersIn(form, 'link').slice(0, maxProviders),
        linkedAccounts: linked.map(({ id, name }) => ({ id, provider: name, label: '', addedAt: null })),
      };
    },
    async unlinkIdentity(id) {
      if (!providersIn(await settings.read(), 'unlink').some((each) => each.id === id)) throw new AppError('not-found');
      await settings.change({ method: 'oidc', unlink: id });
    },
  };
}
