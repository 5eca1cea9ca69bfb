import { Text } from '@mantine/core';
import { ConvertAgentDocument, type AgentType } from '../../generated/app';
import { AskingButton } from '../../ui/asking-button';
import { writeLocalText } from '../../format/times';
import { Part } from '../../ui/part';
import { sayDone } from '../../ui/say-done';
import { typeMeanings, typeWords, type Agent } from './agent-words';

/** How an agent is paid for, and the way to the other type. */
export function AgentTypeCard({ agent }: { agent: Agent }) {
  const { id: agentId, name, type, activeDayPass } = agent;
  const other: AgentType = type === 'FULL_TIME' ? 'OCCASIONAL' : 'FULL_TIME';
  const otherWord = typeWords[other].toLowerCase();
  return (
    <Part title={typeWords[type]} says={typeMeanings[type]}>
      <div>
        <AskingButton
          label={`Make ${otherWord}`}
          title={`Make ${name} ${otherWord}?`}
          document={ConvertAgentDocument}
          variables={{ input: { agentId, type: other } }}
          of={({ convertAgent }) => convertAgent}
          done={({ runningDayPass }) =>
            sayDone([`${name} is ${otherWord} now.`, ofThePass(other, runningDayPass)].join(' '))
          }
        >
          <Text>{meansOf[other]}</Text>
          {/* Of a full-time agent the service tells of a pass that still runs only in its answer. */}
          {activeDayPass && <Text>{ofThePass(other, activeDayPass)}</Text>}
        </AskingButton>
      </div>
    </Part>
  );
}

const meansOf: Record<AgentType, string> = {
  FULL_TIME:
    'From now on they come in without day passes, and count as full-time on the subscription.',
  OCCASIONAL:
    'From now on each day that they come in takes one day pass from the wallet, beginning with their next step into the agent portal.',
};

/** What becomes of today's pass. */
function ofThePass(type: AgentType, pass: Agent['activeDayPass'] | undefined): string {
  if (!pass) return type === 'OCCASIONAL' ? 'No day pass runs today.' : '';
  const until = writeLocalText(pass.expiresAtLocal);
  return type === 'FULL_TIME'
    ? `Today’s day pass runs on, unused, until ${until} and is not given back.`
    : `Today’s day pass still lets them in until ${until}.`;
}
