import { nodeId } from '../../api/node';
import type { NoticeModule } from '../notice';

/** A webhook endpoint was paused by the service: it answered 410, or failed for five days. */
export const webhookPaused: NoticeModule<'WEBHOOK_PAUSED'> = {
  kind: 'WEBHOOK_PAUSED',
  source: null,
  words: {
    en: ({ host, reason }) => ({
      subject: `The webhook endpoint at ${host} was paused`,
      sentence: `${reason === 'GONE' ? `The endpoint at ${host} answered that it accepts no more events (410).` : `Every delivery to the endpoint at ${host} failed for five days.`} It is paused and keeps its place. Repair it and resume it: no event is lost.`,
      linkText: 'Open the endpoint',
    }),
    de: ({ host, reason }) => ({
      subject: `Der Webhook-Endpunkt bei ${host} wurde angehalten`,
      sentence: `${reason === 'GONE' ? `Der Endpunkt bei ${host} hat geantwortet, dass er keine Ereignisse mehr annimmt (410).` : `Fünf Tage lang ist jede Zustellung an den Endpunkt bei ${host} fehlgeschlagen.`} Er ist angehalten und behält seine Stelle. Beheben Sie den Fehler und setzen Sie ihn fort: Kein Ereignis geht verloren.`,
      linkText: 'Endpunkt öffnen',
    }),
    es: ({ host, reason }) => ({
      subject: `Se ha pausado el webhook de ${host}`,
      sentence: `${reason === 'GONE' ? `El destino ${host} ha respondido que ya no acepta eventos (410).` : `Todas las entregas a ${host} han fallado durante cinco días.`} Está en pausa y conserva su posición. Repárelo y reanúdelo: no se pierde ningún evento.`,
      linkText: 'Abrir el webhook',
    }),
    ja: ({ host, reason }) => ({
      subject: `${host} へのWebhookを一時停止しました`,
      sentence: `${reason === 'GONE' ? `${host} の受信先が、イベントをもう受け付けないと応答しました（410）。` : `${host} への配信が5日間すべて失敗しました。`}一時停止中も位置は保持されます。修復して再開すれば、イベントは失われません。`,
      linkText: 'Webhookを開く',
    }),
  },
  linkPath: ({ endpointId }) => `/admin/webhooks/${nodeId('WebhookEndpoint', endpointId)}`,
};
