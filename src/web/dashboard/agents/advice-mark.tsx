import { Mark } from '../../ui/mark';
import { words } from '../../words';
import { reasonOf, type Advice } from './advice-words';

const colors = { PASSES: 'teal', SEAT: 'orange', CLOSE: 'gray', NOT_ENOUGH_HISTORY: 'gray' };

/** Whether passes or a licence are cheaper for an agent; the reason is on the agent's page. */
export function AdviceMark({ advice }: { advice: Advice }) {
  const { verdict } = advice;
  return (
    <span title={reasonOf(advice)}>
      <Mark label={words.agents.advice.verdict[verdict]} color={colors[verdict]} />
    </span>
  );
}
