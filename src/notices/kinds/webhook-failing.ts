import { nodeId } from '../../api/node';
import type { NoticeModule } from '../notice';

/** Nothing has arrived at a webhook endpoint for a quarter of an hour: later events wait. */
export const webhookFailing: NoticeModule<'WEBHOOK_FAILING'> = {
  kind: 'WEBHOOK_FAILING',
  source: null,
  words: {
    en: ({ host }) => ({
      subject: `The webhook endpoint at ${host} is failing`,
      sentence: `Every delivery to the endpoint at ${host} has failed for 15 minutes. The event in front is tried again with longer and longer pauses, for five days, and later events wait for it. Repair the endpoint, or skip the event: no other event is lost.`,
      linkText: 'Open the endpoint',
    }),
    de: ({ host }) => ({
      subject: `Der Webhook-Endpunkt bei ${host} nimmt nichts an`,
      sentence: `Seit 15 Minuten ist jede Zustellung an den Endpunkt bei ${host} fehlgeschlagen. Das vorderste Ereignis wird fünf Tage lang in immer längeren Abständen erneut gesendet, und spätere Ereignisse warten darauf. Beheben Sie den Fehler, oder überspringen Sie das Ereignis: Kein anderes geht verloren.`,
      linkText: 'Endpunkt öffnen',
    }),
    es: ({ host }) => ({
      subject: `El webhook de ${host} está fallando`,
      sentence: `Todas las entregas a ${host} han fallado durante 15 minutos. El primer evento se reintenta durante cinco días con pausas cada vez más largas, y los siguientes esperan. Repare el destino u omita el evento: ningún otro se pierde.`,
      linkText: 'Abrir el webhook',
    }),
    ja: ({ host }) => ({
      subject: `${host} へのWebhookが失敗しています`,
      sentence: `${host} への配信が15分間すべて失敗しています。先頭のイベントは間隔を広げながら5日間再送され、後続のイベントは待機します。受信先を修復するか、このイベントをスキップしてください。ほかのイベントは失われません。`,
      linkText: 'Webhookを開く',
    }),
  },
  linkPath: ({ endpointId }) => `/admin/webhooks/${nodeId('WebhookEndpoint', endpointId)}`,
};
