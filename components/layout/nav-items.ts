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

/** So many fit side by side under a thumb, with the sign for the others. */
const AT_THE_BOTTOM = 4;

/** An operator who has not chosen a tenant has only the console. */
export const navItems = (reach: { tenant: boolean; operator: boolean }): NavItem[] => [
  ...(reach.tenant ? TENANT_ITEMS : []),
  ...(reach.operator ? [OPERATOR_ITEM] : []),
];

/** On a phone: what is always in sight, and what is one touch away. */
export function bottomItems(reach: { tenant: boolean; operator: boolean }): { shown: NavItem[]; more: NavItem[] } {
  const items = navItems(reach);
  return { shown: items.slice(0, AT_THE_BOTTOM), more: items.slice(AT_THE_BOTTOM) };
}

export const isCurrent = (item: NavItem, path: string): boolean =>
  item.href === "/" ? path === "/" : path === item.href || path.startsWith(`${item.href}/`);
