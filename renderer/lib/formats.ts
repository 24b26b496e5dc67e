import { isolate } from './i18n/isolate.ts';
import { currentCatalogue, perLanguage } from './i18n/language.ts';
import { t } from './i18n/text.ts';

const relative = perLanguage((language) => new Intl.RelativeTimeFormat(language, { numeric: 'auto' }));
const exact = perLanguage((language) => new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }));
const clock = perLanguage((language) => new Intl.DateTimeFormat(language, { timeStyle: 'short' }));
const full = perLanguage((language) => new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'long' }));
const day = perLanguage((language) => new Intl.DateTimeFormat(language, { dateStyle: 'long' }));
const list = perLanguage((language) => new Intl.ListFormat(language, { type: 'conjunction' }));

/** Seconds of each unit, largest first. */
const units = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

/** "3 hours ago", "in 12 days"; anything under a minute is "a moment ago" or "in a moment". `now` in milliseconds. */
export function formatFromNow(instant: string, now: number): string {
  const seconds = (Date.parse(instant) - now) / 1_000;
  for (const [unit, length] of units) {
    if (Math.abs(seconds) >= length) return relative().format(Math.trunc(seconds / length), unit);
  }
  return t(seconds > 0 ? 'app.inAMoment' : 'app.momentAgo');
}

/** How long ago, to stand inside a sentence too; never in the future, though this computer's clock may be behind. */
export function formatAge(instant: string, now: number): string {
  const age = Math.max(0, now - Date.parse(instant));
  return age < 60_000 ? t('app.momentAgo') : formatFromNow(instant, now);
}

export function formatExactTime(instant: string): string {
  return exact().format(new Date(instant));
}

/** The time of day alone. */
export function formatClock(instant: string): string {
  return clock().format(new Date(instant));
}

/** With weekday, seconds and time zone: for who wants to know exactly. */
export function formatFullTime(instant: string): string {
  return full().format(new Date(instant));
}

export function formatDay(instant: string): string {
  return day().format(new Date(instant));
}

export function formatList(items: readonly string[]): string {
  return list().format(items);
}

/** Short facts on one line; empty ones are left out. */
export function joinFacts(...facts: readonly string[]): string {
  return facts.filter(Boolean).map(isolate).join(' · ');
}

/** Seconds as "14 min 32 sec". */
export function formatDuration(seconds: number, unitDisplay: 'short' | 'long' = 'short'): string {
  const whole = Math.max(0, Math.ceil(seconds));
  const parts: [number, string][] = [
    [Math.floor(whole / 3_600), 'hour'],
    [Math.floor((whole % 3_600) / 60), 'minute'],
    [whole % 60, 'second'],
  ];
  const shown = parts.filter(([amount]) => amount > 0);
  const named = shown.length > 0 ? shown : parts.slice(-1);
  return named
    .map(([amount, unit]) =>
      new Intl.NumberFormat(currentCatalogue().language, { style: 'unit', unit, unitDisplay }).format(amount),
    )
    .join(' ');
}

const countryNames = perLanguage((language) => new Intl.DisplayNames(language, { type: 'region', fallback: 'code' }));

/** The localized name of an ISO 3166-1 alpha-2 code; what is no such code is given back. */
export function formatCountry(code: string): string {
  return /^[A-Z]{2}$/.test(code) ? (countryNames().of(code) ?? code) : code;
}
