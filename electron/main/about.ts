import { app } from 'electron';
import { nativeText } from '../services/core/native-text.ts';
import { release } from './release.ts';

/** Fills the About box of the menu: on Linux and Windows it has nothing of its own, not even the version. */
export function setAbout(): void {
  const version = process.versions['electron'] ?? '';
  app.setAboutPanelOptions({
    applicationName: app.getName(),
    applicationVersion: app.getVersion(),
    // The one line that every system shows besides.
    copyright: release
      ? nativeText('about.builtOn', { date: release.builtOn, version })
      : nativeText('about.fromSource', { version }),
    ...(release?.newVersionsAt && { website: release.newVersionsAt }),
  });
}
