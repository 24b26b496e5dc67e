import type { FastifyRequest } from 'fastify';
import { callerOf } from '../../access/caller.ts';
import type { CallerScope } from '../../access/caller-scope.ts';
import type { Feature } from '../../access/feature.ts';
import { acceptMergePatchOnly, recordRoutes } from '../../access/record-routes.ts';
import type { RequireReauth } from '../../access/require-reauth.ts';
import type { ProfileAccess } from '../../accounts/field-access.ts';
import {
  avatarPatchSchema,
  avatarSchema,
  contactPatchSchema,
  contactSchema,
  userPatchSchema,
  userSchema,
} from '../../accounts/profile.schemas.ts';
import type { ProfileService } from './profile.service.ts';

export function profileFeature(
  profile: ProfileService,
  requireCaller: CallerScope,
  requireReauth: RequireReauth,
): Feature {
  const common = { tag: 'profile', isOpenToApiKeys: true };
  const guard = (section: keyof ProfileAccess) => (request: FastifyRequest, patch: object) => {
    if (profile.needsProof(section, callerOf(request).accountId, patch)) requireReauth(request);
  };
  return {
    offers: ['profile.read', 'profile.write', 'contact.read', 'contact.write', 'avatar.read', 'avatar.write'],
    register(app) {
      requireCaller(app);
      acceptMergePatchOnly(app);
      recordRoutes(app, {
        ...common,
        url: '/me',
        what: 'profile',
        valueSchema: userSchema,
        patchSchema: userPatchSchema,
        record: profile.user,
        guardEdit: guard('user'),
      });
      recordRoutes(app, {
        ...common,
        url: '/me/contact',
        what: 'contact information',
        valueSchema: contactSchema,
        patchSchema: contactPatchSchema,
        record: profile.contact,
        guardEdit: guard('contact'),
      });
      recordRoutes(app, {
        ...common,
        url: '/me/avatar',
        what: 'picture',
        valueSchema: avatarSchema,
        patchSchema: avatarPatchSchema,
        record: profile.avatar,
        guardEdit: guard('avatar'),
      });
    },
  };
}
