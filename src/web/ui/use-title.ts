import { useEffect } from 'react';
import { words } from '../words';

/** Names the page in the tab and for screen readers. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = words.ui.tabTitle(title);
  }, [title]);
}
