import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { diskStorage } from './storage.ts';
import { callVk, pixel, startSandbox, stopSandboxes } from './testing.ts';

describe('sandbox storage', () => {
  let dataDir: string;
  beforeEach(() => (dataDir = mkdtempSync(join(tmpdir(), 'otklik-sandbox-'))));
  afterEach(async () => {
    await stopSandboxes();
    rmSync(dataDir, { recursive: true });
  });

  it('keeps posts, comments, guids and photos over a restart', async () => {
    const before = await startSandbox({ dataDir });
    const post = before.vk.post({ author: 'Анна Петрова', text: 'Нет воды', photos: [pixel] });
    const where = { owner_id: post.owner_id, post_id: post.id, message: 'Ответ', guid: 'g' };
    const made = await callVk(before, 'wall.createComment', where);
    await stopSandboxes();

    const after = await startSandbox({ dataDir });
    const read = await callVk(after, 'wall.getById', { posts: `${post.owner_id}_${post.id}` });
    const size = read.response.items[0]?.attachments[0]?.photo.sizes[0];
    expect((await fetch(size?.url ?? '')).status).to.equal(200);
    const again = await callVk(after, 'wall.createComment', where);
    expect(again.response.comment_id).to.equal(made.response.comment_id);
    expect(after.vk.post({ author: 'Анна Петрова', text: 'ещё' }).from_id).to.equal(post.from_id);
  });

  it('leaves no temporary file and refuses names outside its folder', () => {
    const storage = diskStorage(dataDir);
    storage.save({ a: 1 });
    storage.put('x.png', pixel);
    expect(readdirSync(dataDir).sort()).to.deep.equal(['files', 'state.json']);
    expect(() => storage.put('../x', pixel)).to.throw('bad file name');
    expect(storage.get('missing')).to.equal(null);
  });

  it('names the file that is damaged, and the remedy', () => {
    writeFileSync(join(dataDir, 'state.json'), '{');
    expect(() => diskStorage(dataDir).load()).to.throw(/state\.json is not valid JSON: delete it/);
  });
});
