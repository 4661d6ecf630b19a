import { Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";
import { dashboard } from "./dashboard/index.ts";
import { audit } from "./door/audit.ts";
import { pageHeaders } from "./door/page-headers.ts";
import type { AppEnv } from "./env.ts";
import { onError, problemOf } from "./on-error.ts";
import { alerts } from "./routes/alerts.ts";
import { auditLog } from "./routes/audit.ts";
import { badge } from "./routes/badge.ts";
import { baselines } from "./routes/baselines.ts";
import { cases } from "./routes/cases.ts";
import { collect } from "./routes/collect.ts";
import { customers } from "./routes/customers.ts";
import { deadLetters } from "./routes/dead-letters.ts";
import { deliveries } from "./routes/deliveries.ts";
import { demo } from "./routes/demo.ts";
import { drivers } from "./routes/drivers.ts";
import { health } from "./routes/health.ts";
import { hooks } from "./routes/hooks.ts";
import { hosted } from "./routes/hosted.ts";
import { imports } from "./routes/imports.ts";
import { keys } from "./routes/keys.ts";
import { loginLinks } from "./routes/login-links.ts";
import { loyalty } from "./routes/loyalty.ts";
import { mails } from "./routes/mails.ts";
import { questions } from "./routes/questions.ts";
import { reapplyErasures } from "./routes/reapply-erasures.ts";
import { refusedLinesRoutes } from "./routes/refused-lines.ts";
import { responses } from "./routes/responses.ts";
import { scores } from "./routes/scores.ts";
import { segments } from "./routes/segments.ts";
import { series } from "./routes/series.ts";
import { service } from "./routes/service.ts";
import { shopifyApps } from "./routes/shopify-apps.ts";
import { signingSecrets } from "./routes/signing-secrets.ts";
import { silence } from "./routes/silence.ts";
import { site } from "./routes/site.ts";
import { sites } from "./routes/sites.ts";
import { surveys } from "./routes/surveys.ts";
import { transactions } from "./routes/transactions.ts";
import { webhooks } from "./routes/webhooks.ts";
import { widget } from "./routes/widget.ts";
import { serverTiming } from "./server-timing.ts";
import { StaticPathsRouter } from "./static-paths-router.ts";
import { unrouted } from "./unrouted.ts";

/** The URL map: who talks to what. */
export const app = new Hono<AppEnv>({ router: new StaticPathsRouter() });

app.use("/app/*", pageHeaders);
app.use(
	secureHeaders({
		referrerPolicy: "no-referrer",
		crossOriginResourcePolicy: false,
		strictTransportSecurity: "max-age=31536000; includeSubDomains",
	}),
);
app.use(async (c, next) => {
	await next();
	if (!c.res.headers.has("Cross-Origin-Resource-Policy")) c.header("Cross-Origin-Resource-Policy", "same-origin");
});
app.use("/v1/*", async (c, next) => {
	await next();
	c.header("Cache-Control", "private, no-store");
});
app.use("/v1/*", serverTiming);
app.use("/v1/*", audit);

app.route("/", collect); // a page's answer
app.route("/", widget); // the script a page pastes
app.route("/", questions); // the same as data, where no widget runs
app.route("/", hosted); // a survey's own page
app.route("/", badge); // its score, for everybody to see
app.route("/", scores); // the owner reads what it comes to
app.route("/", series);
app.route("/", segments);
app.route("/", drivers);
app.route("/", silence);
app.route("/", alerts);
app.route("/", loyalty);
app.route("/", baselines);
app.route("/", responses);
app.route("/", imports);
app.route("/", refusedLinesRoutes);
app.route("/", cases);
app.route("/", customers);
app.route("/", transactions);
app.route("/", site);
app.route("/", surveys);
app.route("/", mails);
app.route("/", keys);
app.route("/", auditLog);
app.route("/", signingSecrets);
app.route("/", loginLinks);
app.route("/", shopifyApps);
app.route("/", webhooks);
app.route("/", deliveries);
app.route("/", hooks); // and an automation tool what it listens for
app.route("/", sites); // the operator makes a site
app.route("/", reapplyErasures); // and erases again after a restore
app.route("/", health); // and sees to the Worker
app.route("/", deadLetters);
app.route("/", service(app));
app.route("/", dashboard(app.fetch)); // the owner's pages
app.route("/", demo);

app.notFound((c) => problemOf(unrouted(app, c.req.method, c.req.path)));
app.onError(onError);
