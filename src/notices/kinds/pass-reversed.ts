import { writeDate } from '../../core/notation/date';
import type { Language } from '../../core/notation/languages';
import type { NoticeFactsOf, NoticeModule, NoticeNames } from '../notice';

/** A pass was taken back. Only its agent is concerned: the portal would ask for another one. */
export const passReversed: NoticeModule<'PASS_REVERSED'> = {
  kind: 'PASS_REVERSED',
  source: { kind: 'DayPassReversed', belowZero: false },
  ofEntry({ payload, consumptionId, agentId, actor }) {
    const by = actor && isKnown(actor.kind) ? actor.kind : null;
    const facts = {
      consumptionId: consumptionId!,
      reason: String(payload.reason),
      by,
      byId: actor?.id ?? null,
    };
    return { facts, agentId };
  },
  words: {
    en: (facts, names) => ({
      subject: `Your day pass for ${dayOf(names, 'en')} was taken back`,
      sentence: `${actorOf(facts, names, 'en')} took back your day pass for ${dayOf(names, 'en')}. Reason: ${reasonOf(facts)}. To enter the agent portal on that day you need another pass.`,
      linkText: 'Open the portal',
    }),
    de: (facts, names) => ({
      subject: `Ihr Tagespass für den ${dayOf(names, 'de')} wurde zurückgenommen`,
      sentence: `${actorOf(facts, names, 'de')} hat Ihren Tagespass für den ${dayOf(names, 'de')} zurückgenommen. Grund: ${reasonOf(facts)}. Für das Agentenportal brauchen Sie an diesem Tag einen neuen Pass.`,
      linkText: 'Portal öffnen',
    }),
    es: (facts, names) => ({
      subject: `Se ha retirado su pase del ${dayOf(names, 'es')}`,
      sentence: `${actorOf(facts, names, 'es')} ha retirado su pase del ${dayOf(names, 'es')}. Motivo: ${reasonOf(facts)}. Para entrar en el portal de agentes ese día necesita otro pase.`,
      linkText: 'Abrir el portal',
    }),
    ja: (facts, names) => ({
      subject: `${dayOf(names, 'ja')}のデイパスが取り消されました`,
      sentence: `${actorOf(facts, names, 'ja')}が${dayOf(names, 'ja')}のデイパスを取り消しました。理由：${reasonOf(facts)}。この日にエージェントポータルに入るには、別のパスが必要です。`,
      linkText: 'ポータルを開く',
    }),
  },
  linkPath: () => '/portal/mine',
};

const known = ['AGENT', 'API_KEY', 'OPERATOR'] as const;

function isKnown(kind: string): kind is (typeof known)[number] {
  return known.some((one) => one === kind);
}

function dayOf({ passDate }: NoticeNames, language: Language): string {
  return passDate === null ? '' : writeDate(passDate, language);
}

/** Without the full stop that it ends with: the sentence has its own. */
function reasonOf({ reason }: Pick<NoticeFactsOf['PASS_REVERSED'], 'reason'>): string {
  return reason.replace(/\s*[.。]$/, '');
}

/** Who acted, if no name is known: the operator, or a kind that only a newer release knows. */
const unnamed: Record<Language, { operator: string; other: string }> = {
  en: { operator: 'The operator of the service', other: 'The service desk' },
  de: { operator: 'Der Betreiber des Dienstes', other: 'Der Servicedesk' },
  es: { operator: 'El operador del servicio', other: 'El servicio de asistencia' },
  ja: { operator: 'サービスの運営者', other: 'サービスデスク' },
};

function actorOf(
  { by }: Pick<NoticeFactsOf['PASS_REVERSED'], 'by'>,
  { actor }: NoticeNames,
  language: Language,
): string {
  if (actor !== null) return language === 'ja' ? `${actor} さん` : actor;
  return by === 'OPERATOR' ? unnamed[language].operator : unnamed[language].other;
}
