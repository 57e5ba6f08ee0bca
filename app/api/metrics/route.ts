import { metricsResponse } from "@/lib/health/responses";

export const dynamic = "force-dynamic";
export const GET = (request: Request) => metricsResponse(request);
