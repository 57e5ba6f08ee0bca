import {
  Activity,
  ArrowLeftRight,
  ChartColumn,
  ChartNoAxesCombined,
  CreditCard,
  FileText,
  Gauge,
  Layers,
  LifeBuoy,
  type LucideIcon,
  RefreshCw,
  Settings,
} from "lucide-react";

export type NavKey =
  | "dashboard"
  | "autoRecharge"
  | "subscription"
  | "usage"
  | "invoices"
  | "transactions"
  | "paymentMethods"
  | "reports"
  | "diagnostics"
  | "settings"
  | "operator";
export type NavItem = { key: NavKey; href: string; icon: LucideIcon };

const TENANT_ITEMS: NavItem[] = [
  { key: "dashboard", href: "/", icon: Gauge },
  { key: "autoRecharge", href: "/auto-recharge", icon: RefreshCw },
  { key: "subscription", href: "/subscription", icon: Layers },
  { key: "invoices", href: "/invoices", icon: FileText },
  { key: "usage", href: "/usage", icon: ChartColumn },
  { key: "transactions", href: "/transactions", icon: ArrowLeftRight },
  { key: "paymentMethods", href: "/payment-methods", icon: CreditCard },
  { key: "reports", href: "/reports", icon: ChartNoAxesCombined },
  { key: "diagnostics", href: "/diagnostics", icon: Activity },
  { key: "settings", href: "/settings", icon: Settings },
];
const OPERATOR_ITEM: NavItem = { key: "operator", href: "/operator", icon: LifeBuoy };

/** An operator who has not chosen a tenant has only the console. */
export const navItems = (reach: { tenant: boolean; operator: boolean }): NavItem[] => [
  ...(reach.tenant ? TENANT_ITEMS : []),
  ...(reach.operator ? [OPERATOR_ITEM] : []),
];
