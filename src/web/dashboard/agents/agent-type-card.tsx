import { Text } from '@mantine/core';
import { useState } from 'react';
import { ConvertAgentDocument, type AgentType } from '../../generated/app';
import { useViewer } from '../../session/viewer';
import { AskingButton } from '../../ui/asking-button';
import { writeMoney } from '../../format/money';
import { writeInstant } from '../../ui/write-instant';
import { Part } from '../../ui/part';
import { sayDone } from '../../ui/say-done';
import { AdviceMark } from './advice-mark';
import { reasonOf, type Advice } from './advice-words';
import type { Agent } from './agent-words';
import { words } from '../../words';

/** An agent's type, and the button that converts them to the other one. */
export function AgentTypeCard({ agent, advice }: { agent: Agent; advice: Advice | null }) {
  const { id: agentId, name, type, activeDayPass } = agent;
  const isSelf = useViewer().agent?.id === agentId;
  const [asked, setAsked] = useState<AgentType | null>(null);
  const next: AgentType = type === 'FULL_TIME' ? 'OCCASIONAL' : 'FULL_TIME';
  // An open dialog does what it says, even if the agent has been converted meanwhile: by its own request,
  // whose answer was lost, or by somebody else.
  const other = asked ?? next;
  const otherWord = words.agents.typeInText[other];
  return (
    <Part title={words.agents.type[type]} description={words.agents.typeText[type]}>
      {advice && <AdviceText advice={advice} />}
      <div>
        <AskingButton
          label={words.agents.convert.submit(otherWord)}
          title={words.agents.convert.title(name, otherWord)}
          document={ConvertAgentDocument}
          variables={{ input: { agentId, type: other } }}
          of={({ convertAgent }) => convertAgent}
          onOpenChange={(isOpen) => setAsked(isOpen ? next : null)}
          done={({ runningDayPass }) =>
            sayDone(
              [words.agents.convert.done(name, otherWord), ofThePass(other, runningDayPass)].join(
                ' ',
              ),
            )
          }
        >
          <Text>{words.agents.convert.means[other]}</Text>
          {/* For a full-time agent, only the answer says whether a pass is still active. */}
          {activeDayPass && <Text>{ofThePass(other, activeDayPass)}</Text>}
          {isSelf && other === 'OCCASIONAL' && <Text fw={600}>{words.agents.convert.self}</Text>}
        </AskingButton>
      </div>
    </Part>
  );
}

/** Whether the other type would be cheaper. */
function AdviceText({ advice }: { advice: Advice }) {
  const { seatCost, breakEvenDaysPerMonth: days } = advice;
  return (
    <div>
      <AdviceMark advice={advice} />
      <Text size="xs" c="dimmed">
        {reasonOf(advice)}
      </Text>
      {seatCost && days !== null && (
        <Text size="xs" c="dimmed">
          {words.agents.advice.breakEven(writeMoney(seatCost), days)}
        </Text>
      )}
    </div>
  );
}

/** What happens to today's pass. */
function ofThePass(type: AgentType, pass: Agent['activeDayPass'] | undefined): string {
  if (!pass) return type === 'OCCASIONAL' ? words.agents.convert.noPassToday : '';
  const { expiresAt, expiresAtLocal: local, timeZone } = pass;
  const until = writeInstant(expiresAt, { local, timeZone });
  return type === 'FULL_TIME'
    ? words.agents.convert.passUnused(until)
    : words.agents.convert.passStillUsed(until);
}
