/**
 * Passes the shopper's consent on, from the WP Consent API to the question that waits for it. Without the API, or without a category that
 * was agreed to, the question goes on waiting.
 */
(() => {
	window.afterword =
		window.afterword ||
		function () {
			window.afterword.q = window.afterword.q || [];
			// biome-ignore lint/complexity/noArguments: the queue holds each call as it was made
			window.afterword.q.push(arguments);
		};
	const tell = () => {
		const agreed = typeof window.wp_has_consent === "function" && window.wp_has_consent(window.afterwordConsent);
		window.afterword("consent", agreed ? "granted" : "pending");
	};
	tell();
	document.addEventListener("wp_listen_for_consent_change", tell);
	document.addEventListener("wp_consent_type_defined", tell);
})();
