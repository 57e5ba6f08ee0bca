import { Badge, type Tone } from "@/components/ui/badge";
import type { Method } from "@/lib/http/endpoint";

const TONES: Record<Method, Tone> = { GET: "good", POST: "keel", PUT: "warn", PATCH: "warn", DELETE: "bad" };

export const MethodBadge = ({ method }: { method: Method }) => (
  <Badge tone={TONES[method]} className="font-mono">
    {method}
  </Badge>
);
