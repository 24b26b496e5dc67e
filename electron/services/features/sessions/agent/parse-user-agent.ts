import UAParser from 'ua-parser-js';
import { cleanText } from '../../../core/clean-text.ts';
import type { Agent } from '../../../provider/account-sessions.ts';
import { browserRules } from './browser.rules.ts';
import { readDarwin } from './darwin.ts';
import { deviceRules } from './device.rules.ts';
import { readMirall } from './mirall.ts';
import { osRules } from './os.rules.ts';
import { cpuRules, engineRules } from './platform.rules.ts';
import { applyRules } from './rule.ts';
import { readStatedDevice } from './stated-device.ts';
import { tidyBrowser, tidyDevice, tidySystem } from './tidy.ts';

/** No User-Agent in use is longer; it also bounds the time any pattern can take. */
const maxTextLength = 500;

const nothing = { name: null, version: null };
const noDevice = { vendor: null, model: null, type: null };

/**
 * Reads a User-Agent. Names and words are those of ua-parser-js 1: `cpu` is amd64, ia32, arm64, ...; `device.type` is
 * mobile, tablet, smarttv, console, wearable or embedded, and null for desktops, which do not name themselves.
 * What browsers froze (Windows NT 10.0, Mac OS X 10_15_7) is given as sent. Never throws; no text yields all nulls.
 */
export function parseUserAgent(text: string): Agent {
  const line = cleanText(text.slice(0, maxTextLength));
  if (line === '') return { browser: nothing, os: nothing, device: noDevice, engine: nothing, cpu: null };
  const found = askLibrary(line);
  const device = applyRules(deviceRules, line, found.device, noDevice);
  return {
    browser: tidyBrowser(applyRules(browserRules, line, found.browser, nothing)),
    os: tidySystem(readMirall(line) ?? readDarwin(line) ?? applyRules(osRules, line, found.os, nothing)),
    device: tidyDevice(readStatedDevice(line, device) ?? device),
    engine: tidyBrowser(applyRules(engineRules, line, found.engine, nothing)),
    cpu:
      applyRules(cpuRules, line, { architecture: found.cpu }, { architecture: null }).architecture?.toLowerCase() ??
      null,
  };
}

function askLibrary(line: string): Agent {
  const { browser, os, device, engine, cpu } = new UAParser(line).getResult();
  return {
    browser: { name: browser.name ?? null, version: browser.version ?? null },
    os: { name: os.name ?? null, version: os.version ?? null },
    device: { vendor: device.vendor ?? null, model: device.model ?? null, type: device.type ?? null },
    engine: { name: engine.name ?? null, version: engine.version ?? null },
    cpu: cpu.architecture ?? null,
  };
}
