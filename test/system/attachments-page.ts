import { expect } from 'chai';

/** The page of photos and videos behind a task's link, used as its script does. */
export function attachmentsPageAt(link: string) {
  const post = async (url: string, body?: FormData): Promise<void> => {
    const headers = { accept: 'application/json' };
    const response = await fetch(url, { method: 'POST', headers, ...(body && { body }) });
    expect(response.status, await response.text()).to.equal(200);
  };
  const change = async (name: string, what: string): Promise<void> => {
    const html = await (await fetch(link)).text();
    const [, id] =
      [...html.matchAll(/\/files\/([0-9a-f-]{36})[^>]*><img[^>]*alt="([^"]*)"/g)].find(
        ([, , alt]) => alt === name,
      ) ?? [];
    if (id === undefined) throw new Error(`no file ${name}`);
    await post(link.replace('?', `/files/${id}/${what}?`));
  };
  return {
    adds(name: string, bytes: Buffer): Promise<void> {
      const form = new FormData();
      form.set('file', new Blob([new Uint8Array(bytes)]), name);
      return post(link, form);
    },
    removes: (name: string) => change(name, 'remove'),
    leavesOut: (name: string) => change(name, 'leave-out'),
  };
}
