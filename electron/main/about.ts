import { app } from 'electron';
import { release } from './release.ts';

/** Fills the About box of the menu: on Linux and Windows it has nothing of its own, not even the version. */
export function setAbout(): void {
  app.setAboutPanelOptions({
    applicationName: app.getName(),
    applicationVersion: app.getVersion(),
    // The one line that every system shows besides.
    copyright: `${release ? `Built on ${release.builtOn}` : 'Built from source'}, Electron ${process.versions['electron'] ?? ''}`,
    ...(release?.newVersionsAt && { website: release.newVersionsAt }),
  });
}
