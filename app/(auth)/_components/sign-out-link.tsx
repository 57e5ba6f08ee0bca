"use client";

import { signOut } from "next-auth/react";
import { useState } from "react";
import { Button } from "@/components/ui/button";

/** Ends the session and goes on, to where somebody else can sign in. */
export function SignOutLink({ label, target }: { label: string; target: string }) {
  const [busy, setBusy] = useState(false);
  const leave = () => {
    setBusy(true);
    signOut({ callbackUrl: target }).catch(() => setBusy(false));
  };
  return (
    <Button busy={busy} onClick={leave}>
      {label}
    </Button>
  );
}
