import type { Example, ExampleKind } from '../../../../shared/contract/keys/api-key.ts';

/** Programs that read the own profile with an API key, ready to run. */
const writers: Readonly<Record<ExampleKind, (url: string, key: string) => string>> = {
  curl: (url, key) => `curl --header ${shell(`Authorization: Bearer ${key}`)} ${shell(url)}`,
  node: (url, key) =>
    [
      `const response = await fetch(${quoted(url)}, {`,
      `  headers: { Authorization: ${quoted(`Bearer ${key}`)} },`,
      '});',
      'console.log(await response.json());',
    ].join('\n'),
  python: (url, key) =>
    [
      'import json, urllib.request',
      '',
      `request = urllib.request.Request(${quoted(url)}, headers={"Authorization": ${quoted(`Bearer ${key}`)}})`,
      'with urllib.request.urlopen(request) as response:',
      '    print(json.load(response))',
    ].join('\n'),
};

export function writeExample(kind: ExampleKind, url: string, key: string): string {
  return writers[kind](url, key);
}

export function writeExamples(url: string, key: string): Example[] {
  return (Object.keys(writers) as ExampleKind[]).map((kind) => ({ kind, text: writeExample(kind, url, key) }));
}

/** For sh and its kin. */
function shell(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** A string of JSON is one of JavaScript and of Python too. */
function quoted(text: string): string {
  return JSON.stringify(text);
}
