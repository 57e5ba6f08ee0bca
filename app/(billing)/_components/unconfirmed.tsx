"use client";

import { lazy, Suspense } from "react";

// Of its own: those who proved their address do not load it.
const ConfirmBanner = lazy(() => import("./confirm-banner").then((m) => ({ default: m.ConfirmBanner })));

export const Unconfirmed = ({ email }: { email: string }) => (
  <Suspense fallback={null}>
    <ConfirmBanner email={email} />
  </Suspense>
);
