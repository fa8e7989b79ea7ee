import { expect } from 'chai';
import { createSandbox } from './sandbox.ts';
import { startSandbox, stopSandboxes } from './testing.ts';

describe('sandbox', () => {
  afterEach(stopSandboxes);

  it('names the port that is taken and the setting that moves it', async () => {
    const first = await startSandbox();
    const port = Number(new URL(first.url).port);
    const start = (options: object) =>
      createSandbox(options).then(
        () => 'started',
        (error: Error) => error.message,
      );
    expect(await start({ port, smtpPort: 0 })).to.equal(
      `port ${port} is in use: set OTKLIK_SANDBOX_PORT to a free one`,
    );
    expect(await start({ port: 0, smtpPort: first.mail.port })).to.equal(
      `port ${first.mail.port} is in use: set OTKLIK_SANDBOX_SMTP_PORT to a free one`,
    );
  });

  it('forgets everything on reset and goes on', async () => {
    const sandbox = await startSandbox();
    const post = sandbox.vk.post({ text: 'запись' });
    sandbox.vk.behaviour({ kind: 'down' });
    sandbox.vk.reset();
    expect(() => sandbox.vk.delete(post)).to.throw('Такой записи нет');
    expect(sandbox.vk.behaviour()).to.be.empty;
    expect(sandbox.vk.post({ text: 'новая' }).id).to.equal(1);
  });
});
