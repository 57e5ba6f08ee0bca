import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Alert } from "@/components/ui/alert";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { requireScope } from "@/lib/auth/gate";
import { hasRole } from "@/lib/auth/roles";
import { getBranding } from "@/lib/tenants/branding";
import { LogoForm } from "./_components/logo-form";
import { LookForm } from "./_components/look-form";

const OWN_COLOUR = "#0b6b70";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("settings"))("look.title"),
});

export default async function BrandingSettings() {
  const scope = await requireScope();
  const [t, { colour, footer, logo }] = await Promise.all([getTranslations("settings"), getBranding(scope)]);
  const canEdit = hasRole(scope, "admin");
  const source = logo && `data:${logo.type};base64,${logo.bytes.toString("base64")}`;
  return (
    <div className="flex max-w-3xl flex-col gap-5">
      {canEdit ? null : <Alert tone="info" title={t("readOnly")} />}
      <Card aria-labelledby="logo-title">
        <CardHeader id="logo-title" title={t("look.logo")} hint={t("look.hint")} />
        <CardBody>
          <LogoForm source={source} canEdit={canEdit} />
        </CardBody>
      </Card>
      <Card aria-labelledby="look-title">
        <CardHeader id="look-title" title={t("look.title")} />
        <CardBody>
          <LookForm
            key={scope.tenantId}
            initial={{ colour: colour ?? OWN_COLOUR, footer: footer ?? "" }}
            canEdit={canEdit}
          />
        </CardBody>
      </Card>
    </div>
  );
}
