/** The page at `/demo/`: what there is to see, in the shop's style. `{{order}}` is filled as in the shop's pages. */
export const DEMO_LIST = `<!doctype html>
<html lang="en">
<head>
	<meta charset="utf-8">
	<meta name="viewport" content="width=device-width, initial-scale=1">
	<meta name="color-scheme" content="light dark">
	<title>Demo – Afterword</title>
	<link rel="icon" href="plain-html/mark.svg">
	<link rel="stylesheet" href="plain-html/shop.css">
	<style>
		ul { margin: 2rem 0 0; padding: 0; list-style: none }
		h2 { margin: 2.5rem 0 0 }
		h2 + ul { margin-block-start: 1rem }
		li { padding-block: 1rem; border-block-start: 1px solid var(--line) }
		li a { display: block; font: 500 1.25rem / 1.4 var(--serif) }
	</style>
</head>
<body>
	<header><a class="wordmark" href="plain-html/"><img src="plain-html/mark.svg" alt="" width="32" height="32">Conca</a></header>
	<main class="product">
		<img class="picture" src="plain-html/teapot.svg" width="480" height="480" alt="">
		<div>
			<h1>The question, where shoppers meet it</h1>
			<p>Conca is a shop of plain HTML with one Afterword tag on its last page.</p>
			<ul>
				<li><a href="plain-html/">Demo shop</a> Buy a teapot in two clicks and be asked.</li>
				<li><a href="plain-html/order-confirmation.html?order={{order}}">Order confirmation</a> A new order, and the page with the tag.</li>
				<li><a href="plain-html/order-confirmation.ar.html?order={{order}}">Order confirmation in Arabic</a> The same page, from right to left.</li>
			</ul>
			<h2>Five shops, five languages</h2>
			<ul>
				<li lang="ar" dir="rtl"><a href="markets/arabic.html?order={{order}}" hreflang="ar">العربية</a> فنار، فوانيس نحاس</li>
				<li lang="he" dir="rtl"><a href="markets/hebrew.html?order={{order}}" hreflang="he">עברית</a> קו המים, מטקות עץ</li>
				<li lang="sr-Cyrl" dir="ltr"><a href="markets/serbian.html?order={{order}}" hreflang="sr-Cyrl">Српски</a> Остава, зимница</li>
				<li lang="vi" dir="ltr"><a href="markets/vietnamese.html?order={{order}}" hreflang="vi">Tiếng Việt</a> Hiên, cà phê rang</li>
				<li lang="it" dir="ltr"><a href="markets/italian.html?order={{order}}" hreflang="it">Italiano</a> Pavoncella, carta e legatoria</li>
			</ul>
			<h2>Other people's shops</h2>
			<ul>
				<li><a href="shops">Shops</a> Shopify, WooCommerce, React and others: what is installed there, and what it sends.</li>
			</ul>
			<h2>Side by side</h2>
			<ul>
				<li><a href="gallery">Gallery</a> Every scale in every state, theme and direction.</li>
			</ul>
		</div>
	</main>
</body>
</html>
`;
