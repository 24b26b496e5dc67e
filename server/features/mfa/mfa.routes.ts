import * as z from 'zod';
import { answers } from '../../http/answers.ts';
import type { App } from '../../http/app.ts';
import type { CallerScope } from '../../access/caller-scope.ts';
import { callerOf } from '../../access/caller.ts';
import type { Feature } from '../../access/feature.ts';
import type { RequireReauth } from '../../access/require-reauth.ts';
import type { MfaOffer } from '../../presets/preset.ts';
import type { createEnrolmentService } from './enrolment.service.ts';
import { confirmSchema, enrolledSchema, enrolmentSchema, mfaStatusSchema, typedSecretSchema } from './mfa.schemas.ts';
import type { MfaService } from './mfa.service.ts';

export interface MfaRouteDeps {
  readonly mfa: MfaService;
  readonly enrolment: ReturnType<typeof createEnrolmentService>;
  readonly offers: readonly MfaOffer[];
  readonly requireCaller: CallerScope;
  readonly requireReauth: RequireReauth;
}

const common = { tags: ['mfa'], security: [{ bearer: [] }] };
const status = answers({ 200: mfaStatusSchema });
const isOpenBeforeMfa = true;
const onceOnly = { isOpenBeforeMfa, answersWithSecret: true };

/** A server that does not offer a way of adding a device has no route for it. */
export function mfaFeature(deps: MfaRouteDeps): Feature {
  const hasEnrolment = deps.offers.includes('enrolment');
  const hasTypedSecret = deps.offers.includes('typed-secret');
  return {
    offers: [...(hasEnrolment ? ['mfa.enrol' as const] : []), ...(hasTypedSecret ? ['mfa.typed-secret' as const] : [])],
    register(app) {
      deps.requireCaller(app);
      deviceRoutes(app, deps);
      if (hasEnrolment) enrolmentRoutes(app, deps);
      if (hasTypedSecret) typedSecretRoute(app, deps);
    },
  };
}

function deviceRoutes(app: App, { mfa, requireReauth }: MfaRouteDeps): void {
  app.get(
    '/me/mfa',
    {
      config: { isOpenBeforeMfa },
      schema: { ...common, summary: 'Read the state of your two-step verification', response: status },
    },
    async (request) => mfa.status(callerOf(request).accountId),
  );
  app.delete(
    '/me/mfa',
    {
      schema: {
        ...common,
        summary: 'Turn off two-step verification',
        description: 'Removes all its devices and recovery codes.',
        response: status,
      },
    },
    async (request) => {
      requireReauth(request);
      return mfa.turnOff(callerOf(request).accountId);
    },
  );
  app.delete(
    '/me/mfa/devices/:id',
    {
      schema: {
        ...common,
        summary: 'Remove a device of two-step verification',
        description: 'Without the last one, two-step verification is off.',
        params: z.object({ id: z.string().max(200) }),
        response: status,
      },
    },
    async (request) => {
      requireReauth(request);
      return mfa.remove(callerOf(request).accountId, request.params.id);
    },
  );
}

function enrolmentRoutes(app: App, { enrolment, requireReauth }: MfaRouteDeps): void {
  app.post(
    '/me/mfa/totp',
    {
      config: onceOnly,
      schema: {
        ...common,
        summary: 'Begin to add a device for two-step verification',
        description: 'Its secret is shown once. What was begun before is void.',
        response: answers({ 200: enrolmentSchema }),
      },
    },
    async (request) => {
      // The first one too: its codes prove who one is, and shut out whoever has none.
      requireReauth(request);
      return enrolment.begin(callerOf(request).accountId);
    },
  );
  app.post(
    '/me/mfa/totp/confirm',
    {
      config: onceOnly,
      schema: {
        ...common,
        summary: 'Add a device for two-step verification',
        description: 'A code of its secret proves it. The first one turns two-step verification on.',
        body: confirmSchema,
        response: answers({ 200: enrolledSchema }),
      },
    },
    async (request) => {
      requireReauth(request);
      return enrolment.confirm(callerOf(request), request.body.enrolment, request.body.code, request.body.name);
    },
  );
}

function typedSecretRoute(app: App, { enrolment, requireReauth }: MfaRouteDeps): void {
  app.put(
    '/me/mfa/secret',
    {
      config: { isOpenBeforeMfa },
      schema: {
        ...common,
        summary: 'Use a secret of your own for two-step verification',
        description: 'A code of it proves it. The secret before is void.',
        body: typedSecretSchema,
        response: answers({ 200: enrolledSchema }),
      },
    },
    async (request) => {
      requireReauth(request);
      return enrolment.useSecret(callerOf(request), request.body);
    },
  );
}
