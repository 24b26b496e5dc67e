import { formatExactTime } from '../../../lib/formats.ts';
import { perLanguage } from '../../../lib/i18n/language.ts';

const time = perLanguage((language) => new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit' }));

/** The time of day; with its day unless that is today. `now` in milliseconds. */
export function untilText(instant: string, now: number): string {
  const isToday = new Date(instant).toDateString() === new Date(now).toDateString();
  return isToday ? time().format(new Date(instant)) : formatExactTime(instant);
}
