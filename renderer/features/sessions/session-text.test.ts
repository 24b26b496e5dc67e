import { Laptop, MonitorSmartphone, Smartphone, Tablet, Terminal } from '@lucide/vue';
import { describe, expect, it } from 'vitest';
import { sampleSessions } from '../../testing/sample-sessions.ts';
import { agentName, fullName, modelName, sessionIcon, sessionName, systemName } from './session-text.ts';

const unknown = { ...sampleSessions(0)[0]!, browser: { name: null, version: null }, os: { name: null, version: null } };
const firefox = { name: 'Firefox', version: '132.0.1' };
const windows = { name: 'Windows', version: '11' };

describe('E8 what a session is called', () => {
  it.each([
    [firefox, windows, 'Firefox 132 on Windows 11'],
    [firefox, { name: 'Linux', version: null }, 'Firefox 132 on Linux'],
    [firefox, unknown.os, 'Firefox 132 on an unknown system'],
    [{ name: 'Profile Desk', version: '0.1.0' }, { name: 'Linux', version: '6.18.44' }, 'Profile Desk 0.1 on Linux 6'],
    [unknown.browser, windows, 'Unknown app on Windows 11'],
    [firefox, { name: 'Mac OS', version: '10.15.7' }, 'Firefox 132 on macOS'],
    [firefox, { name: 'Mac OS', version: '14.6' }, 'Firefox 132 on macOS 14'],
    [unknown.browser, unknown.os, 'Unknown app'],
  ])('is never blank: %j, %j', (browser, os, name) => expect(agentName({ ...unknown, browser, os })).toBe(name));

  it('X10 is the own name where there is one', () => {
    expect(sessionName({ ...unknown, ownName: 'Home' })).toBe('Home');
    expect(sessionName(unknown)).toBe('Unknown app');
  });

  it('has the full version and the maker in the details, and null for what is unknown', () => {
    expect(fullName(firefox)).toBe('Firefox 132.0.1');
    expect(fullName(unknown.browser)).toBeNull();
    expect(modelName({ ...unknown, device: { vendor: 'Apple', model: 'iPhone', type: 'mobile' } })).toBe(
      'Apple iPhone',
    );
    expect(modelName({ ...unknown, device: { vendor: null, model: null, type: 'mobile' } })).toBeNull();
  });

  it('calls macOS by its name of today; the details have the version as it was sent', () => {
    expect(systemName({ ...unknown, os: { name: 'Mac OS', version: '10.15.7' } })).toBe('macOS 10.15.7');
    expect(systemName(unknown)).toBeNull();
    expect(systemName({ ...unknown, os: windows })).toBe('Windows 11');
  });

  it.each([
    [{ device: { vendor: null, model: null, type: 'mobile' } }, Smartphone],
    [{ device: { vendor: null, model: null, type: 'tablet' } }, Tablet],
    [{ os: windows }, Laptop],
    [{ browser: { name: 'curl', version: '8' } }, Terminal],
    [{}, MonitorSmartphone],
  ])('has a picture of its kind: %j', (changes, icon) => expect(sessionIcon({ ...unknown, ...changes })).toBe(icon));
});
