import { Laptop, MonitorSmartphone, Smartphone, Tablet, Terminal } from '@lucide/vue';
import type { Component } from 'vue';
import type { Session } from '../../../shared/contract/account/sessions.ts';
import { t } from '../../lib/i18n/text.ts';

/** What it runs on, in short: "Firefox 132 on Windows 11". */
export function agentName({ browser, os }: Session): string {
  const values = { browser: withMajor(browser), os: majorSystem(os) };
  if (values.browser && values.os) return t('sessions.names.both', values);
  if (values.browser) return t('sessions.names.browserOnly', values);
  return values.os ? t('sessions.names.osOnly', values) : t('sessions.names.neither');
}

/** The name by which a person knows it: their own, else what it runs on. */
export function sessionName(session: Session): string {
  return session.ownName ?? agentName(session);
}

/** The system's name and version in full, as they were sent, or null. */
export function systemName({ os }: Session): string | null {
  return fullName({ name: todaysName(os.name), version: os.version });
}

function todaysName(name: string | null): string | null {
  return name === 'Mac OS' ? 'macOS' : name;
}

/** Browsers have sent 10_15_7 since 2020, whichever macOS it is: no version is better than that one. */
function majorSystem({ name, version }: Session['os']): string {
  const isFrozen = name === 'Mac OS' && version?.startsWith('10.');
  return withMajor({ name: todaysName(name), version: isFrozen ? null : version });
}

/** Name and version in full, or null. */
export function fullName({ name, version }: Session['browser']): string | null {
  return joined(name, version);
}

/** Maker and model, or null. */
export function modelName({ device }: Session): string | null {
  return joined(device.vendor, device.model);
}

export function sessionIcon({ device, os, browser }: Session): Component {
  if (device.type === 'mobile') return Smartphone;
  if (device.type === 'tablet') return Tablet;
  if (os.name) return Laptop;
  return browser.name ? Terminal : MonitorSmartphone;
}

/** Before version 1 the second number is the one that tells (Semantic Versioning 2.0.0, 4). */
function withMajor({ name, version }: Session['browser']): string {
  return joined(name, /^(?:0\.)?[^.]+/.exec(version ?? '')?.[0] ?? null) ?? '';
}

function joined(...parts: readonly (string | null)[]): string | null {
  return parts.filter(Boolean).join(' ') || null;
}
