import { randomBytes } from 'node:crypto';
import type { Faults } from '../faults.ts';
import { VkError } from './errors.ts';

const spoken = ['rate', 'captcha', 'permission', 'refused', 'credentials', 'error'] as const;

/** The fault that VK would put into words, counted as used; undefined when none is set. */
export function spokenFault(faults: Faults, method: string, base: string): VkError | undefined {
  const fault = faults.take(spoken, method);
  switch (fault?.kind) {
    case undefined:
      return undefined;
    case 'rate':
      return new VkError(6);
    case 'captcha': {
      const sid = String(randomBytes(6).readUIntBE(0, 6));
      return new VkError(14, undefined, {
        captcha_sid: sid,
        captcha_img: `${base}/captcha/${sid}`,
      });
    }
    case 'permission':
      return new VkError(fault?.code ?? (method === 'wall.createComment' ? 213 : 7));
    case 'refused':
      return new VkError(222);
    case 'credentials':
      return new VkError(5, 'invalid access_token (4).');
    case 'error':
      return new VkError(fault?.code ?? 10);
  }
}

/** What `captcha_img` leads to. */
export const captchaImage = `<svg xmlns="http://www.w3.org/2000/svg" width="130" height="50">
<rect width="130" height="50" fill="#eee"/><text x="20" y="34" font-size="26">к4пч4</text></svg>`;
