import type { Language } from '../../core/notation/languages';

/** The gate's own texts. The notice and the reasons of a refusal come from the service. */
export interface Words {
  title: string;
  titleForTicket: (number: number) => string;
  passesLeft: string;
  allTickets: string;
  proceed: string;
  notNow: string;
  entering: string;
  stale: string;
  expired: string;
  changed: string;
  later: string;
  dayEnds: string;
  notLive: string;
  asking: string;
  declined: string;
  usePass: string;
  tryAgain: string;
  noAccess: string;
  signedOut: string;
  misasked: string;
  dayPass: string;
  left: (time: string) => string;
  endsSoon: (time: string) => string;
  grantedUntil: (when: string, zone: string) => string;
  granted: string;
  hasEnded: string;
}

export const wordsOf: Record<Language, Words> = {
  en: {
    title: 'Use a day pass?',
    titleForTicket: (number) => `Use a day pass for ticket ${number}?`,
    passesLeft: 'Passes left',
    allTickets: 'This pass is good for all tickets.',
    proceed: 'Proceed',
    notNow: 'Not now',
    entering: 'Entering …',
    stale: 'Something has changed since you were asked. Please read the notice again.',
    expired: 'You were asked more than five minutes ago. Please read the notice again.',
    changed: 'The notice has changed. Please read it again.',
    later: 'That did not work. Please try again; no second pass will be used.',
    dayEnds: 'The day is about to end. You will be asked again in a few seconds.',
    notLive: 'Not connected. Trying again …',
    asking: 'Checking your access …',
    declined: 'You need a day pass to continue.',
    usePass: 'Use a day pass',
    tryAgain: 'Try again',
    noAccess: 'No access',
    signedOut: 'You are no longer signed in. Please sign in again.',
    misasked: 'This page is not set up correctly. Please tell the people who run it.',
    dayPass: 'Day pass',
    left: (time) => `${time} left`,
    endsSoon: (time) => `Your day pass ends in ${time}. Save your work.`,
    grantedUntil: (when, zone) => `You have access until ${when} (${zone}).`,
    granted: 'You have access.',
    hasEnded: 'Your day pass has ended.',
  },
  de: {
    title: 'Tagespass verwenden?',
    titleForTicket: (number) => `Tagespass für Ticket ${number} verwenden?`,
    passesLeft: 'Verbleibende Pässe',
    allTickets: 'Dieser Pass gilt für alle Tickets.',
    proceed: 'Fortfahren',
    notNow: 'Nicht jetzt',
    entering: 'Einen Moment …',
    stale: 'Seit der Frage hat sich etwas geändert. Bitte lesen Sie den Hinweis noch einmal.',
    expired: 'Die Frage ist älter als fünf Minuten. Bitte lesen Sie den Hinweis noch einmal.',
    changed: 'Der Hinweis hat sich geändert. Bitte lesen Sie ihn noch einmal.',
    later:
      'Das ging gerade nicht. Bitte versuchen Sie es erneut; es wird kein zweiter Pass verbraucht.',
    dayEnds: 'Der Tag endet gleich. In wenigen Sekunden werden Sie erneut gefragt.',
    notLive: 'Keine Verbindung. Neuer Versuch …',
    asking: 'Ihr Zugang wird geprüft …',
    declined: 'Sie brauchen einen Tagespass, um fortzufahren.',
    usePass: 'Tagespass verwenden',
    tryAgain: 'Erneut versuchen',
    noAccess: 'Kein Zugang',
    signedOut: 'Sie sind nicht mehr angemeldet. Bitte melden Sie sich erneut an.',
    misasked:
      'Diese Seite ist nicht richtig eingerichtet. Bitte sagen Sie es denen, die sie betreiben.',
    dayPass: 'Tagespass',
    left: (time) => `noch ${time}`,
    endsSoon: (time) => `Ihr Tagespass endet in ${time}. Speichern Sie Ihre Arbeit.`,
    grantedUntil: (when, zone) => `Sie haben Zugang bis ${when} (${zone}).`,
    granted: 'Sie haben Zugang.',
    hasEnded: 'Ihr Tagespass ist abgelaufen.',
  },
  es: {
    title: '¿Usar un pase de un día?',
    titleForTicket: (number) => `¿Usar un pase de un día para el ticket ${number}?`,
    passesLeft: 'Pases restantes',
    allTickets: 'Este pase vale para todos los tickets.',
    proceed: 'Continuar',
    notNow: 'Ahora no',
    entering: 'Un momento …',
    stale: 'Algo ha cambiado desde la pregunta. Lea el aviso otra vez.',
    expired: 'La pregunta tiene más de cinco minutos. Lea el aviso otra vez.',
    changed: 'El aviso ha cambiado. Léalo otra vez.',
    later: 'No se pudo hacer ahora. Inténtelo de nuevo; no se usará un segundo pase.',
    dayEnds: 'El día está a punto de terminar. Se le preguntará de nuevo en unos segundos.',
    notLive: 'Sin conexión. Intentando de nuevo …',
    asking: 'Comprobando su acceso …',
    declined: 'Necesita un pase de un día para continuar.',
    usePass: 'Usar un pase de un día',
    tryAgain: 'Intentar de nuevo',
    noAccess: 'Sin acceso',
    signedOut: 'Su sesión ha terminado. Inicie sesión de nuevo.',
    misasked: 'Esta página no está bien configurada. Avise a quien la administra.',
    dayPass: 'Pase de un día',
    left: (time) => `quedan ${time}`,
    endsSoon: (time) => `Su pase de un día termina en ${time}. Guarde su trabajo.`,
    grantedUntil: (when, zone) => `Tiene acceso hasta el ${when} (${zone}).`,
    granted: 'Tiene acceso.',
    hasEnded: 'Su pase de un día ha terminado.',
  },
  ja: {
    title: 'デイパスを使用しますか？',
    titleForTicket: (number) => `チケット${number}のためにデイパスを使用しますか？`,
    passesLeft: '残りのパス',
    allTickets: 'このパスはすべてのチケットに使えます。',
    proceed: '続行',
    notNow: '今はしない',
    entering: '処理中 …',
    stale: '確認の後に内容が変わりました。もう一度お読みください。',
    expired: '確認から5分以上経過しました。もう一度お読みください。',
    changed: 'お知らせの内容が変わりました。もう一度お読みください。',
    later: '処理できませんでした。もう一度お試しください。パスが二重に使用されることはありません。',
    dayEnds: 'まもなく日付が変わります。数秒後にもう一度確認します。',
    notLive: '接続されていません。再接続しています …',
    asking: 'アクセスを確認しています …',
    declined: '続行するにはデイパスが必要です。',
    usePass: 'デイパスを使用する',
    tryAgain: 'もう一度試す',
    noAccess: 'アクセスできません',
    signedOut: 'サインインが無効になりました。もう一度サインインしてください。',
    misasked: 'このページは正しく設定されていません。管理者にお知らせください。',
    dayPass: 'デイパス',
    left: (time) => `残り${time}`,
    endsSoon: (time) => `デイパスはあと${time}で終了します。作業を保存してください。`,
    grantedUntil: (when, zone) => `${when}（${zone}）まで利用できます。`,
    granted: '利用できます。',
    hasEnded: 'デイパスが終了しました。',
  },
};
