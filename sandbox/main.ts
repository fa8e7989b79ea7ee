import { portFrom } from './port.ts';
import { createSandbox } from './sandbox.ts';
import { defaultVkOptions, type CallbackOptions } from './vk/options.ts';

/** Runs the sandbox on its own: `npx tsx sandbox/main.ts`. Settings come from the environment. */
const env = process.env;

const callbackUrl = env['OTKLIK_SANDBOX_VK_CALLBACK_URL'];
const callback: CallbackOptions | null = callbackUrl
  ? {
      url: callbackUrl,
      confirmation: env['OTKLIK_SANDBOX_VK_CALLBACK_CONFIRMATION'] ?? 'sandbox',
      secret: env['OTKLIK_SANDBOX_VK_CALLBACK_SECRET'] ?? 'sandbox-secret',
    }
  : null;

const metaCallback = (name: 'FACEBOOK' | 'INSTAGRAM') => {
  const url = env[`OTKLIK_SANDBOX_${name}_CALLBACK_URL`];
  const verifyToken = env['OTKLIK_SANDBOX_META_VERIFY_TOKEN'] ?? 'sandbox-verify-token';
  return { callback: url ? { url, verifyToken } : null };
};

const sandbox = await createSandbox({
  port: portFrom(env, 'OTKLIK_SANDBOX_PORT', 3100),
  smtpPort: portFrom(env, 'OTKLIK_SANDBOX_SMTP_PORT', 3125),
  host: env['OTKLIK_SANDBOX_HOST'] ?? '127.0.0.1',
  dataDir: env['OTKLIK_DATA'] ?? '.data',
  vk: {
    userToken: env['OTKLIK_SANDBOX_VK_USER_TOKEN'] ?? defaultVkOptions.userToken,
    groupToken: env['OTKLIK_SANDBOX_VK_GROUP_TOKEN'] ?? defaultVkOptions.groupToken,
    callback,
  },
  facebook: metaCallback('FACEBOOK'),
  instagram: metaCallback('INSTAGRAM'),
});
console.log(
  `Sandbox: page ${sandbox.url}/, APIs ${sandbox.vk.url}, ${sandbox.ok.url}, SMTP ${sandbox.mail.port}`,
);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void sandbox.close());
}
