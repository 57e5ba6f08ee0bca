import { liveResponse } from "@/lib/health/responses";

export const dynamic = "force-dynamic";
export const GET = () => liveResponse();
