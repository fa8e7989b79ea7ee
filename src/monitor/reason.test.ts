import { expect } from 'chai';
import { TryLater } from '../errors.ts';
import { CredentialsRefused } from '../networks/port.ts';
import { VkError } from '../networks/vk/errors.ts';
import { XError } from '../networks/x/errors.ts';
import { reasonOf } from './reason.ts';

const engineAway = Object.assign(new Error('14 UNAVAILABLE'), { code: 14 });

describe('Why a network is not read, as staff are told', () => {
  for (const [what, error, told] of [
    ['it is away', new TryLater('api.vk.com: HTTP 503'), 'сеть не отвечает (api.vk.com: HTTP 503)'],
    ['it limits us', new TryLater('VK: 9', 60_000), 'сеть просит подождать (VK: 9)'],
    [
      'it refuses our key',
      new CredentialsRefused('VK: 5'),
      'сеть не принимает ключ доступа (VK: 5)',
    ],
    [
      'X says why',
      new XError('GET /2/tweets', 403, 'Forbidden'),
      /^сеть не разрешила это действие/,
    ],
    // 14 is also how the engine says that it is away.
    ['VK wants a captcha, its error 14', new VkError('wall.get', 14, 'Captcha needed'), /\(VK/],
    [
      'a defect of ours',
      new Error('secret row'),
      /^ответ сети не обработан, подробности в журнале/,
    ],
    ['the engine is away, which is not its fault', engineAway, null],
  ] as const) {
    it(what, () => {
      const reason = reasonOf(error);
      if (told instanceof RegExp) expect(reason).to.match(told);
      else expect(reason).to.equal(told);
      expect(reason ?? '').not.to.contain('secret');
    });
  }
});
