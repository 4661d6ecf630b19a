import type { METRICS, MetricName } from "../shared/metrics.ts";

type Ends = { readonly [M in MetricName]: readonly [min: (typeof METRICS)[M]["min"], max: (typeof METRICS)[M]["max"]] };

/** Lowest and highest score of each metric: all a shopper's browser needs of `METRICS`, held to it by type. */
export const SCALE_ENDS = { nps: [0, 10], csat: [1, 5], ces: [1, 7] } as const satisfies Ends;
