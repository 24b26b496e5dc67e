import * as z from 'zod';
import { answers } from '../../http/answers.ts';
import type { CallerScope } from '../../access/caller-scope.ts';
import { callerOf } from '../../access/caller.ts';
import type { Feature } from '../../access/feature.ts';
import { instant } from '../../http/instant.ts';
import { Problem } from '../../http/problem.ts';
import type { RequireReauth } from '../../access/require-reauth.ts';
import type { Notify } from '../../mail/notices.ts';
import { recoveryCodesFactor, type FreshFactorsStore } from '../../proofs/fresh-factors.store.ts';
import type { Session } from '../../accounts/session.ts';
import type { RecoveryCodesStore } from '../../proofs/recovery-codes.store.ts';

export interface RecoveryCodesDeps {
  readonly recoveryCodes: RecoveryCodesStore;
  readonly freshFactors: FreshFactorsStore;
  readonly notify: Notify;
  readonly requireCaller: CallerScope;
  readonly requireReauth: RequireReauth;
}

const recoveryCodesSchema = z
  .strictObject({
    /** In the order in which they were given out. */
    codes: z.array(z.strictObject({ code: z.string(), isUsed: z.boolean() })),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'RecoveryCodes' });

const common = { tags: ['mfa'], security: [{ bearer: [] }], response: answers({ 200: recoveryCodesSchema }) };
const url = '/me/mfa/recovery-codes';

/** An account without a second factor has no recovery codes: 404. */
export function recoveryCodesFeature({
  recoveryCodes,
  freshFactors,
  notify,
  requireCaller,
  requireReauth,
}: RecoveryCodesDeps): Feature {
  function show(session: Session): z.infer<typeof recoveryCodesSchema> {
    const { accountId } = session;
    freshFactors.add(session, recoveryCodesFactor);
    const set = recoveryCodes.show(accountId);
    if (!set) throw new Problem('not-found');
    return { ...set, createdAt: instant(set.createdAt) };
  }

  return {
    offers: ['recovery-codes'],
    register(app) {
      requireCaller(app);
      app.get(
        url,
        { schema: { ...common, summary: 'List your recovery codes', description: 'Those used already, too.' } },
        async (request) => {
          requireReauth(request);
          return show(callerOf(request));
        },
      );
      app.post(
        url,
        {
          config: { answersWithSecret: true },
          schema: {
            ...common,
            summary: 'Make a new set of recovery codes',
            description: 'The old ones are void at once.',
          },
        },
        async (request) => {
          requireReauth(request);
          const { accountId } = callerOf(request);
          if (!recoveryCodes.state(accountId)) throw new Problem('not-found');
          recoveryCodes.renew(accountId);
          notify(accountId, 'recovery-codes-renewed');
          return show(callerOf(request));
        },
      );
    },
  };
}
