import { supplemental } from 'cldr-core/supplemental/windowsZones.json';

/** CLDR's mark for the zone of a Windows name if no country is given. */
const anyTerritory = '001';

/**
 * The zone names of Windows, which Microsoft Graph and Exchange send ("W. Europe Standard Time"),
 * and their IANA zones. Source: CLDR, supplemental/windowsZones, from Unicode's own package: two
 * names of the package windows-iana were outdated.
 */
export const windowsZones: Readonly<Record<string, string>> = Object.fromEntries(
  supplemental.windowsZones.mapTimezones
    .filter(({ mapZone }) => mapZone._territory === anyTerritory)
    .map(({ mapZone }) => [mapZone._other, mapZone._type]),
);
