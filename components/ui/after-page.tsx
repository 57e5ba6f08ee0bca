"use client";

import { type ComponentType, lazy, type ReactNode, Suspense, useEffect, useState } from "react";

/**
 * A component that is fetched and drawn once the page stands, in the browser only. React's own `lazy` does it: what Next has for it
 * would itself be loaded with the page.
 * @param meanwhile what holds its place
 */
export function afterPage<P extends object>(load: () => Promise<ComponentType<P>>, meanwhile: ReactNode) {
  const Late = lazy(async () => ({ default: await load() }));
  return function AfterPage(props: P) {
    const [stands, setStands] = useState(false);
    useEffect(() => setStands(true), []);
    return stands ? (
      <Suspense fallback={meanwhile}>
        <Late {...props} />
      </Suspense>
    ) : (
      meanwhile
    );
  };
}
