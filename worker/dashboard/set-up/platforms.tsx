import type { Child } from "hono/jsx";
import { gtmTag, htmlTag, reactComponent, wooCommerceHook } from "./snippets.ts";
import { WORDS } from "./words.ts";

interface PlatformsProps {
	/** The collector's. */
	readonly origin: string;
	readonly publicKey: string;
	/** The one that is asked where nothing else is said. */
	readonly survey: string;
	/** The question as a table for an e-mail. */
	readonly mail: string;
}

/** How the question comes onto a page or into a mail, platform by platform. */
export function Platforms({ origin, publicKey, survey, mail }: PlatformsProps) {
	const file = `${origin}/w/${publicKey}.js`;
	return (
		<div class="platforms">
			<Platform id="html" name="HTML" code={htmlTag(file)} open>
				<ol>
					<li>Open the template of the page that confirms an order.</li>
					<li>Paste the tag where the question shall stand.</li>
					<li>
						Write what your template calls the order's number in place of <code>{"{{ order_number }}"}</code>. Nobody is asked
						twice about an order.
					</li>
				</ol>
			</Platform>
			<Platform id="woocommerce" name="WooCommerce" code={wooCommerceHook(file)}>
				<ol>
					<li>
						Paste the lines at the end of your child theme's <code>functions.php</code>, or into a plugin for code snippets.
					</li>
					<li>
						Is the order confirmation made of blocks? Then it needs the block “Additional information”: the lines write into it.
					</li>
					<li>Place a test order. Orders that failed are not asked about, and a reload asks no second time.</li>
				</ol>
				<p>
					Instead of the lines there is a plugin, <code>examples/woocommerce</code>: it signs the orders too. Take one of the two.
				</p>
			</Platform>
			<Platform id="gtm" name="Google Tag Manager" code={gtmTag(file)}>
				<ol>
					<li>
						Make a new tag of the kind “Custom HTML” and paste the lines. Tag Manager drops <code>data-…</code> attributes: they
						say the same as commands.
					</li>
					<li>
						As its trigger take a custom event named <code>purchase</code>, the one that your shop sends to GA4 with{" "}
						<code>ecommerce.transaction_id</code>.
					</li>
					<li>
						Try it in the preview mode, then publish. The question stands in a card at the corner, for a tag of Tag Manager has no
						place in the page.
					</li>
				</ol>
			</Platform>
			<Platform id="react" name="React" code={reactComponent(file)}>
				<ol>
					<li>Save the component.</li>
					<li>
						Put <code>{"<Afterword transaction={order.number} />"}</code> where the question shall stand on the confirmation.
					</li>
				</ol>
			</Platform>
			<Platform id="mail" name="E-mail" code={mail}>
				<ol>
					<li>Paste the table into the HTML of the mail that follows an order.</li>
					<li>
						Write what your mail's templates call the order's number in place of <code>{"{{ order_number }}"}</code>.
					</li>
				</ol>
				<p>
					Each score is a link to the survey's own page. It counts only once somebody points, types or scrolls there, for mail
					scanners open every link.
				</p>
			</Platform>
			<Platform id="shopify" name="Shopify" code={mail}>
				<p>
					Script tags cannot show anything on the Thank-you and Order-status pages any more, in no shop and on no plan. What works
					is the order's e-mail:
				</p>
				<ol>
					<li>
						In Shopify's admin, under Settings, Notifications, Customer notifications, open “Order confirmation” or “Delivered”,
						and choose “Edit code”.
					</li>
					<li>
						Paste the table where the question shall stand. <code>{"{{ order_number }}"}</code> is Shopify's own: leave it.
					</li>
					<li>Look at the preview, send a test, and save.</li>
				</ol>
				<p>
					On the page itself only a checkout UI extension can ask (<code>purchase.thank-you.block.render</code>, with network
					access). The one in <code>examples/shopify</code> draws <code>{survey}</code>, or another that you name, by Shopify's
					own components; <code>{file}</code> is all that it has to be told. Its answers are taken once{" "}
					<a href="/app/settings/signing/shopify">the app is known here</a>.
				</p>
			</Platform>
			<Platform id="others" name="Magento, PrestaShop, BigCommerce, Ecwid, Next.js and others">
				<p>Each has a folder in Afterword's repository, with the steps in its README:</p>
				<ul>
					{ELSEWHERE.map(([name, folder, what]) => (
						<li>
							{name}: {what}, <code>examples/{folder}</code>
						</li>
					))}
				</ul>
				<p>Any other shop takes the tag under HTML.</p>
			</Platform>
		</div>
	);
}

/** What has a folder among the examples in place of lines to paste: the platform, the folder, and what lies there. */
const ELSEWHERE = [
	["Magento, Adobe Commerce", "magento", "a module that signs the orders too"],
	["PrestaShop", "prestashop", "a module that signs the orders too"],
	["BigCommerce", "bigcommerce", "a script for the Script Manager"],
	["Ecwid", "ecwid", "a script that hears of the placed order"],
	["Next.js", "next", "an order confirmation of the App Router"],
	["React with TypeScript", "react", "a typed component"],
	["E-mails of Klaviyo and Mailchimp", "emails", "templates with one link a score"],
] as const;

interface PlatformProps {
	readonly id: string;
	readonly name: string;
	/** What is pasted; none where it lies elsewhere. */
	readonly code?: string;
	readonly open?: boolean;
	readonly children?: Child;
}

function Platform({ id, name, code, open, children }: PlatformProps) {
	return (
		<details class="card" name="platform" open={open ?? false}>
			<summary>{name}</summary>
			{children}
			{code === undefined ? null : (
				<>
					<button type="button" class="second" data-copy={`code-${id}`} hidden>
						{WORDS.tag.copy}
					</button>
					<pre id={`code-${id}`} tabindex={0} translate="no">
						{code}
					</pre>
				</>
			)}
		</details>
	);
}
