import type { App } from 'vue';
import type { PageFault } from '../../shared/contract/app.ts';
import { AppError } from '../../shared/contract/errors.ts';
import type { Host } from '../host/host.ts';
import { t } from '../lib/i18n/text.ts';
import { useToasts } from '../ui/feedback/use-toasts.ts';

const maxFrames = 8;
const maxFrameLength = 300;

/** A fault of this page's own code reaches the log, and the person, who would otherwise wait for nothing. */
export function reportFaults(app: App, page: Window, { calls }: Pick<Host, 'calls'>): void {
  function report(error: unknown): void {
    // What was called off, or has nobody left to answer it, is no fault of the page.
    if (error instanceof AppError && error.code === 'cancelled') return;
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
  const lines = stackBehindMessage(error).split('\n');
  // As V8 writes them, or as Firefox and Safari do.
  const frames = lines.map((line) => line.trim()).filter((line) => /^at |@.*:\d+:\d+$/.test(line));
  return {
    name: error.name.slice(0, 100),
    frames: frames.slice(0, maxFrames).map((frame) => withoutAddress(frame).slice(0, maxFrameLength)),
  };
}

/**
 * V8's stack begins with the name and the message, which may look like frames themselves. A message that was set later
 * is not in it: then nobody knows where the old one ends.
 */
function stackBehindMessage({ name, stack = '', message }: Error): string {
  if (!stack.startsWith(name)) return stack;
  const start = stack.indexOf(message);
  return start === -1 ? '' : stack.slice(start + message.length);
}

/** The address of the page holds its port, and may hold an id. */
function withoutAddress(frame: string): string {
  return frame
    .replace(/^at /, '')
    .replace(/\w[\w+.-]*:\/\/[^/\s)]*/g, '')
    .replace(/[?#][^:\s)]*/g, '');
}
