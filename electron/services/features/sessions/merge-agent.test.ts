import { describe, expect, it } from 'vitest';
import type { Agent } from '../../provider/account-sessions.ts';
import { mergeAgent } from './merge-agent.ts';

const unknown: Agent = {
  browser: { name: null, version: null },
  os: { name: null, version: null },
  device: { vendor: null, model: null, type: null },
  engine: { name: null, version: null },
  cpu: null,
};
const parsed: Agent = {
  browser: { name: 'Chrome', version: '126.0' },
  os: { name: 'Android', version: '10' },
  device: { vendor: null, model: null, type: 'mobile' },
  engine: { name: 'Blink', version: '126.0' },
  cpu: null,
};

describe('E8 what the provider tells of a device', () => {
  it('is not needed', () => {
    expect(mergeAgent(null, parsed)).toEqual(parsed);
    expect(mergeAgent(unknown, parsed)).toEqual(parsed);
  });

  it('wins over the User-Agent, each thing by itself', () => {
    const reported = { ...unknown, os: { name: 'Android', version: '15' }, cpu: 'arm64' };
    expect(mergeAgent(reported, parsed)).toEqual({ ...parsed, os: { name: 'Android', version: '15' }, cpu: 'arm64' });
  });

  it('is completed where both speak of the same thing', () => {
    const reported = {
      ...unknown,
      browser: { name: 'Chrome', version: null },
      device: { vendor: 'Google', model: 'Pixel 9', type: null },
    };
    const { browser, device } = mergeAgent(reported, parsed);
    expect(browser).toEqual({ name: 'Chrome', version: '126.0' });
    expect(device).toEqual({ vendor: 'Google', model: 'Pixel 9', type: 'mobile' });
  });

  it('gets no version of another browser', () => {
    expect(mergeAgent({ ...unknown, browser: { name: 'Vivaldi', version: null } }, parsed).browser).toEqual({
      name: 'Vivaldi',
      version: null,
    });
  });
});
