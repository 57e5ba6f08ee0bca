import { useTranslations } from "next-intl";
import { Skeleton } from "@/components/ui/skeleton";

/** The outline of a page while its data is read. */
export function PageSkeleton() {
  const t = useTranslations("common");
  return (
    <div role="status">
      <span className="sr-only">{t("loading")}</span>
      <Skeleton className="mb-8 h-9 w-64 max-w-full" />
      <div className="grid gap-5 lg:grid-cols-3">
        <Skeleton className="h-64 rounded-2xl lg:col-span-2" />
        <Skeleton className="h-64 rounded-2xl" />
        <Skeleton className="h-72 rounded-2xl lg:col-span-2" />
        <Skeleton className="h-72 rounded-2xl" />
      </div>
    </div>
  );
}
