import { nearestLanguage, type Language } from '../../core/notation/languages';
import type { ChannelMessage } from './channel-message';

interface About {
  channelName: string;
  accountName: string;
  publicUrl: string;
}

/** What an admin sends to see whether a channel works, in the language of its account. */
export function testMessage(about: About, locale: string): ChannelMessage {
  const { title, line, label } = words[nearestLanguage(locale)];
  return {
    title,
    lines: [line(about)],
    action: { label, link: `${about.publicUrl}/admin/settings` },
    footer: about.accountName,
  };
}

interface Words {
  title: string;
  line: (about: About) => string;
  label: string;
}

const words: Record<Language, Words> = {
  en: {
    title: 'This channel works',
    line: ({ accountName, channelName }) =>
      `Notifications of ${accountName} arrive here, in “${channelName}”. This is a test.`,
    label: 'Choose what arrives here',
  },
  de: {
    title: 'Dieser Kanal funktioniert',
    line: ({ accountName, channelName }) =>
      `Benachrichtigungen von ${accountName} kommen hier an, in „${channelName}“. Dies ist ein Test.`,
    label: 'Auswählen, was hier ankommt',
  },
  es: {
    title: 'Este canal funciona',
    line: ({ accountName, channelName }) =>
      `Las notificaciones de ${accountName} llegan aquí, a «${channelName}». Esto es una prueba.`,
    label: 'Elegir lo que llega aquí',
  },
  ja: {
    title: 'このチャンネルは正常に動作しています',
    line: ({ accountName, channelName }) =>
      `${accountName} の通知はこのチャンネル「${channelName}」に届きます。これはテストです。`,
    label: '届く通知を選ぶ',
  },
};
