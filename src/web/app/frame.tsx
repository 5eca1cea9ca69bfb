import {
  AppShell,
  Box,
  Burger,
  Container,
  Group,
  Menu,
  NavLink as Item,
  Text,
  UnstyledButton,
  useMantineColorScheme,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown, IconHelp, IconTicket } from '@tabler/icons-react';
import { memo, type ReactNode } from 'react';
import { Link, NavLink, useLocation } from 'react-router';
import { addressOf } from '../api/address';
import { SandboxStrip } from '../sandbox/sandbox-strip';
import { sessions } from '../session/session';
import { isAdmin, useViewer, type Viewer } from '../session/viewer';
import { words } from '../words';
import { Bell } from './bell';
import { helpFor } from './help-places';

/** The frame of every page: the service desk's name, the main navigation and the user menu. */
export function Frame({ children }: { children: ReactNode }) {
  const viewer = useViewer();
  const [isOpen, { toggle, close }] = useDisclosure();
  const places = placesOf(viewer);
  return (
    <>
      <SkipLink />
      <AppShell
        header={{ height: 56 }}
        navbar={{ width: 260, breakpoint: 'sm', collapsed: { desktop: true, mobile: !isOpen } }}
        padding={0}
      >
        <AppShell.Header>
          <Container size="xl" h="100%">
            <Group h="100%" justify="space-between" wrap="nowrap">
              <Group wrap="nowrap" gap="sm" miw={0}>
                <Burger
                  opened={isOpen}
                  onClick={toggle}
                  hiddenFrom="sm"
                  size="sm"
                  aria-label={isOpen ? words.frame.closeMenu : words.frame.openMenu}
                />
                {/* The name has its place on a phone. */}
                <Box visibleFrom="sm" className="keeps-width mark-of-product">
                  <IconTicket aria-hidden />
                </Box>
                <Text fw={650} truncate title={viewer.account.name}>
                  {viewer.account.name}
                </Text>
                <Group
                  component="nav"
                  gap={4}
                  wrap="nowrap"
                  className="keeps-width"
                  visibleFrom="sm"
                  aria-label={words.frame.main}
                >
                  <Places places={places} />
                </Group>
              </Group>
              <Group wrap="nowrap" gap={4} className="keeps-width">
                <Help />
                {viewer.agent && <Bell />}
                <Person viewer={viewer} />
              </Group>
            </Group>
          </Container>
        </AppShell.Header>
        <AppShell.Navbar p="sm" aria-label={words.frame.menu}>
          {isOpen &&
            places.map(({ to, label }) => (
              <Item key={to} component={NavLink} to={to} label={label} onClick={close} />
            ))}
        </AppShell.Navbar>
        <AppShell.Main id="content" tabIndex={-1} className="below-header">
          {viewer.account.sandbox && <SandboxStrip />}
          <Container size="xl" py="lg" className="page">
            {children}
          </Container>
        </AppShell.Main>
      </AppShell>
    </>
  );
}

/** Past the header, for people who use the keyboard. Not by its address: the page's base is not this page. */
function SkipLink() {
  return (
    <a
      href="#content"
      className="skip"
      onClick={(event) => {
        event.preventDefault();
        document.getElementById('content')?.focus();
      }}
    >
      {words.frame.skip}
    </a>
  );
}

/** To the documentation of this page, in a tab of its own: nothing that was begun here is lost. */
function Help() {
  return <HelpLink place={helpFor(useLocation().pathname)} />;
}

const HelpLink = memo(function HelpLink({ place }: { place: string }) {
  return (
    <a
      href={addressOf(place)}
      target="_blank"
      rel="noreferrer"
      className="help"
      aria-label={words.frame.help}
    >
      <IconHelp size={20} stroke={1.75} aria-hidden />
    </a>
  );
});

function Places({ places }: { places: ReturnType<typeof placesOf> }) {
  const { pathname } = useLocation();
  return places.map(({ to, label }) => (
    <Place key={to} {...{ to, label }} isHere={pathname === to || pathname.startsWith(`${to}/`)} />
  ));
}

/** Drawn again when the page is another place, and not when its address has another filter. */
const Place = memo(function Place({
  to,
  label,
  isHere,
}: {
  to: string;
  label: string;
  isHere: boolean;
}) {
  return (
    <Link to={to} className="main-place" aria-current={isHere ? 'page' : undefined}>
      {label}
    </Link>
  );
});

/** The main navigation for this person. The agent portal is below /portal, behind its gate. */
function placesOf(viewer: Viewer): { to: string; label: string }[] {
  const places = [{ to: '/portal/mine', label: words.frame.places.myTickets }];
  if (viewer.agent) places.push({ to: '/portal/desk', label: words.frame.places.agentPortal });
  if (isAdmin(viewer)) places.push({ to: '/admin', label: words.frame.places.dayPasses });
  return places;
}

/** The path of the explorer of the API; '' if the service has none. */
const explorer =
  document.querySelector<HTMLMetaElement>('meta[name="daypass-explorer"]')?.content ?? '';

const themes = ['auto', 'light', 'dark'] as const;

function Person({ viewer }: { viewer: Viewer }) {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { agent } = viewer;
  const name = agent?.name ?? viewer.email ?? words.frame.key;
  return (
    <Menu
      position="bottom-end"
      width={240}
      // No focus target without a name, and no menu outside the page's landmarks.
      withInitialFocusPlaceholder={false}
      withinPortal={false}
    >
      <Menu.Target>
        <UnstyledButton className="person" aria-label={name}>
          <Group gap={4} wrap="nowrap">
            <Text size="sm" truncate maw={{ sm: 140, md: 260 }} title={name} visibleFrom="sm">
              {name}
            </Text>
            <Box
              hiddenFrom="sm"
              className="initials"
              data-initials={initialsOf(name)}
              aria-hidden
            />
            <IconChevronDown size={16} aria-hidden />
          </Group>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {agent && (
            <Text size="sm" fw={600} c="var(--mantine-color-text)" className="written">
              {agent.name}
            </Text>
          )}
          <span className="written">{agent?.email ?? viewer.email}</span>
        </Menu.Label>
        <Menu.Divider />
        <Menu.Label>{words.frame.theme}</Menu.Label>
        <Menu.RadioGroup
          value={colorScheme}
          onChange={(to) => setColorScheme(to as (typeof themes)[number])}
        >
          {themes.map((scheme) => (
            <Menu.RadioItem key={scheme} value={scheme} closeMenuOnClick={false}>
              {words.frame.appearance[scheme]}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        {explorer && (
          <Menu.Item component="a" href={addressOf(explorer)}>
            {words.frame.explorer}
          </Menu.Item>
        )}
        <Menu.Item onClick={() => sessions.end('SIGNED_OUT')}>{words.frame.signOut}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** On a phone, which has no room for the name: 'WB' of Walter Brandt. */
function initialsOf(name: string): string {
  const parts = name.split(/\s+/).filter(Boolean);
  const [first = '', last = ''] = [parts[0], parts.length > 1 ? parts.at(-1) : ''];
  return ([...first].slice(0, 1).join('') + [...last].slice(0, 1).join('')).toUpperCase();
}
