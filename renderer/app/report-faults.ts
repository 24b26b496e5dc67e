import type { App } from 'vue';
import type { PageFault } from '../../shared/contract/app.ts';
import type { Host } from '../host/host.ts';
import { t } from '../lib/i18n/text.ts';
import { useToasts } from '../ui/feedback/use-toasts.ts';

const mostFrames = 8;
const longestFrame = 300;

/** A fault of this page's own code reaches the log, and the person, who would otherwise wait for nothing. */
export function reportFaults(app: App, page: Window, { calls }: Pick<Host, 'calls'>): void {
  function report(error: unknown): void {
    // For whoever looks at it with the browser's tools.
    // oxlint-disable-next-line no-console -- the one place for it
    console.error(error);
    // The services may be what is gone; that is told elsewhere.
    calls.app.reportFault(describeFault(error)).catch(() => undefined);
    useToasts().say({ title: t('app.faultTitle'), body: t('app.faultBody'), isFailure: true });
  }
  app.config.errorHandler = report;
  // The browser's own remarks, that a resize observer goes on in the next frame, come without an error.
  page.addEventListener('error', ({ error }) => void (error && report(error)));
  page.addEventListener('unhandledrejection', (event) => report(event.reason));
}

/** Kind and places, without the message: that may hold what somebody has typed. */
export function describeFault(error: unknown): PageFault {
  if (!(error instanceof Error)) return { name: typeof error, frames: [] };
  const lines = (error.stack ?? '').slice(messageEnd(error)).split('\n');
  const frames = lines.map((line) => line.trim()).filter((line) => line.startsWith('at '));
  return {
    name: error.name.slice(0, 100),
    frames: frames.slice(0, mostFrames).map((frame) => withoutAddress(frame).slice(0, longestFrame)),
  };
}

/** A stack begins with the name and the message, which may look like a frame itself. */
function messageEnd({ stack = '', message }: Error): number {
  const start = stack.indexOf(message);
  return start === -1 ? 0 : start + message.length;
}

/** The address of the page holds its port, and may hold an id. */
function withoutAddress(frame: string): string {
  return frame
    .slice('at '.length)
    .replace(/\w[\w+.-]*:\/\/[^/\s)]*/g, '')
    .replace(/[?#][^:\s)]*/g, '');
}
