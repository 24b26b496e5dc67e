import type { CallerScope } from '../../http/caller-scope.ts';
import type { Feature } from '../../http/feature.ts';
import { acceptMergePatchOnly, recordRoutes } from '../../http/record-routes.ts';
import type { RequireReauth } from '../../http/require-reauth.ts';
import {
  avatarPatchSchema,
  avatarSchema,
  contactPatchSchema,
  contactSchema,
  userPatchSchema,
  userSchema,
} from './profile.schemas.ts';
import type { ProfileService } from './profile.service.ts';

/** `guardEdit` is there where editing needs a fresh proof of identity. */
export function profileFeature(
  profile: ProfileService,
  requireCaller: CallerScope,
  guardEdit?: RequireReauth,
): Feature {
  const common = { tag: 'profile', guardEdit, isOpenToApiKeys: true };
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
      });
      recordRoutes(app, {
        ...common,
        url: '/me/contact',
        what: 'contact information',
        valueSchema: contactSchema,
        patchSchema: contactPatchSchema,
        record: profile.contact,
      });
      recordRoutes(app, {
        ...common,
        url: '/me/avatar',
        what: 'picture',
        valueSchema: avatarSchema,
        patchSchema: avatarPatchSchema,
        record: profile.avatar,
      });
    },
  };
}
