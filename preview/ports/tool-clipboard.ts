import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../shared/contract/errors.ts';
import type { Clipboard } from '../../electron/services/ports.ts';
import { runTool, type Tool } from './run-tool.ts';

interface ToolSet {
  /** The text comes on standard input: arguments can be read by every program of the computer. */
  readonly write: Tool;
  /** What is no secret, where that is another command. */
  readonly writeText?: Tool;
  readonly read: Tool;
  readonly clear: Tool;
  /** It ends before the copy that it leaves behind has the clipboard. */
  readonly endsEarly?: boolean;
}

const tool = (program: string, ...args: readonly string[]): Tool => ({ program, args });

/** `wl-copy` of 2.3 marks a secret as one; earlier ones and those for X11 cannot. */
const wayland = (...mark: readonly string[]): ToolSet => ({
  write: tool('wl-copy', ...mark),
  writeText: tool('wl-copy'),
  read: tool('wl-paste', '--no-newline'),
  clear: tool('wl-copy', '--clear'),
});
const xclip: ToolSet = {
  write: tool('xclip', '-selection', 'clipboard', '-in'),
  read: tool('xclip', '-selection', 'clipboard', '-out'),
  clear: tool('xclip', '-selection', 'clipboard', '-in'),
};
const xsel: ToolSet = {
  write: tool('xsel', '--clipboard', '--input'),
  read: tool('xsel', '--clipboard', '--output'),
  clear: tool('xsel', '--clipboard', '--clear'),
  endsEarly: true,
};
const macos: ToolSet = { write: tool('pbcopy'), read: tool('pbpaste'), clear: tool('pbcopy') };
const powershell = (command: string): Tool => tool('powershell', '-NoProfile', '-NonInteractive', '-Command', command);
const windows: ToolSet = {
  write: powershell(
    '[Console]::InputEncoding = [Text.Encoding]::UTF8; Set-Clipboard -Value ([Console]::In.ReadToEnd())',
  ),
  read: powershell('[Console]::OutputEncoding = [Text.Encoding]::UTF8; [Console]::Out.Write((Get-Clipboard -Raw))'),
  clear: powershell('Set-Clipboard -Value $null'),
};

function toolsFor(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): readonly ToolSet[] {
  if (platform === 'win32') return [windows];
  if (platform === 'darwin') return [macos];
  return [
    ...(env['WAYLAND_DISPLAY'] ? [wayland('--sensitive'), wayland()] : []),
    ...(env['DISPLAY'] ? [xclip, xsel] : []),
  ];
}

/** Up to three seconds, longer on a busy computer; whatever came of it then. */
async function waitFor(isSo: () => Promise<boolean>): Promise<void> {
  for (let left = 150; left > 0 && !(await isSo()); left -= 1) await sleep(20);
}

/** The clipboard of the desktop, by the programs that come with it: the page has no right to read what it wrote. */
export function createToolClipboard(
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
): Clipboard {
  const tools = toolsFor(platform, env);
  /** The one that took the last text knows how to find it. */
  let used: ToolSet | undefined;

  async function write(text: string, choose: (set: ToolSet) => Tool): Promise<void> {
    for (const each of tools) {
      if ((await runTool(choose(each), text)) === undefined) continue;
      used = each;
      if (each.endsEarly) await waitFor(async () => (await runTool(each.read, '', { reads: true })) === text);
      return;
    }
    throw new AppError('clipboard-unavailable');
  }

  return {
    writeText: (text) => write(text, (set) => set.writeText ?? set.write),
    writeSecret: (text) => write(text, (set) => set.write),
    async read() {
      const text = used && (await runTool(used.read, '', { reads: true }));
      if (text === undefined) throw new AppError('clipboard-unavailable');
      return text;
    },
    async clear() {
      if (!used || (await runTool(used.clear)) === undefined) throw new AppError('clipboard-unavailable');
    },
  };
}
