import { Container, Group, Text } from '@mantine/core';
import { IconFlask } from '@tabler/icons-react';
import { useState } from 'react';
import { ToCome } from '../ui/to-come';
import { writeClock } from '../format/times';
import { localIn } from '../format/zone';
import { useAccountClock, useAccountNow } from '../session/use-account-now';
import { isAdmin, useViewer } from '../session/viewer';
import { messageOf } from '../ui/message-of';
import { ClockButtons } from './clock-buttons';
import { placeOf } from '../../core/notation/zone';
import { writeThere } from './midnight.rules';
import { useMoveClock } from './use-move-clock';
import { useMovedElsewhere } from './use-moved-elsewhere';
import './sandbox.css';
import { words } from '../words';

/** On sandbox accounts: the account's clock. Admins can move it, to see midnight at noon. */
export function SandboxStrip() {
  const viewer = useViewer();
  const timeZone = viewer.agent?.timeZone ?? viewer.account.timeZone;
  const { error } = useAccountClock();
  const nowMs = useAccountNow();
  const { target, said, arrived, move } = useMoveClock();
  const [isMovedElsewhere, setMovedElsewhere] = useState(false);
  useMovedElsewhere({ isMovingHere: target !== null, arrived }, () => setMovedElsewhere(true));
  return (
    <section className="sandbox" aria-label={words.sandbox.title}>
      <Container size="xl" py={6}>
        <Group gap="sm" mih={30}>
          <IconFlask size={18} aria-hidden />
          <Text size="sm" fw={600}>
            {words.sandbox.title}
          </Text>
          {nowMs !== null && (
            <Text size="sm" component="time" className="sandbox-clock" data-fact="clock">
              {writeNow(nowMs, timeZone)}
            </Text>
          )}
          {nowMs === null && !error && (
            <>
              <ToCome {...sizes.clock} />
              {isAdmin(viewer) && <ToCome {...sizes.buttons} />}
            </>
          )}
          {error && nowMs === null && <Text size="sm">{messageOf(error)}</Text>}
          {isAdmin(viewer) && nowMs !== null && (
            <ClockButtons
              nowMs={nowMs}
              timeZone={timeZone}
              target={target}
              onMove={(to) => {
                setMovedElsewhere(false);
                void move(to);
              }}
            />
          )}
          <Text
            size="sm"
            role="status"
            className="sandbox-said"
            c={said?.isProblem ? 'error' : undefined}
          >
            {target && words.sandbox.moving(writeThere(target.to, target.timeZone))}
            {!target && isMovedElsewhere && words.sandbox.movedElsewhere}
            {!target && !isMovedElsewhere && said?.text}
          </Text>
        </Group>
      </Container>
    </section>
  );
}

/** Of what is to come, so that the page below stays in its place when it does. */
const sizes = { clock: { width: 228, height: 22 }, buttons: { width: 180, height: 26 } };

/** '23 Nov 2026, 14:03:12 in Berlin', which fits on a phone. */
function writeNow(ms: number, timeZone: string): string {
  const time = writeClock(localIn(ms, timeZone), 'seconds');
  return words.ui.timeIn(time, placeOf(timeZone));
}
