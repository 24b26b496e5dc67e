import type { Agent } from '../../../provider/account-sessions.ts';

type Device = Agent['device'];

/** How makers write themselves (Build.MANUFACTURER), and the names that ua-parser-js gives them. */
const makers = new Map(
  [
    'Google Samsung Xiaomi OnePlus OPPO Vivo Realme Huawei Honor Motorola Sony LG Nokia HMD Fairphone Nothing ASUS Lenovo',
    'ZTE TCL Sharp Meizu HTC BlackBerry Amazon Infinix Tecno itel Ulefone Doogee Blackview Cubot Oukitel Umidigi Gigaset',
    'Volla SHIFT Murena Teracube Unihertz Wiko Alcatel Crosscall Kyocera Hisense BQ Essential Razer Micromax Lava Teclast',
  ]
    .flatMap((line) => line.split(' '))
    .map((name): [string, string] => [name.toLowerCase(), name]),
);
makers.set('lge', 'LG');

/** Lines of products whose name stands where others have the maker's. */
const lines = new Map([
  ['pixel', 'Google'],
  ['nexus', 'Google'],
  ['galaxy', 'Samsung'],
  ['redmi', 'Xiaomi'],
  ['mi', 'Xiaomi'],
  ['poco', 'Xiaomi'],
  ['moto', 'Motorola'],
  ['xperia', 'Sony'],
]);

/** What chat programs add at the end ("Sdk 25.1.8"): only they write a maker that is not known here. */
const chatProgram = /; (?:flavour |matrixandroidsdk2 |sdk \d)/i;

const inOneField = /^(?!mozilla\/)[^(;]{1,80} \((?<maker>[\w-]+) (?<model>[^;]{1,80}); android \d/i;
const inTwoFields = /^(?!mozilla\/)[^(;]{1,80} \((?<maker>[\w-]+); (?<model>[^;]{1,80}); android \d/i;

/**
 * The device that an Android program states in so many words, maker and model first: "Element X/25.01.0 (Google Pixel
 * 8; Android 15; …)". Null for everything else. `found` is what patterns make of the model; it still tells a tablet.
 */
export function readStatedDevice(text: string, found: Device): Device | null {
  const inOne = inOneField.exec(text)?.groups;
  const { maker = '', model = '' } = inOne ?? inTwoFields.exec(text)?.groups ?? {};
  const line = inOne && lines.get(maker.toLowerCase());
  if (line) return { vendor: line, model: `${maker} ${model}`, type: typeOf(model, found) };
  const known = makers.get(maker.toLowerCase());
  if (known) return { vendor: known, model: withoutMaker(maker, model), type: typeOf(model, found) };
  return inOne && chatProgram.test(text) ? { vendor: maker, model, type: typeOf(model, found) } : null;
}

/** "motorola motorola edge 40" */
function withoutMaker(maker: string, model: string): string {
  return model.toLowerCase().startsWith(`${maker.toLowerCase()} `) ? model.slice(maker.length + 1) : model;
}

function typeOf(model: string, found: Device): string {
  return found.type === 'tablet' || /\b(?:tab|tablet|pad)\b/i.test(model) ? 'tablet' : 'mobile';
}
