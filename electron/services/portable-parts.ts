import { createPortableActivity } from './features/activity/portable/portable-activity.ts';
import { createPortableDrafts } from './features/drafts/portable-drafts.ts';
import { createPortableSessionNames } from './features/sessions/portable-session-names.ts';
import { createPortableSettings } from './features/settings/portable-settings.ts';
import { readSettings } from './features/settings/settings.service.ts';
import { createPortablePrivateKeys } from './features/ssh-keys/private-keys/portable-private-keys.ts';
import type { Ports } from './ports.ts';
import type { PortablePart } from './resources/portable-part.ts';
import type { SealedStorage } from './vault/sealed-storage.ts';

export interface PortablePartsDeps {
  readonly ports: Pick<Ports, 'settingsFile'>;
  readonly storage: SealedStorage;
}

/** What goes into an export and comes out of it elsewhere (X14), in the order of the screen. */
export function portableParts({ ports, storage }: PortablePartsDeps): readonly PortablePart[] {
  return [
    createPortableSettings(ports.settingsFile),
    createPortableSessionNames(storage),
    createPortableDrafts(storage),
    createPortableActivity({ storage, limit: () => readSettings(ports.settingsFile).activityLimit }),
    createPortablePrivateKeys(storage),
  ];
}
