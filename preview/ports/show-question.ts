import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nativeText } from '../../electron/services/core/native-text.ts';
import { createWindowOpener } from '../open-window.ts';
import type { ShowQuestion } from './page-origin-question.ts';

/** In a window of its own, in a browser of its own; without one at the terminal, as a link. */
export const showQuestionInWindow: ShowQuestion = async (question) => {
  const folder = await mkdtemp(join(tmpdir(), 'profile-desk-question-'));
  const opener = createWindowOpener(() => question.url, join(folder, 'browser'));
  if (!(await opener.open())) await showQuestionAtTerminal(question);
  return async () => {
    await opener.close();
    await rm(folder, { recursive: true, force: true });
  };
};

export const showQuestionAtTerminal: ShowQuestion = async ({ url, origin }) => {
  process.stdout.write(`${nativeText('origin.atTerminal', { origin, url })}\n`);
  return () => Promise.resolve();
};
