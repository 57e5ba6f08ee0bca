import type { ComponentProps, ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { openTenantAction } from "../actions";

type Props = {
  tenantId: string;
  to: string;
  children: ReactNode;
  tone?: ComponentProps<typeof Button>["tone"];
  /** What is meant, for those who hear the button without its row. */
  label?: string;
};

/** Goes to a page of the tenant; a plain form, since it chooses the tenant first. */
export const OpenForm = ({ tenantId, to, children, tone, label }: Props) => (
  <form action={openTenantAction}>
    <input type="hidden" name="tenantId" value={tenantId} />
    <input type="hidden" name="to" value={to} />
    <Button type="submit" tone={tone} size={tone ? undefined : "small"} aria-label={label}>
      {children}
    </Button>
  </form>
);
