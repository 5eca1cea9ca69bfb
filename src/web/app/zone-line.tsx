import { Text } from '@mantine/core';
import { writeZone } from '../../core/notation/zone';
import { pageLanguage } from '../format/language';
import { words } from '../words';

/** The zone of the page's times, named once: 'Times in New York time (EDT)'. */
export function ZoneLine({ zone }: { zone: { name: string; abbreviation: string | null } }) {
  return (
    <Text size="xs" c="dimmed" ta="end" className="zone-line">
      {words.frame.timesIn(writeZone(zone.name, pageLanguage, zone.abbreviation))}
    </Text>
  );
}
