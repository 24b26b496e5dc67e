import type { Operation } from '../../../../../shared/contract/account/operations.ts';
import type { FieldAccess } from '../../../../../shared/contract/account/profile.ts';
import { AppError } from '../../../../../shared/contract/errors.ts';
import type { Authorization, DiscoveredProvider } from '../../../openid/authorization.ts';
import type { AccountHandOff, HandOffClaim, ReturningPage } from '../../account-hand-off.ts';
import { actions, type Action } from './actions.ts';
import { readPerson, type RemotePerson } from '../person/person.ts';
import type { Senders } from '../senders.ts';

interface HandOffDeps {
  readonly senders: Senders;
  /** For its pages, as the client that the person signed in with. */
  readonly server: () => Promise<DiscoveredProvider>;
  /** The realm does not show the page of this operation, to anybody. */
  readonly noteMissing: (operation: Operation) => void;
}

/** The page sends the browser back, but for what it does not do then: see each action. */
export function pageAccess(issuer: string): FieldAccess {
  return { kind: 'hand-off', page: new URL(issuer).host, comesBack: true };
}

/** Keycloak's own pages, opened as authorization requests with `kc_action`. */
export function createKeycloakHandOff({ senders, server, noteMissing }: HandOffDeps): AccountHandOff {
  return {
    async handOff(operation, of) {
      const find = actions[operation];
      if (!find) throw new AppError('not-offered');
      const action = await find(senders.read, of);
      const person = await readPerson(senders.read);
      const onNotShown = () => {
        // Of one that is not there any more it says the same.
        if (of === undefined) noteMissing(operation);
      };
      return {
        read: action.read,
        ...(action.mayWaitForMail && { mayWaitForMail: true }),
        page: createPage({ action, person, server, onNotShown }),
      };
    },
  };
}

interface PageDeps extends Pick<HandOffDeps, 'server'> {
  readonly action: Action;
  readonly person: Pick<RemotePerson, 'id' | 'username'>;
  readonly onNotShown: () => void;
}

const claims: Readonly<Record<string, HandOffClaim>> = { success: 'done', cancelled: 'cancelled', error: 'not-shown' };

function createPage({ action, person, server, onNotShown }: PageDeps): ReturningPage {
  let authorization: Authorization | undefined;
  return {
    comesBack: true,
    async addressFor(back) {
      // A session of somebody else in the browser counts more than the hint, so who it was is asked afterwards.
      const parameters = { kc_action: action.name, login_hint: person.username };
      authorization = await (await server()).begin({ ...back, parameters });
      return authorization.address;
    },
    async claimOf(redirect) {
      if (redirect.searchParams.get('error') === 'access_denied') return 'cancelled';
      // The tokens are let go: those from before stay good, and revoking these would end the browser's session.
      const subject = await authorization?.exchange(redirect).then(
        (grant) => grant.subject,
        () => undefined,
      );
      if (subject !== undefined && subject !== person.id) return 'another-person';
      const claim = claims[redirect.searchParams.get('kc_action_status') ?? ''] ?? 'unknown';
      // Only who has the code was at the service.
      if (claim === 'not-shown' && subject !== undefined) onNotShown();
      return claim;
    },
  };
}
