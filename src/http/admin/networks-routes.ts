import type { RequestHandler, Response } from 'express';
import { NetworkSwitchEntity } from '../../db/entities/network-switch.ts';
import { networkNames } from '../../procedure/card.ts';
import { switchNetworks } from '../../registry/edit.ts';
import type { HttpDeps } from '../deps.ts';
import { current, editorIn, send, tokenIn, type Body } from './common.ts';
import { sent } from './fields.ts';
import { networksView, type NetworkLine } from './networks-view.ts';

async function linesOf({ db, networks }: HttpDeps): Promise<NetworkLine[]> {
  const switches = await db.manager.find(NetworkSwitchEntity);
  return Object.entries(networkNames).map(([code, name]) => {
    const network = networks.find(code);
    const own = switches.find((it) => it.network === code);
    return {
      code,
      name,
      enabled: network !== undefined,
      canRead: network?.canRead ?? false,
      canReply: network?.canReply ?? false,
      reads: own?.canRead ?? true,
      replies: own?.canReply ?? true,
    };
  });
}

export async function showNetworks(deps: HttpDeps, response: Response): Promise<void> {
  const { number } = await current(deps);
  const body = networksView(await linesOf(deps), tokenIn(response), number);
  send(response, 'Социальные сети', body);
}

export const changeNetworks =
  (deps: HttpDeps): RequestHandler =>
  async (request, response) => {
    const body = request.body as Body;
    const lines = (await linesOf(deps)).filter(({ enabled }) => enabled);
    await switchNetworks(
      deps.db,
      editorIn(response, body),
      // What the file forbids was not to be chosen: it stays as it was.
      lines.map(({ code, canRead, canReply, reads, replies }) => ({
        network: code,
        canRead: canRead ? sent(body, `${code}.canRead`) === 'on' : reads,
        canReply: canReply ? sent(body, `${code}.canReply`) === 'on' : replies,
      })),
    );
    response.redirect(303, '/admin/networks');
  };
