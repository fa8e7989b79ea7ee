import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';
import { bundledChromium, type Executable } from './bundled-chromium.ts';

const SYSTEM = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * Opens a headless Chromium: the one in `OTKLIK_CHROMIUM`, the system's, or the one that comes with
 * the development packages.
 */
export async function openChromium(): Promise<Browser> {
  const { path, env } = await findChromium();
  return chromium.launch({
    executablePath: path,
    env: { ...process.env, ...env },
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

async function findChromium(): Promise<Executable> {
  const installed = process.env['OTKLIK_CHROMIUM'] ?? SYSTEM.find((path) => existsSync(path));
  const found = installed === undefined ? await bundledChromium() : { path: installed, env: {} };
  if (found !== null) return found;
  throw new Error(
    `No Chromium found in ${SYSTEM.join(', ')}. Install one, or name it in OTKLIK_CHROMIUM.`,
  );
}
