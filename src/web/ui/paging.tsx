import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { memo, useState } from 'react';
import { words } from '../words';
import { SmallButton } from './small-button';
import { useStable } from './use-stable';

/** Rows of one page of a list. */
export const pageSize = 20;

/** The arguments of a Relay connection. */
export interface PageVariables {
  first?: number;
  after?: string;
  last?: number;
  before?: string;
}

export interface Paging {
  variables: PageVariables;
  go(to: PageVariables): void;
}

/** The current page of a list. It is the first page again as soon as `of`, such as a filter, changes. */
export function usePaging(of: unknown = null, size: number = pageSize): Paging {
  const asked = JSON.stringify(of);
  const [at, setAt] = useState<{ asked: string; variables: PageVariables }>();
  const variables = at?.asked === asked ? at.variables : { first: size };
  return { variables, go: (to) => setAt({ asked, variables: to }) };
}

/** Buttons to the previous and the next page, and the total number of rows. */
export function Pager({
  paging,
  pageInfo,
  totalCount,
  size = pageSize,
}: {
  paging: Paging;
  pageInfo: {
    hasNextPage: boolean;
    hasPreviousPage: boolean;
    startCursor?: string | null;
    endCursor?: string | null;
  };
  totalCount?: number | null;
  size?: number;
}) {
  const { hasNextPage, hasPreviousPage, startCursor, endCursor } = pageInfo;
  const goBack = useStable(() => paging.go({ last: size, before: startCursor ?? undefined }));
  const goOn = useStable(() => paging.go({ first: size, after: endCursor ?? undefined }));
  if (!hasNextPage && !hasPreviousPage && totalCount == null) return null;
  return (
    <div className="pager">
      <span className="quiet">{totalCount != null && words.ui.total(totalCount)}</span>
      {(hasNextPage || hasPreviousPage) && (
        <div className="turns">
          <Turn isBack isDisabled={!hasPreviousPage} onClick={goBack} />
          <Turn isDisabled={!hasNextPage} onClick={goOn} />
        </div>
      )}
    </div>
  );
}

/** A button of the pager, which another page draws again only if there is no page before or after it. */
const Turn = memo(function Turn({
  isBack = false,
  isDisabled,
  onClick,
}: {
  isBack?: boolean;
  isDisabled: boolean;
  onClick: () => void;
}) {
  return (
    <SmallButton isOfList disabled={isDisabled} onClick={onClick}>
      {isBack && <IconChevronLeft size={16} aria-hidden />}
      {isBack ? words.ui.previous : words.ui.next}
      {!isBack && <IconChevronRight size={16} aria-hidden />}
    </SmallButton>
  );
});
