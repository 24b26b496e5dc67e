import { answers } from '../../http/answers.ts';
import type { CallerScope } from '../../access/caller-scope.ts';
import { callerOf } from '../../access/caller.ts';
import type { Feature } from '../../access/feature.ts';
import { proofSchema, reauthSchema } from './reauth.schemas.ts';
import type { createReauthService } from './reauth.service.ts';

const common = { tags: ['auth'], security: [{ bearer: [] }] };
const response = answers({ 200: reauthSchema });
// Also for an account that has to enrol first: enrolling may itself need a proof.
const config = { isOpenBeforeMfa: true };

export function reauthFeature(service: ReturnType<typeof createReauthService>, requireCaller: CallerScope): Feature {
  return {
    offers: ['reauth'],
    register(app) {
      requireCaller(app);
      app.get(
        '/auth/reauth',
        { config, schema: { ...common, summary: 'Read how long your last confirmation holds', response } },
        async (request) => service.read(callerOf(request)),
      );
      app.post(
        '/auth/reauth',
        {
          config: { ...config, takesSecret: true },
          schema: { ...common, summary: 'Confirm that it is you', body: proofSchema, response },
        },
        (request) => service.prove(callerOf(request), request.body),
      );
      app.delete(
        '/auth/reauth',
        { config, schema: { ...common, summary: 'End your confirmation now', response } },
        async (request) => service.end(callerOf(request)),
      );
    },
  };
}
