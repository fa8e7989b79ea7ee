import { spawn } from 'node:child_process';

export interface Ran {
  /** null when the program could not be run at all or was ended by a signal. */
  code: number | null;
  /** Standard output and standard error, as they came. */
  output: string;
}

/** Runs a program to its end and gives all it said; never throws. `onText` sees the text as it comes. */
export async function run(
  command: string,
  args: string[],
  options: {
    env?: NodeJS.ProcessEnv;
    uid?: number;
    gid?: number;
    onText?: (text: string) => void;
  } = {},
): Promise<Ran> {
  const { onText, ...spawnOptions } = options;
  return new Promise((done) => {
    let output = '';
    const fail = (error: Error) => done({ code: null, output: `${output}${error.message}` });
    try {
      const child = spawn(command, args, {
        ...spawnOptions,
        stdio: ['ignore', 'pipe', 'pipe'],
        windowsHide: true,
        // Windows runs a .cmd only through its shell.
        shell: command.endsWith('.cmd'),
      });
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', (text: string) => {
          output += text;
          onText?.(text);
        });
      }
      child.on('error', fail);
      child.on('close', (code) => done({ code, output }));
    } catch (error) {
      // A path through a file is thrown instead of reported.
      fail(error as Error);
    }
  });
}
