import { app, type Session, type WebContents } from 'electron';
import { appOrigin } from './app-scheme.ts';
import { openExternalLink } from './window/external-links.ts';

/** Locks each session and each page there ever is, whoever makes it. Comes before Electron is ready. */
export function lockEverything(): void {
  // Looking up a name tells it to somebody, and is no request that a session could cancel. Ours go through Node.
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
  app.on('session-created', lockSession);
  app.on('web-contents-created', (_event, contents) => lockContents(contents));
}

/** No network, no permission, no device, no download. */
function lockSession(session: Session): void {
  session.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !isLocal(url) }));
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer(null));
  // A spell checker fetches its dictionaries from the network, and has begun with them by now: without a language it
  // stops.
  session.setSpellCheckerLanguages([]);
  session.setSpellCheckerEnabled(false);
  session.on('will-download', (event) => event.preventDefault());
}

/** Own files, and what a page made itself. Developer tools are pages too, in a build that has them. */
function isLocal(url: string): boolean {
  if (url.startsWith('devtools://')) return !app.isPackaged;
  return [`${appOrigin}/`, `blob:${appOrigin}/`, 'data:'].some((start) => url.startsWith(start));
}

/**
 * A page stays where it was loaded, opens nothing, and has no WebRTC: that obeys neither its policy nor its session.
 */
function lockContents(contents: WebContents): void {
  // No UDP without a proxy, and there is none; what is left of it, TCP, finds no host (see lockEverything).
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-frame-navigate', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.on('select-bluetooth-device', (event, _devices, choose) => {
    // Without this Electron takes the first device it finds.
    event.preventDefault();
    choose('');
  });
  contents.setWindowOpenHandler(({ url }) => {
    openExternalLink(url);
    return { action: 'deny' };
  });
}
