import { expect } from 'chai';
import { startSandbox, stopSandboxes } from '../testing.ts';

describe('webhook sink', () => {
  afterEach(stopSandboxes);

  it('records calls by name, and refuses when told to', async () => {
    const sandbox = await startSandbox();
    const call = () =>
      fetch(`${sandbox.url}/hooks/gkh`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-signature': 'abc' },
        body: JSON.stringify({ text: '<b>поручение</b>' }),
      });
    sandbox.hooks.refuse(1);
    expect((await call()).status).to.equal(503);
    expect((await call()).status).to.equal(202);
    await fetch(`${sandbox.url}/hooks/roads`, { method: 'POST', body: 'простой текст' });

    expect(sandbox.hooks.messages('gkh')).to.have.length(1);
    expect(sandbox.hooks.messages('gkh')[0]?.body).to.deep.equal({ text: '<b>поручение</b>' });
    expect(sandbox.hooks.messages('gkh')[0]?.headers['x-signature']).to.equal('abc');
    expect(sandbox.hooks.messages('roads')[0]?.body).to.equal('простой текст');
    const page = await (await fetch(`${sandbox.url}/hooks`)).text();
    expect(page).to.contain('&lt;b&gt;поручение').and.not.to.contain('<b>поручение');
    const json = (await (await fetch(`${sandbox.url}/hooks/messages.json`)).json()) as unknown[];
    expect(json).to.have.length(2);
  });
});
