import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { run } from '../stack/run.ts';
import { readSettings } from '../stack/settings.ts';

const PACKAGE = '@sparticuz/chromium';
const ARCHIVES = ['al2023.tar.br', 'fonts.tar.br', 'swiftshader.tar.br'];

/** A browser's program with the environment it needs. */
export interface Executable {
  path: string;
  env: Record<string, string>;
}

/**
 * The Chromium that comes with the development packages, for machines that have none: unpacked once
 * into the cache, with the libraries it needs and a font with Cyrillic. null where it cannot run:
 * it is built for Linux on x64.
 */
export async function bundledChromium(): Promise<Executable | null> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null;
  const require = createRequire(import.meta.url);
  // …/build/cjs/index.cjs
  const home = join(dirname(require.resolve(PACKAGE)), '..', '..');
  const { version } = require(join(home, 'package.json')) as { version: string };
  const dir = join(readSettings().cacheDir, `chromium-${version}`);
  if (!existsSync(dir)) await unpack(join(home, 'bin'), dir);
  return {
    path: join(dir, 'chromium'),
    env: {
      LD_LIBRARY_PATH: join(dir, 'lib'),
      FONTCONFIG_FILE: join(dir, 'with-system-fonts.conf'),
    },
  };
}

/** Into a folder of its own first, so that nobody sees half of it and two may do it at once. */
async function unpack(bin: string, dir: string): Promise<void> {
  await mkdir(dirname(dir), { recursive: true });
  const draft = await mkdtemp(`${dir}-`);
  try {
    await pipeline(
      createReadStream(join(bin, 'chromium.br')),
      createBrotliDecompress(),
      createWriteStream(join(draft, 'chromium'), { mode: 0o755 }),
    );
    for (const archive of ARCHIVES) await extract(join(bin, archive), draft);
    await writeFile(join(draft, 'with-system-fonts.conf'), fontsConf(dir));
    await rename(draft, dir).catch((error: unknown) => {
      if (!existsSync(dir)) throw error;
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function extract(archive: string, into: string): Promise<void> {
  const tarball = join(into, 'unpacking.tar');
  await pipeline(createReadStream(archive), createBrotliDecompress(), createWriteStream(tarball));
  const { code, output } = await run('tar', ['-xf', tarball, '-C', into]);
  if (code !== 0) throw new Error(`tar could not unpack ${archive}: ${output}`);
  await rm(tarball);
}

const fontsConf = (dir: string) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${join(dir, 'fonts')}</dir>
  <cachedir>${join(dir, 'fonts-cache')}</cachedir>
</fontconfig>
`;
