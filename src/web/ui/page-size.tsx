import { memo } from 'react';
import { words } from '../words';
import { SelectField } from './fields';
import { pageSize } from './paging';

const pageSizes = [pageSize, 50, 100];
const choices = pageSizes.map(String).map((value) => ({ value, label: value }));

/** The number of rows that an address asks for; the usual number if it names no other one that is offered. */
export function pageSizeOf(size: string | null): number {
  return pageSizes.find((one) => String(one) === size) ?? pageSize;
}

/** Chooses the number of rows of one page. */
export const PageSize = memo(function PageSize({
  size,
  onChange,
}: {
  size: number;
  onChange: (changes: { size: string | null }) => void;
}) {
  return (
    <div className="page-size no-print">
      <SelectField
        label={words.ui.pageSize}
        isSmall
        value={String(size)}
        choices={choices}
        onChange={(value) => onChange({ size: value === String(pageSize) ? null : value })}
      />
    </div>
  );
});
